// What bench/load's GitHub answers: enough of the REST and GraphQL API for what the product asks of it, from memory.

import {
  accountOf,
  BOT,
  CUSTOMERS,
  INSTALLATION,
  installedApp,
  isWriter,
  ORGANIZATION,
  type Pull,
} from "./load-people.ts";
import type { Traffic } from "./load-traffic.ts";
import type { World } from "./load-world.ts";

export const POLICY = `version: 1
mode: act
support: [maintainer-1]
maintainers: [maintainer-0]
cases:
  repositories: [acme-db/cases]
  references: [{ pattern: "CASE-[0-9]{3,8}", url: "https://support.acme.example/{ref}" }]
`;
export const CUSTOMERS_FILE = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    logins: [${CUSTOMERS.join(", ")}]
    contracts: [{ plan: subscription, from: 2020-01-01, until: 2099-12-31 }]
`;

type Request = { readonly method: string; readonly url: URL; readonly body: Record<string, unknown> };
type Answer = { readonly status: number; readonly body: unknown; readonly link?: string };
export type Answers = ReturnType<typeof createAnswers>;

const ok = (body: unknown): Answer => ({ status: 200, body });
const made = (body: unknown): Answer => ({ status: 201, body });
const NONE: Answer = { status: 404, body: { message: "Not Found", documentation_url: "https://docs.github.com/rest" } };
const rateLimit = { cost: 1, remaining: 12_000, resetAt: "2099-01-01T00:00:00Z" };

export function createAnswers(world: World, traffic: Traffic) {
  const names = new Map(
    world.repositoryIds.map((id) => {
      const { name } = world.repositoryOf(id);
      return [name, id] as const;
    }),
  );
  const counts = new Map<string, number>();
  const comments = new Map<string, { id: number; node_id: string; body: string; user: object }[]>();
  const markers = new Map<string, number>();
  let ids = 50_000_000;

  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const labelsOf = (pull: Pull | undefined) => (pull?.labels ?? []).map((name) => ({ id: 1, name }));

  return {
    world,
    traffic,
    count,
    labelsOf,
    repositoryNamed: (name: string) => names.get(name) ?? 0,
    commentsOn: (place: string) => comments.get(place) ?? [],
    addComment: (place: string, body: string) => {
      ids += 1;
      const comment = { id: ids, node_id: `IC_${ids}`, body, user: BOT };
      comments.set(place, [...(comments.get(place) ?? []), comment]);
      const marker = /<!-- patch-advocate (\S+) -->/.exec(body)?.[1] ?? "no marker";
      markers.set(marker, (markers.get(marker) ?? 0) + 1);
      return comment;
    },
    counts: () => ({
      ...Object.fromEntries(counts),
      "comments whose marker stands twice": [...markers.values()].filter((times) => times > 1).length,
    }),
  };
}

/** One request's answer; what is not known here is counted by its path, so that a new question of the product is seen. */
export function answerApi(answers: Answers, request: Request): Answer {
  for (const [method, path, answer] of ROUTES) {
    const found = method === request.method ? path.exec(request.url.pathname) : null;
    if (found === null) continue;
    answers.count(`${method} ${path.source.replaceAll(/\\|\^|\$/g, "").replaceAll("([/]+)", "…")}`);
    return answer(answers, found.slice(1).map(decodeURIComponent), request);
  }
  answers.count(`unknown: ${request.method} ${request.url.pathname.replaceAll(/\d+/g, "N")}`);
  return NONE;
}

type Route = readonly [string, RegExp, (answers: Answers, parts: readonly string[], request: Request) => Answer];

const permissionOf = (login: string) => (isWriter(login) ? "write" : "read");
const placeOf = (answers: Answers, [repository = "", number = ""]: readonly string[]) =>
  `${answers.repositoryNamed(repository)}#${number}`;
const pullAt = (answers: Answers, [repository = "", number = ""]: readonly string[]) =>
  answers.world.pullOf(answers.repositoryNamed(repository), Number(number));

const ROUTES: readonly Route[] = [
  ["GET", /^\/app$/, () => ok({ id: 1, slug: "patch-advocate", name: "Patch Advocate", owner: ORGANIZATION })],
  [
    "POST",
    /^\/app\/installations\/\d+\/access_tokens$/,
    () =>
      made({
        token: "ghs_bench",
        expires_at: new Date(Date.now() + 3_600_000).toISOString(),
        permissions: {},
        repository_selection: "all",
      }),
  ],
  ["GET", /^\/app\/installations$/, () => ok([installedApp()])],
  ["GET", /^\/app\/installations\/\d+$/, () => ok(installedApp())],
  ["GET", /^\/installation\/repositories$/, listRepositories],
  ["GET", /^\/app\/hook\/deliveries$/, listDeliveries],
  [
    "POST",
    /^\/app\/hook\/deliveries\/(\d+)\/attempts$/,
    (answers, [id]) => (answers.traffic.redeliver(Number(id)) ? { status: 202, body: {} } : NONE),
  ],
  [
    "GET",
    /^\/users\/([^/]+)$/,
    (_, [login = ""]) => ok(login === BOT.login ? { ...BOT, type: "Bot" } : accountOf(login)),
  ],
  ["GET", /^\/users\/([^/]+)\/orgs$/, () => ok([])],
  ["GET", /^\/orgs\/[^/]+\/members$/, () => ok([accountOf("maintainer-0")])],
  ["GET", /^\/orgs\/[^/]+\/members\/([^/]+)$/, () => NONE],
  ["GET", /^\/orgs\/[^/]+\/memberships\/([^/]+)$/, () => NONE],
  ["GET", /^\/orgs\/[^/]+\/teams\/([^/]+)\/members$/, () => ok([])],
  [
    "GET",
    /^\/repos\/[^/]+\/([^/]+)$/,
    (answers, [name = ""]) => ok(answers.world.repositoryOf(answers.repositoryNamed(name))),
  ],
  [
    "GET",
    /^\/repos\/[^/]+\/([^/]+)\/contents\/(.+)$/,
    (_, [name, path]) =>
      name === ".github" && path === ".github/patch-advocate.yml"
        ? ok({ type: "file", encoding: "base64", content: Buffer.from(POLICY).toString("base64"), sha: "a".repeat(40) })
        : NONE,
  ],
  [
    "GET",
    /^\/repos\/[^/]+\/[^/]+\/collaborators\/([^/]+)\/permission$/,
    (_, [login = ""]) => ok({ permission: permissionOf(login), user: accountOf(login) }),
  ],
  ["GET", /^\/repos\/[^/]+\/([^/]+)\/issues$/, () => ok([])],
  [
    "GET",
    /^\/repos\/[^/]+\/([^/]+)\/issues\/(\d+)\/comments$/,
    (answers, parts) => ok(answers.commentsOn(placeOf(answers, parts))),
  ],
  [
    "POST",
    /^\/repos\/[^/]+\/([^/]+)\/issues\/(\d+)\/comments$/,
    (answers, parts, { body }) => {
      answers.traffic.saw(`comment:${placeOf(answers, parts)}`);
      return made(answers.addComment(placeOf(answers, parts), String(body.body)));
    },
  ],
  [
    "POST",
    /^\/repos\/[^/]+\/[^/]+\/issues\/comments\/(\d+)\/reactions$/,
    (answers, [id], { body }) => {
      answers.traffic.saw(`reaction:${id}`);
      return made({ id: Number(id), content: body.content });
    },
  ],
  ["POST", /^\/repos\/[^/]+\/([^/]+)\/issues\/(\d+)\/reactions$/, (_, [, id]) => made({ id: Number(id) })],
  [
    "GET",
    /^\/repos\/[^/]+\/([^/]+)\/issues\/(\d+)\/labels$/,
    (answers, parts) => ok(answers.labelsOf(pullAt(answers, parts))),
  ],
  [
    "POST",
    /^\/repos\/[^/]+\/([^/]+)\/issues\/(\d+)\/labels$/,
    (answers, parts, { body }) => {
      answers.traffic.saw(`labels:${placeOf(answers, parts)}`);
      const pull = pullAt(answers, parts);
      const added = Array.isArray(body.labels) ? body.labels.map(String) : [];
      if (pull !== undefined) pull.labels = [...new Set([...pull.labels, ...added])];
      return ok(answers.labelsOf(pull));
    },
  ],
  [
    "DELETE",
    /^\/repos\/[^/]+\/([^/]+)\/issues\/(\d+)\/labels\/(.+)$/,
    (answers, [name = "", number = "", label]) => {
      const pull = pullAt(answers, [name, number]);
      if (pull !== undefined) pull.labels = pull.labels.filter((each) => each !== label);
      return ok(answers.labelsOf(pull));
    },
  ],
  ["GET", /^\/repos\/[^/]+\/[^/]+\/labels$/, () => ok([])],
  ["GET", /^\/repos\/[^/]+\/[^/]+\/labels\/(.+)$/, (_, [name]) => ok({ id: 1, name })],
  ["POST", /^\/repos\/[^/]+\/[^/]+\/labels$/, (_, __, { body }) => made({ id: 1, name: body.name })],
  ["GET", /^\/repos\/[^/]+\/[^/]+\/pulls\/(\d+)\/commits$/, () => ok([])],
  ["POST", /^\/graphql$/, answerGraphql],
];

/** https://docs.github.com/rest/apps/webhooks#list-deliveries-for-an-app-webhook */
function listRepositories({ world }: Answers, _: readonly string[], { url }: Request): Answer {
  const size = Number(url.searchParams.get("per_page") ?? 30);
  const from = (Number(url.searchParams.get("page") ?? 1) - 1) * size;
  const shown = world.repositoryIds.slice(from, from + size);
  return ok({ total_count: world.repositoryIds.length, repositories: shown.map((id) => world.repositoryOf(id)) });
}

function listDeliveries({ traffic }: Answers, _: readonly string[], { url }: Request): Answer {
  const limit = Number(url.searchParams.get("per_page") ?? 30);
  const cursor = url.searchParams.get("cursor");
  const page = traffic.deliveriesBefore(cursor === null ? null : Number(cursor), limit);
  const last = page.at(-1);
  const body = page.map((each) => ({
    id: each.id,
    guid: each.guid,
    delivered_at: new Date(each.deliveredAt).toISOString(),
    redelivery: each.isRedelivery,
    duration: 0.1,
    status: each.status >= 200 && each.status < 300 ? "OK" : "timed out",
    status_code: each.status,
    event: each.happening.event,
    action: each.happening.action,
    installation_id: INSTALLATION,
    repository_id: each.happening.repository === 0 ? null : each.happening.repository,
    throttled_at: null,
  }));
  if (last === undefined || last.id === 1) return ok(body);
  const next = new URL(url);
  next.searchParams.set("cursor", String(last.id - 1));
  return { status: 200, body, link: `<${next.href}>; rel="next"` };
}

function answerGraphql(answers: Answers, _: readonly string[], { body }: Request): Answer {
  const name = /^(?:query|mutation) (\w+)/.exec(String(body.query))?.[1] ?? "";
  answers.count(`GraphQL ${name}`);
  const variables = typeof body.variables === "object" && body.variables !== null ? body.variables : {};
  const ids = "ids" in variables && Array.isArray(variables.ids) ? variables.ids.map(String) : [];
  switch (name) {
    case "OpenPatches": {
      const pageInfo = { hasNextPage: false, endCursor: null };
      return ok({ data: { repository: { pullRequests: { totalCount: 0, pageInfo, nodes: [] } }, rateLimit } });
    }
    case "Observe":
      return ok({ data: { nodes: ids.map((id) => observed(answers, id)), rateLimit } });
    case "ClosedBy":
      return ok({ data: { node: { timelineItems: { nodes: [] } }, rateLimit } });
    case "Minimize":
      return ok({ data: { minimizeComment: { minimizedComment: { isMinimized: true } } } });
    default:
      return ok({ data: { node: null, nodes: ids.map(() => null), rateLimit } });
  }
}

function observed({ world }: Answers, id: string): object | null {
  const [, repository, number] = /^PR_(\d+)#(\d+)$/.exec(id) ?? [];
  const pull = world.pullOf(Number(repository), Number(number));
  if (pull === undefined) return null;
  return {
    __typename: "PullRequest",
    id,
    state: pull.state.toUpperCase(),
    isDraft: false,
    headRefOid: pull.head,
    mergeable: "MERGEABLE",
    mergeStateStatus: "CLEAN",
    files: { nodes: [] },
    commits: { nodes: [{ commit: { statusCheckRollup: null } }] },
  };
}
