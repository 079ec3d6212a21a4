// The real PgBouncer in transaction mode before the tests' PostgreSQL. `.ci/run` installs it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { SERVER } from "./databases.ts";

/** Where it is installed; null where it is not. */
export const PGBOUNCER: string | null =
  ["pgbouncer", "/usr/sbin/pgbouncer", "/usr/local/sbin/pgbouncer"].find(
    (path) => spawnSync(path, ["--version"]).status === 0,
  ) ?? null;

/**
 * Starts it over three connections to PostgreSQL a database, so that the product's ten have to share them, until `whenOver` calls.
 * `through` answers a database's URL by way of it.
 */
export async function startPgbouncer(
  whenOver: (stop: () => Promise<void>) => void,
): Promise<{ readonly through: (databaseUrl: string) => string }> {
  if (PGBOUNCER === null) throw new Error("PgBouncer is not installed");
  const server = new URL(SERVER);
  const folder = mkdtempSync(join(tmpdir(), "patch-advocate-pgbouncer-"));
  // It does not run as root, and whom it becomes has to read its file.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const user = decodeURIComponent(server.username || "postgres");
  const password = server.password === "" ? "" : ` password=${decodeURIComponent(server.password)}`;
  const config = join(folder, "pgbouncer.ini");
  writeFileSync(
    config,
    `[databases]
* = host=${server.hostname} port=${server.port || "5432"} user=${user}${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
auth_type = any
pool_mode = transaction
default_pool_size = 3
max_client_conn = 100
unix_socket_dir =
ignore_startup_parameters = options
`,
  );
  const isRoot = process.getuid?.() === 0;
  const child = spawn(PGBOUNCER, [...(isRoot ? ["-u", "nobody"] : []), config], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, "exit");
  whenOver(async () => {
    if (child.exitCode === null) child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true });
  });
  const through = (databaseUrl: string) => {
    const url = new URL(databaseUrl);
    url.hostname = "127.0.0.1";
    url.port = String(port);
    url.username = user;
    return url.href;
  };
  await untilAnswering(through(SERVER), () => (child.exitCode === null ? null : said));
  return { through };
}

async function untilAnswering(url: string, failure: () => string | null): Promise<void> {
  const endsAt = performance.now() + 10_000;
  for (;;) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      const because = failure();
      if (because !== null || performance.now() > endsAt)
        throw new Error(`PgBouncer does not answer: ${because ?? ""}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
