// How many requests 1,000 open pull requests cost: none on a day on which nothing happens, and for 50 that fall overdue at once a
// reminder and a label each. The whole product against the emulated GitHub, with a clock that is moved by hand.
// `npx node bench/requests.ts`; `--smoke` takes 40 pull requests and judges nothing.
import { openStage, type Stage } from "../src/demo/stage.ts";
import { machine, writeResult } from "./result.ts";

const IS_SMOKE = process.argv.includes("--smoke");
const REPOSITORIES = 10;
const OVERDUE = IS_SMOKE ? 10 : 50;
const PULL_REQUESTS = IS_SMOKE ? 40 : 1000;
const TARGETS = { idle: 0, writes: 100, reads: 5 };

const names = Array.from({ length: REPOSITORIES }, (_, n) => `acme-db/engine-${n}`);
const policy = `version: 1
support: ["@acme-db/support"]
maintainers: [mira]
reminders: { per-maintainer-per-week: 100 }
`;
const customers = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    logins: [sb-dev1]
    contracts: [{ plan: subscription, from: 2026-01-01, until: 2026-12-31 }]
`;

const stage = await openStage({
  now: "2026-01-05T09:00:00Z",
  github: {
    users: ["sb-dev1"],
    organizations: [{ login: "acme-db", members: ["mira", "dana"], teams: { support: ["dana"] } }],
    repositories: [
      { name: "acme-db/.github", visibility: "public", files: { ".github/patch-advocate.yml": policy } },
      ...names.map((name) => ({ name, visibility: "public" as const, collaborators: { mira: "write" as const } })),
    ],
    installations: [{ account: "acme-db", repositories: "all" }],
  },
});
try {
  await measure(stage);
} finally {
  await stage.close();
}

async function measure({ github, bringCustomers, settle, moveTo }: Stage): Promise<void> {
  await bringCustomers(customers);
  github.announceInstallations();
  await settle();
  // Each repository has seen a reminder before, as it has after its first weeks: its labels are made and its CODEOWNERS is read.
  const first = await open(1);
  await moveTo("2026-01-19T12:00:00Z");
  for (const patch of first) await github.as("mira").merge(patch);
  await moveTo("2026-01-20T09:00:00Z");
  const soon = await open(OVERDUE / REPOSITORIES);
  await moveTo("2026-01-26T09:00:00Z");
  await open((PULL_REQUESTS - OVERDUE) / REPOSITORIES);
  await moveTo("2026-01-28T00:00:00Z");

  github.clearRequests();
  await moveTo("2026-01-29T00:00:00Z");
  const idle = github.requests.length;

  await moveTo("2026-02-02T16:00:00Z");
  github.clearRequests();
  await moveTo("2026-02-03T12:00:00Z");
  const tokens = github.requests.filter(({ path }) => path.endsWith("/access_tokens")).length;
  const writes = github.writes().filter(({ path }) => !path.endsWith("/access_tokens")).length;
  const reads = github.requests.length - writes - tokens;
  const reminded = soon.filter((patch) => github.commentsOn(patch).length === 1).length;
  const labelled = soon.filter((patch) => github.labelsOn(patch).includes("overdue")).length;

  console.table([
    { what: "requests on an idle day", measured: idle, target: TARGETS.idle },
    { what: `writes for ${OVERDUE} newly overdue`, measured: writes, target: TARGETS.writes },
    { what: "reads for them", measured: reads, target: TARGETS.reads },
    { what: "reminded and labelled", measured: Math.min(reminded, labelled), target: OVERDUE },
    { what: "tokens asked for meanwhile", measured: tokens, target: "" },
  ]);
  const isReached =
    idle <= TARGETS.idle &&
    writes <= TARGETS.writes &&
    reads <= TARGETS.reads &&
    Math.min(reminded, labelled) === OVERDUE;
  console.log(`${PULL_REQUESTS} open pull requests in ${REPOSITORIES} repositories; ${machine()}`);
  console.log(IS_SMOKE ? "smoke run: not judged" : `targets ${isReached ? "reached" : "NOT reached"}`);
  writeResult("requests", {
    machine: machine(),
    pullRequests: PULL_REQUESTS,
    idle,
    writes,
    reads,
    tokens,
    reminded,
    labelled,
  });

  async function open(each: number) {
    const opened = [];
    for (const repository of names) {
      for (let n = 0; n < each; n += 1)
        opened.push(await github.as("sb-dev1").openPullRequest({ repository, title: `Fix ${n}` }));
    }
    await settle();
    return opened;
  }
}
