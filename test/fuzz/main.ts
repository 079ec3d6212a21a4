// `npm run fuzz -- --count 100000 --seed 1`: a quarter of the inputs each to deliveries, policies, comments and customers. Run by hand.
import { availableParallelism, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { runAll } from "./run.ts";

const { values } = parseArgs({
  options: { count: { type: "string", default: "100000" }, seed: { type: "string" }, only: { type: "string" } },
});
const count = Number(values.count);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed))
  throw new Error("--count and --seed are whole numbers");

console.log(
  `${count} inputs, seed ${seed}, Node ${process.versions.node}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
);
const outcomes = await runAll({
  count,
  seed,
  only: values.only ?? null,
  onOutcome: ({ name, count: tried, meanMillis, slowestMillis, slowest, harm }) => {
    console.log(
      `${name}: ${tried} without a fault, ${meanMillis.toFixed(2)} ms in the mean, ${slowestMillis.toFixed(1)} ms the slowest: ${slowest}`,
    );
    if (harm !== null)
      console.log(`HARM (again by --only ${name} --seed ${harm.seed}, path ${harm.path}): ${harm.told}\n${harm.input}`);
  },
});
process.exit(outcomes.some(({ harm }) => harm !== null) ? 1 : 0);
