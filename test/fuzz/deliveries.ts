// The fuzz of deliveries: GitHub's own payloads, broken in every way, signed and posted to the running product; then it works on them.
import { createHmac, randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { createRequire } from "node:module";
import fc from "fast-check";
import pino from "pino";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { createMetrics } from "../../src/metrics.ts";
import { makeDatabase } from "../support/databases.ts";
import { type GitHub, startGitHub } from "../support/github/github.ts";
import { comments } from "./comments.ts";
import { hostileWord } from "./hostile.ts";
import { change, changed, garble, garbled, withDoubleKeys } from "./json.ts";
import { LONGEST_MILLIS, processorMillis, type Target, unclear } from "./target.ts";

const SECRET = "a-secret-for-the-fuzz";

type Example = { readonly name: string; readonly examples: readonly Record<string, unknown>[] };
const EXAMPLES: readonly Example[] = createRequire(import.meta.url)(
  "@octokit/webhooks-examples/api.github.com/index.json",
);
/** What we react to; the rest is ignored whatever it says. Our own coming and going is left out of half of them: see `graft`. */
const HEARD = new Set(
  "pull_request pull_request_review pull_request_review_comment issue_comment issues label release create push repository organization member membership team installation installation_repositories".split(
    " ",
  ),
);
const ALL = EXAMPLES.flatMap(({ name, examples }) => examples.map((example) => ({ name, example })));
const OURS = ALL.filter(({ name }) => HEARD.has(name));

type Input = {
  readonly event: string;
  readonly body: string;
  /** What the envelope says that GitHub's would not. */
  readonly envelope: "right" | "wrong signature" | "no signature" | "no event" | "wrong type" | "odd id";
};

const words = comments.inputs;
const body = fc
  .record({
    base: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...OURS) },
      { weight: 1, arbitrary: fc.constantFrom(...ALL) },
    ),
    isGrafted: fc.boolean(),
    text: fc.option(words, { freq: 3 }),
    title: fc.option(hostileWord, { freq: 3 }),
    changes: fc.array(change, { maxLength: 3 }),
    how: garble,
    hasDoubleKeys: fc.nat(20).map((n) => n === 0),
  })
  .map(({ base, isGrafted, text, title, changes, how, hasDoubleKeys }) => {
    const grafted = graft(base.example, { isGrafted, text, title });
    const json = JSON.stringify(withOurInstallation(changed(grafted, changes))) ?? "";
    return { event: base.name, body: garbled(hasDoubleKeys ? withDoubleKeys(json) : json, how) };
  });
const raw = fc.record({
  event: fc.constantFrom(...HEARD),
  body: fc.oneof(
    hostileWord,
    fc.json(),
    fc.constant("[".repeat(100_000)),
    fc.constant(`{"a":${"[".repeat(5_000)}${"]".repeat(5_000)}}`),
  ),
});

const inputs: fc.Arbitrary<Input> = fc
  .tuple(
    fc.oneof({ weight: 20, arbitrary: body }, { weight: 1, arbitrary: raw }),
    fc.oneof(
      { weight: 30, arbitrary: fc.constant<Input["envelope"]>("right") },
      {
        weight: 1,
        arbitrary: fc.constantFrom<Input["envelope"]>(
          "wrong signature",
          "no signature",
          "no event",
          "wrong type",
          "odd id",
        ),
      },
    ),
  )
  .map(([made, envelope]) => ({ ...made, envelope }));

/** As if it were of our own installation; half of them of a repository and a pull request that are there. Filled in at `open`. */
const place: { installationId: number; repository: Record<string, unknown>; number: number } = {
  installationId: 1,
  repository: {},
  number: 1,
};

function graft(
  example: Record<string, unknown>,
  {
    isGrafted,
    text,
    title,
  }: { readonly isGrafted: boolean; readonly text: string | null; readonly title: string | null },
): unknown {
  const { installation, ...rest } = structuredClone(example);
  const made: Record<string, unknown> = {
    ...rest,
    installation: { ...objectOf(installation), id: place.installationId },
  };
  if (isGrafted && "repository" in made) made.repository = { ...objectOf(made.repository), ...place.repository };
  for (const key of ["pull_request", "issue", "comment", "review", "release"]) {
    const part = objectOf(made[key]);
    if (made[key] === undefined) continue;
    if (text !== null && "body" in part) part.body = text;
    if (title !== null && "title" in part) part.title = title;
    if (title !== null && key === "release") part.name = title;
    if (isGrafted && "number" in part) part.number = place.number;
    made[key] = part;
  }
  return made;
}

/** GitHub sends only what is of an installation of ours: what comes of one that is away is no matter of a payload. */
function withOurInstallation(made: unknown): unknown {
  const installation = objectOf(objectOf(made).installation);
  const isAnother = typeof installation.id === "number" && Number.isSafeInteger(installation.id) && installation.id > 0;
  return isAnother ? { ...objectOf(made), installation: { ...installation, id: place.installationId } } : made;
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? { ...value } : {};

/** Worked on together, as they come in the wild. */
export const A_BATCH = 10;

/** How a delivery may end that no feature could read. Such a row stays in sight: GitHub would not have sent it. */
const UNREADABLE = /^the payload is not (?:JSON|a JSON object|as GitHub describes it: )/;

/** The product on a database of its own, and an emulated GitHub behind it. */
export async function openDeliveries(): Promise<{ target: Target<readonly Input[]>; close: () => Promise<void> }> {
  const github = await openGitHub();
  const made = await makeDatabase("sqlite");
  const database = await openDatabase(made.url);
  const logs: string[] = [];
  const read = readConfig(
    {
      APP_ID: String(github.appId),
      PRIVATE_KEY: github.privateKey,
      WEBHOOK_SECRET: SECRET,
      GITHUB_API_URL: github.url,
      GITHUB_GRAPHQL_URL: github.graphqlUrl,
      GITHUB_WEB_URL: github.webUrl,
      DATABASE_URL: made.url,
      HOST: "127.0.0.1",
    },
    () => "",
  );
  if (read.kind !== "config") throw new Error(`the fuzz's configuration is wrong: ${JSON.stringify(read)}`);
  const config = { ...read.config, web: { ...read.config.web, port: 0 } };
  const log = pino({ level: "error" }, { write: (line: string) => logs.push(line) });
  const app = await createApp({ config, database, now: () => Date.now(), log, metrics: createMetrics() });
  const { port } = await app.start();
  const url = `http://127.0.0.1:${port}${config.webhook.path}`;
  github.webhookUrl = url;
  github.announceInstallations();
  await github.settled();
  await app.settle();
  await findPlace(github);
  await app.settle();

  const target: Target<readonly Input[]> = {
    name: "deliveries",
    inputs: fc.array(inputs, { minLength: A_BATCH, maxLength: A_BATCH }),
    harmOf: async (batch, measure) => {
      logs.length = 0;
      const kept: { readonly id: string; readonly body: string }[] = [];
      for (const input of batch) {
        const { id, status } = await measure(() => post(url, input), "clock");
        if (status !== expectedStatus(input)) return `it is answered ${status}`;
        if (status === 202) kept.push({ id, body: input.body });
      }
      const blocked = await blockedMillis(() => app.settle());
      if (blocked > LONGEST_MILLIS) return `nothing else had its turn for ${Math.round(blocked)} ms`;
      for (const { id, body } of kept) {
        const row = await rowOf(database, id);
        const wrong = wrongWith(row, body);
        if (wrong !== null) return wrong;
      }
      return wrongInLogs(logs);
    },
    show: (batch) =>
      batch.map(({ event, body, envelope }) => `${event} (${envelope}) ${JSON.stringify(body)}`).join("\n"),
  };
  return {
    target,
    close: async () => {
      await app.stop();
      await database.close();
      await made.remove();
      await github.close();
    },
  };
}

/** While it is worked on, others must not wait: what counts is what it cost the thread between two turns of the event loop. */
async function blockedMillis(work: () => Promise<void>): Promise<number> {
  let longest = 0;
  let isOver = false;
  let lookedAt = processorMillis();
  const look = () => {
    const now = processorMillis();
    longest = Math.max(longest, now - lookedAt);
    lookedAt = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await work();
  isOver = true;
  return longest;
}

const rowOf = (database: Database, id: string) =>
  database.db.selectFrom("deliveries").select(["state", "because", "error"]).where("id", "=", id).executeTakeFirst();

function wrongWith(
  row: { readonly state: string; readonly because: string | null; readonly error: string | null } | undefined,
  body: string,
): string | null {
  if (row === undefined) return "it is not kept";
  if (row.state === "done") return null;
  if (row.state === "ignored") return unclear(row.because ?? "", body);
  if (row.state === "failed" && UNREADABLE.test(row.error ?? "")) return unclear(row.error ?? "", body);
  return `it is left ${row.state}: ${row.error}`;
}

function wrongInLogs(logs: readonly string[]): string | null {
  const faults = logs.filter((line) => JSON.parse(line).msg !== "a delivery failed for good; see `deliveries list`");
  return faults.length === 0 ? null : `it is logged as a fault: ${faults[0]?.slice(0, 1_000)}`;
}

function expectedStatus({ envelope }: Input): number {
  if (envelope === "right") return 202;
  if (envelope === "wrong type") return 415;
  return envelope === "no event" || envelope === "odd id" ? 400 : 401;
}

function post(url: string, { event, body, envelope }: Input): Promise<{ id: string; status: number }> {
  const id = randomUUID();
  const signature = createHmac("sha256", envelope === "wrong signature" ? "another" : SECRET)
    .update(body)
    .digest("hex");
  const headers = {
    "content-type": envelope === "wrong type" ? "text/plain" : "application/json",
    "content-length": Buffer.byteLength(body),
    "x-github-delivery": envelope === "odd id" ? "../x" : id,
    ...(envelope === "no event" ? {} : { "x-github-event": event }),
    ...(envelope === "no signature" ? {} : { "x-hub-signature-256": `sha256=${signature}` }),
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: "POST", headers }, (response) => {
      response.resume();
      response.on("end", () => resolve({ id, status: response.statusCode ?? 0 }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

function openGitHub(): Promise<GitHub> {
  return startGitHub({
    webhookSecret: SECRET,
    organizations: [{ login: "acme-db", owners: ["boss"], members: ["mira", "dana"], teams: { support: ["dana"] } }],
    users: ["sb-dev1"],
    repositories: [
      {
        name: "acme-db/engine",
        visibility: "public",
        collaborators: { mira: "write", dana: "write" },
        files: {
          ".github/patch-advocate.yml":
            "mode: act\ntrack: all\nsupport: [dana]\nmaintainers: [mira]\ncases: { repositories: [acme-db/cases] }\n",
        },
      },
      { name: "acme-db/cases", visibility: "private", collaborators: { dana: "write" } },
    ],
    installations: [{ account: "acme-db", repositories: "all" }],
  });
}

/** Where grafted deliveries say that they come from. */
async function findPlace(github: GitHub): Promise<void> {
  const patch = await github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine" });
  await github.settled();
  const sent = github.deliveries.findLast(({ event }) => event === "pull_request");
  place.installationId = github.installationId("acme-db");
  place.repository = objectOf(sent?.payload.repository);
  place.number = patch.number;
}
