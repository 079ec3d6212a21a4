// Runs as a process of its own and ends: date-holidays takes 40 MB that a thread would not give back. Asked by argument, answers on stdout.
import { z } from "zod";
import { publicHolidays } from "./holiday-dates.ts";

const asked = z
  .array(z.object({ region: z.string(), years: z.array(z.number()) }))
  .parse(JSON.parse(process.argv[2] ?? ""));
process.stdout.write(
  JSON.stringify(asked.map(({ region, years }) => ({ region, years: publicHolidays(region, years) }))),
);
