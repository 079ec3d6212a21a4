// One SQLite file while deliveries keep coming: a process that is killed amid them, a backup that is taken, and commands beside the server.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { keepSending } from "../support/send-deliveries.ts";
import { ACME_POLICY, SHINSHU } from "../support/start-app.ts";
import { startProcess } from "../support/start-process.ts";

const START = new URL("../../src/start.js", import.meta.url).pathname;

function run(words: readonly string[], databaseUrl: string): Promise<{ code: unknown; out: string }> {
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl };
  return new Promise((resolve) =>
    execFile(process.execPath, [START, ...words], { cwd: tmpdir(), env }, (error, out) =>
      resolve({ code: error?.code ?? 0, out }),
    ),
  );
}

/** Several starts, beside senders that never rest. */
const LONG = { timeout: 120_000 };

test(
  "killed with kill -9 amid deliveries, again and again, every one that was answered 202 is worked on",
  LONG,
  async () => {
    const story = await startProcess({ on: "sqlite", policy: ACME_POLICY, customers: SHINSHU });
    const kept: string[] = [];
    for (const burst of ["a", "b"]) {
      const sending = keepSending(story, burst);
      await story.until("many are answered", () => sending.answered().length >= 100);
      await story.kill();
      await sending.stop();
      kept.push(...sending.answered());
      await story.start();
    }
    await story.skipWaiting();
    await story.untilIdle();

    const rows = await story.database.db.selectFrom("deliveries").select(["id", "state"]).execute();
    const settled = new Set(rows.filter(({ state }) => state === "ignored").map(({ id }) => id));
    expect(kept.filter((id) => !settled.has(id))).toEqual([]);
    const file = new DatabaseSync(story.databaseUrl.replace("sqlite:", ""), { readOnly: true });
    expect(file.prepare("pragma integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
    file.close();
    await story.expectNothingElse();
  },
);

test(
  "a backup under load is whole and holds all that was answered before it began, and commands go on beside the server",
  LONG,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "patch-advocate-backup-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const copy = join(folder, "copy.db");
    const [people, cases] = [join(folder, "customers.yml"), join(folder, "cases.yml")];
    writeFileSync(people, SHINSHU);
    writeFileSync(
      cases,
      "cases: [{ reference: CASE-1, title: The export stops, customer: shinshu-bank, severity: S2 }]",
    );
    const story = await startProcess({ on: "sqlite", policy: ACME_POLICY, customers: SHINSHU });
    const sending = keepSending(story, "d");
    await story.until("some are answered", () => sending.answered().length >= 50);
    const answeredBefore = sending.answered();

    const backup = await run(["backup", copy], story.databaseUrl);
    const commands = await Promise.all(
      [
        ["customers", "import", people],
        ["cases", "import", cases],
        ["deliveries", "list"],
        ["pause", "acme-db"],
      ].map((words) => run(words, story.databaseUrl)),
    );
    const answers = await sending.stop();

    expect(backup).toEqual({ code: 0, out: expect.stringContaining(`Wrote ${copy}`) });
    expect(commands.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const file = new DatabaseSync(copy, { readOnly: true });
    expect(file.prepare("pragma integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
    const inCopy = new Set(
      file
        .prepare("select id from deliveries")
        .all()
        .map(({ id }) => id),
    );
    file.close();
    expect(answeredBefore.filter((id) => !inCopy.has(id))).toEqual([]);
    await story.untilIdle();
    await story.expectNothingElse();
  },
);
