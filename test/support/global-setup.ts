// Asks once whether PostgreSQL answers; where it does not, says so in one line, and in CI fails.
import { onServer, SERVER } from "./databases.ts";

export default async function setup(): Promise<void> {
  try {
    await onServer("select 1");
  } catch (error) {
    const where = SERVER.replace(/\/\/[^@/]*@/, "//");
    const line = `No PostgreSQL answered at ${where}: its stories did not run. Start one there or set TEST_DATABASE_URL.`;
    if (process.env.CI === "true") throw new Error(line, { cause: error });
    console.warn(`\n${line}\n`);
    process.env.TEST_WITHOUT_POSTGRES = "1";
  }
}
