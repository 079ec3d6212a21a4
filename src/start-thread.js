// The first thing that runs in a thread: `workerData.file` names the module to load. Plain JavaScript, because a thread does not
// take over the compile cache of the process: without it each would load Node's TypeScript stripper, 18 MB.
import { enableCompileCache } from "node:module";
import { workerData } from "node:worker_threads";

enableCompileCache();
await import(workerData.file);
