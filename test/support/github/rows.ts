// What emulate keeps, as far as the gateway reads or writes it: names and types are emulate's own (0.12.2).

interface Row {
  readonly id: number;
  readonly created_at: string;
  readonly updated_at: string;
}
interface Node extends Row {
  readonly node_id: string;
}

export interface UserRow extends Node {
  readonly login: string;
  readonly type: string;
  readonly site_admin: boolean;
  readonly name: string | null;
  readonly email: string | null;
  readonly [more: string]: unknown;
}
export interface OrgRow extends Node {
  readonly login: string;
  readonly name: string | null;
  readonly description: string | null;
}
export interface TeamRow extends Node {
  readonly org_id: number;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly permission: string;
  readonly privacy: string;
  readonly parent_id: number | null;
  readonly members_count: number;
  readonly repos_count: number;
}
interface TeamMemberRow extends Row {
  readonly team_id: number;
  readonly user_id: number;
  readonly role: string;
}
interface TeamRepoRow extends Row {
  readonly team_id: number;
  readonly repo_id: number;
}
export interface RepoRow extends Node {
  readonly name: string;
  readonly full_name: string;
  readonly owner_id: number;
  readonly owner_type: "User" | "Organization";
  readonly private: boolean;
  readonly visibility: "public" | "private" | "internal";
  readonly archived: boolean;
  readonly fork: boolean;
  readonly forked_from_id: number | null;
  readonly default_branch: string;
  readonly open_issues_count: number;
  readonly pushed_at: string | null;
  readonly description: string | null;
  readonly topics: readonly string[];
  readonly [more: string]: unknown;
}
interface CollaboratorRow extends Row {
  readonly repo_id: number;
  readonly user_id: number;
  readonly permission: string;
}
export interface IssueRow extends Node {
  readonly repo_id: number;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: "open" | "closed";
  readonly state_reason: string | null;
  readonly locked: boolean;
  readonly user_id: number;
  readonly assignee_ids: readonly number[];
  readonly label_ids: readonly number[];
  readonly comments: number;
  readonly closed_at: string | null;
  readonly closed_by_id: number | null;
  readonly is_pull_request: boolean;
  readonly [more: string]: unknown;
}
export interface PullRow extends Node {
  readonly repo_id: number;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly state: "open" | "closed";
  readonly locked: boolean;
  readonly user_id: number;
  readonly assignee_ids: readonly number[];
  readonly label_ids: readonly number[];
  readonly head_ref: string;
  readonly head_sha: string;
  readonly head_repo_id: number;
  readonly base_ref: string;
  readonly base_sha: string;
  readonly merged: boolean;
  readonly merged_at: string | null;
  readonly merged_by_id: number | null;
  readonly merge_commit_sha: string | null;
  readonly closed_at: string | null;
  readonly draft: boolean;
  readonly requested_reviewer_ids: readonly number[];
  readonly requested_team_ids: readonly number[];
  readonly review_comments: number;
}
export interface LabelRow extends Node {
  readonly repo_id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
  readonly default: boolean;
}
export interface CommentRow extends Node {
  readonly repo_id: number;
  readonly issue_number: number | null;
  readonly pull_number: number | null;
  readonly body: string;
  readonly user_id: number;
  readonly comment_type: string;
  readonly commit_sha: string | null;
  readonly path: string | null;
  readonly in_reply_to_id: number | null;
  readonly review_id: number | null;
  readonly [more: string]: unknown;
}
export interface ReviewRow extends Node {
  readonly repo_id: number;
  readonly pull_number: number;
  readonly user_id: number;
  readonly body: string | null;
  readonly state: string;
  readonly commit_id: string;
  readonly submitted_at: string | null;
}
interface RefRow extends Node {
  readonly repo_id: number;
  readonly ref: string;
  readonly sha: string;
}
interface BranchRow extends Row {
  readonly repo_id: number;
  readonly name: string;
  readonly sha: string;
  readonly protected: boolean;
}
export interface CommitRow extends Node {
  readonly repo_id: number;
  readonly sha: string;
  readonly message: string;
  readonly author_name: string;
  readonly author_email: string;
  readonly author_date: string;
  readonly committer_name: string;
  readonly committer_email: string;
  readonly committer_date: string;
  readonly tree_sha: string;
  readonly parent_shas: readonly string[];
  readonly user_id: number | null;
}
interface TreeRow extends Row {
  readonly repo_id: number;
  readonly sha: string;
  readonly tree: readonly { readonly path: string; readonly type: string; readonly sha: string }[];
}
interface BlobRow extends Row {
  readonly repo_id: number;
  readonly sha: string;
}
export interface ReleaseRow extends Node {
  readonly repo_id: number;
  readonly tag_name: string;
  readonly target_commitish: string;
  readonly name: string | null;
  readonly body: string | null;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly author_id: number;
  readonly published_at: string | null;
}
export interface CheckRunRow extends Node {
  readonly repo_id: number;
  readonly head_sha: string;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly external_id: string;
  readonly details_url: string | null;
  readonly check_suite_id: number;
  readonly output: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly text: string | null;
    readonly annotations_count: number;
  };
}
export interface InstallationRow extends Row {
  readonly installation_id: number;
  readonly app_id: number;
  readonly account_type: "User" | "Organization";
  readonly account_id: number;
  readonly account_login: string;
  readonly repository_selection: "all" | "selected";
  readonly repository_ids: readonly number[];
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
  readonly suspended_at: string | null;
}

interface Collection<R extends Row> {
  insert(data: Omit<R, keyof Row> & { readonly [more: string]: unknown }): R;
  get(id: number): R | undefined;
  findBy(field: keyof R & string, value: unknown): R[];
  findOneBy(field: keyof R & string, value: unknown): R | undefined;
  update(id: number, data: Partial<R>): R | undefined;
  delete(id: number): boolean;
  all(): R[];
}

export interface Rows {
  readonly users: Collection<UserRow>;
  readonly orgs: Collection<OrgRow>;
  readonly teams: Collection<TeamRow>;
  readonly teamMembers: Collection<TeamMemberRow>;
  readonly teamRepos: Collection<TeamRepoRow>;
  readonly repos: Collection<RepoRow>;
  readonly collaborators: Collection<CollaboratorRow>;
  readonly issues: Collection<IssueRow>;
  readonly pullRequests: Collection<PullRow>;
  readonly labels: Collection<LabelRow>;
  readonly comments: Collection<CommentRow>;
  readonly reviews: Collection<ReviewRow>;
  readonly refs: Collection<RefRow>;
  readonly branches: Collection<BranchRow>;
  readonly commits: Collection<CommitRow>;
  readonly trees: Collection<TreeRow>;
  readonly blobs: Collection<BlobRow>;
  readonly releases: Collection<ReleaseRow>;
  readonly checkRuns: Collection<CheckRunRow>;
  readonly appInstallations: Collection<InstallationRow>;
}
