// The thread that reads one large file of customers or cases, answers what it says, and ends: a file of megabytes takes seconds, in which the
// main thread would take no webhook.
import { parentPort, workerData } from "node:worker_threads";
import { parseCases } from "../cases/import.ts";
import type { FileFormat } from "../customers/file.ts";
import { parseCustomers } from "../customers/parse.ts";

const {
  what,
  text,
  format,
}: { readonly what: "customers" | "cases"; readonly text: string; readonly format: FileFormat } = workerData;

parentPort?.postMessage(what === "customers" ? parseCustomers(text, format) : parseCases(text, format));
