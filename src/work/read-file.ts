// Reading a file of customers or cases in a running server: small ones at once, large ones in a thread of their own, one after the other, so
// that neither webhooks nor memory suffer. Commands read for themselves.
import { Worker } from "node:worker_threads";
import { type ParsedCases, parseCases } from "../cases/import.ts";
import type { FileFormat } from "../customers/file.ts";
import { type ParsedCustomers, parseCustomers } from "../customers/parse.ts";

/** Reading this much takes at most some hundredths of a second, whatever it holds; starting a thread takes longer. */
export const SMALL_CHARACTERS = 16_000;
/** The largest file that is read takes half of it. */
const MOST_MEMORY_MB = 1024;

export async function readCustomersText(text: string, format: FileFormat): Promise<ParsedCustomers> {
  if (text.length <= SMALL_CHARACTERS) return parseCustomers(text, format);
  return inTurn(() => readInThread<ParsedCustomers>({ what: "customers", text, format }));
}

export async function readCasesText(text: string, format: FileFormat): Promise<ParsedCases> {
  if (text.length <= SMALL_CHARACTERS) return parseCases(text, format);
  return inTurn(() => readInThread<ParsedCases>({ what: "cases", text, format }));
}

let last: Promise<unknown> = Promise.resolve();

/** Each takes hundreds of megabytes while it is read. */
function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const next = last.then(work);
  // Whoever waits behind it does not fail with it.
  last = next.catch(() => undefined);
  return next;
}

type Asked = { readonly what: "customers" | "cases"; readonly text: string; readonly format: FileFormat };

/** @throws where the thread ends without an answer. */
function readInThread<Answer>(asked: Asked): Promise<Answer> {
  const file = new URL("./read-file-worker.ts", import.meta.url).href;
  const worker = new Worker(new URL("../start-thread.js", import.meta.url), {
    workerData: { file, ...asked },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.on("message", resolve);
    worker.on("error", (error) => reject(new Error(`the thread that reads a file failed`, { cause: error })));
    worker.on("exit", (code) => reject(new Error(`the thread that reads a file has ended with code ${code}`)));
  });
}
