// What happens in the large organisation that bench/load replays, by a seed: its pull requests and the webhooks that tell of them. Pure.
import { createHash } from "node:crypto";
import {
  accountOf,
  BOTS,
  CUSTOMERS,
  example,
  FIRST_REPOSITORY,
  type Happening,
  INSTALLATION,
  installationOf,
  iso,
  ORGANIZATION,
  type Pull,
  part,
  type Recorded,
  randomFrom,
  repositoryOf,
  STRANGERS,
  shownPull,
  userIdOf,
  WRITERS,
} from "./load-people.ts";

export type World = {
  readonly repositoryOf: (id: number) => { readonly name: string };
  readonly repositoryIds: readonly number[];
  readonly pullOf: (repository: number, number: number) => Pull | undefined;
  readonly installation: () => object;
  /** The next thing that happens, at `now`. */
  readonly next: (now: number) => Happening;
  /** A pull request and a command on it of somebody who may give it. */
  readonly command: (now: number) => readonly Happening[];
};

/** In each repository. */
const OPEN_BEFORE = 12;
const isCustomers = ({ author }: Pull): boolean => CUSTOMERS.some((login) => login === author);

export function createWorld(seed: number, size: { readonly repositories: number }): World {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => {
    const value = from[Math.floor(random() * from.length)];
    if (value === undefined) throw new RangeError("nothing to pick from");
    return value;
  };
  const repositoryIds = Array.from({ length: size.repositories }, (_, n) => FIRST_REPOSITORY + n);
  const pulls: Pull[] = [];
  const byPlace = new Map<string, Pull>();
  const numbers = new Map<number, number>();
  let ids = 1_000_000_000;
  const id = () => (ids += 1);
  const sha = () => createHash("sha1").update(`${seed} ${id()}`).digest("hex");
  /** A few repositories are where most happens (a square of an even draw). */
  const busy = () => repositoryIds[2 + Math.floor(random() ** 2 * (repositoryIds.length - 2))] ?? FIRST_REPOSITORY + 2;
  /** Mostly a line or two, seldom pages. */
  const words = () => "The lock is taken twice when the node comes back. ".repeat(1 + Math.floor(random() ** 4 * 60));

  const common = (repository: number, sender: string) => ({
    repository: repositoryOf(repository),
    organization: ORGANIZATION,
    sender: accountOf(sender),
    installation: { id: INSTALLATION, node_id: "I_1" },
  });
  const numberIn = (repository: number) => {
    const number = (numbers.get(repository) ?? 0) + 1;
    numbers.set(repository, number);
    return number;
  };
  const open = (now: number, repository = busy()): Pull => {
    const author = random() < 0.01 ? pick(CUSTOMERS) : random() < 0.4 ? pick(WRITERS) : pick(STRANGERS);
    const pull: Pull = {
      repository,
      number: numberIn(repository),
      author,
      openedAt: now,
      head: sha(),
      state: "open",
      isMerged: false,
      labels: [],
      isLinked: false,
    };
    pulls.push(pull);
    byPlace.set(`${repository}#${pull.number}`, pull);
    return pull;
  };
  const some = (): Pull => pick(pulls);

  const ofPull = (pull: Pull, now: number, action: string, by: string, rest: object = {}): Happening => {
    const base = example("pull_request", action);
    const payload = {
      ...base,
      action,
      number: pull.number,
      pull_request: shownPull(pull, now, base, words()),
      ...common(pull.repository, by),
      ...rest,
    };
    const expects = action === "opened" && isCustomers(pull) ? [`labels:${pull.repository}#${pull.number}`] : [];
    return { event: "pull_request", action, payload, repository: pull.repository, expects };
  };
  const ofComment = (
    pull: Pull,
    now: number,
    said: { by: string; body: string; comment?: number; expects?: readonly string[] },
  ): Happening => {
    const base = example("issue_comment", "created");
    const comment = {
      ...part(base, "comment"),
      id: said.comment ?? id(),
      node_id: `IC_${ids}`,
      user: accountOf(said.by),
      body: said.body,
      created_at: iso(now),
      updated_at: iso(now),
    };
    const issue = {
      ...part(base, "issue"),
      id: id(),
      node_id: `I_${ids}`,
      number: pull.number,
      title: `Take the lock once (${pull.number})`,
      body: words(),
      user: accountOf(pull.author),
      state: pull.state,
      created_at: iso(pull.openedAt),
      updated_at: iso(now),
      closed_at: null,
      pull_request: { url: "https://api.github.com/" },
    };
    const payload = { ...base, action: "created", issue, comment, ...common(pull.repository, said.by) };
    return {
      event: "issue_comment",
      action: "created",
      payload,
      repository: pull.repository,
      expects: said.expects ?? [],
    };
  };
  const ofReview = (pull: Pull, now: number, by: string): Happening => {
    const base = example("pull_request_review", "submitted");
    const review = {
      ...part(base, "review"),
      id: id(),
      user: accountOf(by),
      body: random() < 0.5 ? words() : null,
      state: pick(["approved", "commented", "commented", "changes_requested"]),
      submitted_at: iso(now),
    };
    const payload = {
      ...base,
      action: "submitted",
      review,
      pull_request: shownPull(pull, now, base, words()),
      ...common(pull.repository, by),
    };
    return { event: "pull_request_review", action: "submitted", payload, repository: pull.repository, expects: [] };
  };
  const ofReviewComment = (pull: Pull, now: number, by: string): Happening => {
    const base = example("pull_request_review_comment", "created");
    const comment = {
      ...part(base, "comment"),
      id: id(),
      node_id: `RC_${ids}`,
      pull_request_review_id: id(),
      user: accountOf(by),
      body: words(),
      created_at: iso(now),
      updated_at: iso(now),
    };
    const payload = {
      ...base,
      action: "created",
      comment,
      pull_request: shownPull(pull, now, base, words()),
      ...common(pull.repository, by),
    };
    return {
      event: "pull_request_review_comment",
      action: "created",
      payload,
      repository: pull.repository,
      expects: [],
    };
  };
  const plain = (event: string, action: string | null, by: string, rest: (base: Recorded) => object): Happening => {
    const base = example(event, action);
    const repository = busy();
    const payload = { ...base, ...(action === null ? {} : { action }), ...rest(base), ...common(repository, by) };
    return { event, action, payload, repository, expects: [] };
  };

  const push = (now: number): Happening =>
    plain("push", null, pick(WRITERS), (base) => ({
      ref: random() < 0.3 ? "refs/heads/main" : `refs/heads/topic-${Math.floor(random() * 500)}`,
      after: sha(),
      commits: Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({
        ...(Array.isArray(base.commits) ? base.commits[0] : {}),
        id: sha(),
        message: words(),
        timestamp: iso(now),
        added: [],
        removed: [],
        modified: ["src/lock.ts"],
      })),
    }));
  const onIssue = (event: "issues" | "issue_comment", now: number): Happening =>
    plain(event, event === "issues" ? pick(["opened", "labeled", "edited"]) : "created", pick(STRANGERS), (base) => ({
      issue: {
        ...part(base, "issue"),
        id: id(),
        number: 100_000 + Math.floor(random() * 1000),
        title: "It is slow",
        body: words(),
        user: accountOf(pick(STRANGERS)),
        state: "open",
        created_at: iso(now),
        updated_at: iso(now),
        closed_at: null,
      },
      ...(event === "issues"
        ? {}
        : {
            comment: { ...part(base, "comment"), id: id(), node_id: `IC_${ids}`, body: words(), created_at: iso(now) },
          }),
    }));

  /** What an hour of such an organisation is made of, in parts of a hundred. */
  const MIX: readonly (readonly [number, (now: number) => Happening])[] = [
    [17, (now) => ofComment(some(), now, { by: pick(random() < 0.4 ? WRITERS : STRANGERS), body: words() })],
    [9, (now) => ofComment(some(), now, { by: pick(BOTS), body: words() })],
    [8, (now) => onIssue("issue_comment", now)],
    [6, (now) => onIssue("issues", now)],
    [5, (now) => opened(now)],
    [11, (now) => pushed(some(), now)],
    [9, (now) => labelled(some(), now)],
    [3, (now) => ofPull(some(), now, "edited", pick(WRITERS), { changes: {} })],
    [4, (now) => closed(some(), now)],
    [8, (now) => ofReview(some(), now, pick(WRITERS))],
    [8, (now) => ofReviewComment(some(), now, pick(WRITERS))],
    [10, push],
    [1, () => plain("create", null, pick(WRITERS), () => ({ ref: `topic-${id()}`, ref_type: "branch" }))],
    [1, () => plain("label", "created", pick(WRITERS), () => ({}))],
  ];
  const opened = (now: number) => {
    const pull = open(now);
    return ofPull(pull, now, "opened", pull.author);
  };
  const pushed = (pull: Pull, now: number) => {
    pull.head = sha();
    return ofPull(pull, now, "synchronize", pull.author, { before: sha(), after: pull.head });
  };
  const labelled = (pull: Pull, now: number) => {
    const name = pick(["bug", "ci: passed", "size/S", "needs-rebase"]);
    if (!pull.labels.includes(name)) pull.labels = [...pull.labels, name];
    return ofPull(pull, now, "labeled", pick(BOTS), { label: { id: userIdOf(name), name } });
  };
  const closed = (pull: Pull, now: number) => {
    // Those that an answer is looked for on stay open.
    if (pull.isLinked || isCustomers(pull)) return pushed(pull, now);
    pull.state = "closed";
    pull.isMerged = random() < 0.8;
    return ofPull(pull, now, "closed", pick(WRITERS));
  };

  // What was open before the day began, by people who are nobody's customers.
  for (const repository of repositoryIds.slice(2)) {
    for (let n = 0; n < OPEN_BEFORE; n += 1) {
      const pull = open(Date.parse("2026-01-05T09:00:00Z"), repository);
      if (isCustomers(pull)) pulls.pop();
    }
  }

  return {
    repositoryOf,
    repositoryIds,
    pullOf: (repository, number) => byPlace.get(`${repository}#${number}`),
    installation: () => installationOf(repositoryIds),
    next: (now) => {
      let draw = random() * 100;
      for (const [share, happening] of MIX) {
        draw -= share;
        if (draw < 0) return happening(now);
      }
      return push(now);
    },
    command: (now) => {
      const pull = open(now);
      pull.isLinked = true;
      // An author's word on their own counts as a proposal only.
      const by = pick(WRITERS.filter((login) => login !== pull.author));
      const comment = id();
      const [body, expected] =
        random() < 0.7
          ? [`/case link CASE-${100 + Math.floor(random() * 900_000)}`, `labels:${pull.repository}#${pull.number}`]
          : ["/case status", `comment:${pull.repository}#${pull.number}`];
      const expects = [`reaction:${comment}`, expected];
      return [ofPull(pull, now, "opened", pull.author), ofComment(pull, now, { by, body, comment, expects })];
    },
  };
}
