// kill -9 at random instants under load: the whole product as a process, restarted at once, against the emulated GitHub, a mail server and a
// receiver of hooks. In the end nothing that was answered 2xx is lost, and nothing was said twice on GitHub.
// `node bench/kills.ts --kills 1000 --seed 1 [--on sqlite|postgres]`; `--smoke` kills three times on both databases.
import { parseArgs } from "node:util";
import type { Figures } from "./kills-judge.ts";
import { playRound } from "./kills-round.ts";
import type { Dialect } from "./kills-server.ts";
import { machine, writeResult } from "./result.ts";

const IS_SMOKE = process.argv.includes("--smoke");
const { values } = parseArgs({
  options: {
    smoke: { type: "boolean" },
    kills: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    on: { type: "string" },
    // A world grows old: after so many kills there is a new GitHub and a new database.
    round: { type: "string", default: "50" },
  },
});
const kills = IS_SMOKE ? 3 : Number(values.kills);
const seed = Number(values.seed);
const dialects: readonly Dialect[] =
  values.on === "sqlite" || values.on === "postgres" ? [values.on] : ["sqlite", "postgres"];

// So that no server of ours outlives us.
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => process.exit(1));
const kept = await Promise.all(dialects.map(play));
const isKept = kept.every(Boolean);
console.log(isKept ? `kept; ${machine()}` : `NOT kept; ${machine()}`);
process.exit(isKept ? 0 : 1);

/** Kills on one kind of store, round after round; both kinds run side by side. */
async function play(dialect: Dialect): Promise<boolean> {
  const startedAt = performance.now();
  const rounds: Figures[] = [];
  let killed = 0;
  while (killed < kills) {
    const count = Math.min(Number(values.round), kills - killed);
    const figures = await playRound({ dialect, kills: count, seed: seed * 1000 + rounds.length });
    killed += count;
    rounds.push(figures);
    for (const fault of figures.faults) console.log(`FAULT: ${fault}`);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    console.log(`${dialect}: ${line(killed, rounds)}; ${seconds} s; seed ${seed}`);
  }
  writeResult(`kills-${dialect}`, { machine: machine(), dialect, kills: killed, seed, rounds });
  return rounds.every(({ faults }) => faults.length === 0);
}

function line(killed: number, rounds: readonly Figures[]): string {
  const sum = (of: (figures: Figures) => number) => rounds.reduce((total, figures) => total + of(figures), 0);
  return [
    `${killed} kills`,
    `${sum(({ acts }) => acts)} acts`,
    `${sum(({ deliveries }) => deliveries)} deliveries`,
    `${sum(({ sentAgain }) => sentAgain)} of them refused or cut off and sent again`,
    `${sum(({ lost }) => lost)} lost`,
    `${sum(({ comments }) => comments)} comments`,
    `${sum(({ doubled }) => doubled)} doubled`,
    `${sum(({ mails }) => mails)} mails (${sum(({ mailRepeats }) => mailRepeats)} repeats)`,
    `${sum(({ hooks }) => hooks)} hooks (${sum(({ hookRepeats }) => hookRepeats)} repeats)`,
    `${sum(({ paced }) => paced)} writes wait for the hour's limit`,
    `${sum(({ faults }) => faults.length)} faults`,
  ].join(", ");
}
