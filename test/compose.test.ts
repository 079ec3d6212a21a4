// What compose.yaml and the Dockerfile promise, without an engine: names that the product knows, files that are there, and the same
// command lines as plain processes over the same files.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readConfig } from "../src/config.ts";
import { DIALECTS, makeDatabase } from "./support/databases.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const composeText = readFileSync(join(ROOT, "compose.yaml"), "utf8");
const compose = z
  .object({
    services: z.object({
      server: z.object({
        build: z.literal("."),
        deploy: z.object({ replicas: z.literal(2) }),
        env_file: z.literal(".env"),
        environment: z.record(z.string(), z.string()),
        volumes: z.tuple([z.string()]),
        stop_grace_period: z.string(),
      }),
      entrance: z.object({ ports: z.tuple([z.string()]) }),
      database: z.object({ environment: z.record(z.string(), z.string()) }),
    }),
    configs: z.object({ entrance: z.object({ content: z.string() }) }),
  })
  .parse(parse(composeText));
const { server, database, entrance } = compose.services;

const dockerfile = readFileSync(join(ROOT, "Dockerfile"), "utf8").split("\n");
const linesOf = (word: string) =>
  dockerfile.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
const words = (text: string | undefined) => z.array(z.string()).parse(JSON.parse(text ?? ""));
const copied = linesOf("COPY").flatMap((line) => line.split(" ").slice(0, -1));
const command = words(linesOf("CMD")[0]);
const healthCheck = words(linesOf("HEALTHCHECK")[0]?.split(" CMD ")[1]);

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
/** What a user has to write into `.env`. */
const APP = { APP_ID: "1", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: "a-secret-of-theirs" };
const filledIn = (text: string) => text.replaceAll(/\$\{POSTGRES_PASSWORD:\?[^}]+\}/g, "secret");

test("what compose.yaml sets is known to the product, and is whole with what a user writes into .env", () => {
  const environment = Object.fromEntries(
    Object.entries(server.environment).map(([name, value]) => [name, filledIn(value)]),
  );
  const known = new Set(
    [...readFileSync(join(ROOT, ".env.example"), "utf8").matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name),
  );
  const filledInByThem = [...composeText.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
  expect([...Object.keys(environment), ...filledInByThem].filter((name) => !known.has(name ?? ""))).toEqual([]);

  const outcome = readConfig({ ...APP, ...environment }, () => "");
  if (outcome.kind !== "config") throw new Error(JSON.stringify(outcome));
  const { POSTGRES_USER, POSTGRES_DB } = database.environment;
  expect(outcome.config.databaseUrl).toBe(`postgres://${POSTGRES_USER}:secret@database:5432/${POSTGRES_DB}`);
  expect(outcome.config.web).toMatchObject({ port: 3000, host: "0.0.0.0" });
  expect(entrance.ports).toEqual(["3000:3000"]);
  expect(compose.configs.entrance.content).toContain(`dynamic a server ${outcome.config.web.port}`);
  expect(server.stop_grace_period).toBe("30s");
});

test("the entrance keeps figures and readiness inside, and files are lent to the processes to be read only", () => {
  expect(compose.configs.entrance.content).toMatch(
    /^:3000 \{\n {2}@inside path \/metrics \/readyz\n {2}respond @inside 404\n {2}reverse_proxy \{/,
  );
  expect(server.volumes).toEqual(["./private:/private:ro"]);
  expect(readFileSync(join(ROOT, ".gitignore"), "utf8").split("\n")).toContain("private/");
});

test("the Dockerfile copies what is there and what the builder is sent, and runs as nobody's administrator", () => {
  const sent = readFileSync(join(ROOT, ".dockerignore"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("!"));
  expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  expect(sent.map((line) => line.slice(1)).toSorted()).toEqual(copied.map((path) => path.replace("./", "")).toSorted());
  expect(linesOf("USER")).toEqual(["node"]);
  expect(linesOf("RUN")[0]).toContain("npm ci --omit=dev --omit=optional");
});

describe.runIf(DIALECTS.includes("postgres"))("on PostgreSQL", () => {
  test("two processes of the image's command, over the files that it copies, are healthy by its own check", async () => {
    const folder = mkdtempSync(join(tmpdir(), "patch-advocate-image-"));
    const made = await makeDatabase("postgres", { isEmpty: true });
    const children: ChildProcess[] = [];
    onTestFinished(async () => {
      for (const child of children) {
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
      await made.remove();
      rmSync(folder, { recursive: true });
    });
    for (const path of copied) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));

    for (let n = 0; n < 2; n += 1) {
      const PORT = String(await freePort());
      // GitHub is away, as far as these know.
      const environment = {
        ...APP,
        DATABASE_URL: made.url,
        HOST: "127.0.0.1",
        PORT,
        GITHUB_API_URL: "http://127.0.0.1:9",
      };
      const env = { PATH: process.env.PATH, ...environment };
      const child = spawn(nodeOf(command), command.slice(1), {
        cwd: folder,
        env,
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.push(child);
      await untilReady(child);
      const check = spawnSync(nodeOf(healthCheck), healthCheck.slice(1), { env });
      expect({ status: check.status, stderr: check.stderr.toString() }).toEqual({ status: 0, stderr: "" });
    }
    // As docs/setup.md says to run a command in a container.
    const listed = spawnSync(nodeOf(command), [...command.slice(1), "deliveries", "list"], {
      cwd: folder,
      env: { PATH: process.env.PATH, DATABASE_URL: made.url },
    });
    expect([listed.status, listed.stderr.toString()]).toEqual([0, ""]);
    const sick = spawnSync(nodeOf(healthCheck), healthCheck.slice(1), { env: { PORT: String(await freePort()) } });
    expect(sick.status).toBe(1);
  });
});

/** The image's `node` is this one. */
function nodeOf([program]: readonly string[]): string {
  expect(program).toBe("node");
  return process.execPath;
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('"msg":"ready"')) resolve();
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
