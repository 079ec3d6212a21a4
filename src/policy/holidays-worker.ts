// Runs in a thread of its own and ends: date-holidays takes 30 MB and a tenth of a second, which the process need not keep.
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { publicHolidays } from "./holiday-dates.ts";

const asked = z.array(z.object({ region: z.string(), years: z.array(z.number()) })).parse(workerData);
parentPort?.postMessage(asked.map(({ region, years }) => ({ region, years: publicHolidays(region, years) })));
