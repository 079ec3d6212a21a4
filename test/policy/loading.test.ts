// Policy files read from GitHub, kept, and in force: the last good one, the owner's under the repository's, none at all.
import { beforeEach, describe, expect, test } from "vitest";
import { ownerId, repositoryId } from "../../src/github/refs.ts";
import { effectivePolicy } from "../../src/policy/effective.ts";
import type { Visibility } from "../../src/policy/policy.ts";
import { loadOwnerPolicy, loadRepositoryPolicy } from "../../src/policy/react.ts";
import { type ReadFile, touchesCodeOwners, touchesPolicy } from "../../src/policy/source.ts";
import { DIALECTS } from "../support/databases.ts";
import { useDatabase } from "./databases.ts";
import { at } from "./tables.ts";

const NOW = at("2026-03-02T09:00Z");
const OWNER = { id: ownerId(1), login: "acme-db" };
const REPOSITORY = { id: repositoryId(10), owner: "acme-db", name: "engine" };

describe.for(DIALECTS)("on %s", (dialect) => {
  const database = useDatabase(dialect);
  let files: Map<string, string | "too large">;
  let asked: string[];
  const read = async (owner: string, name: string, path: string): Promise<ReadFile> => {
    asked.push(`${owner}/${name}/${path}`);
    const text = files.get(`${owner}/${name}/${path}`);
    if (text === undefined) return { kind: "missing" };
    return text === "too large" ? { kind: "too-large" } : { kind: "file", text, sha: `sha of ${text.length}` };
  };
  const put = (name: string, text: string) => files.set(`acme-db/${name}/.github/patch-advocate.yml`, text);
  const loadOwner = (now = NOW) => loadOwnerPolicy({ db: database().db, read, now }, OWNER);
  const loadRepository = (now = NOW) => loadRepositoryPolicy({ db: database().db, read, now }, REPOSITORY);
  const inForce = (visibility: Visibility = "public") =>
    effectivePolicy(database().db, { ownerId: OWNER.id, repositoryId: REPOSITORY.id, visibility });

  beforeEach(async () => {
    files = new Map();
    asked = [];
    await database().db.deleteFrom("policies").execute();
    await database().db.deleteFrom("repositories").execute();
  });

  test("without any file the app observes, whether anybody looked or not", async () => {
    const expected = {
      found: false,
      ownerErrors: [],
      repositoryErrors: [],
      because: "there is no policy file, so the app only observes",
    };
    expect(await inForce()).toMatchObject({ ...expected, policy: { mode: "observe" } });
    expect(await loadOwner()).toMatchObject({ isChanged: false, report: null });
    expect(await loadRepository()).toMatchObject({ isChanged: false, report: null });
    expect(await inForce()).toMatchObject({ ...expected, policy: { mode: "observe" } });
  });

  test("an empty file lets the app act by the defaults", async () => {
    put("engine", "");
    expect(await loadRepository()).toMatchObject({
      isChanged: true,
      report: {
        conclusion: "success",
        title: "The policy is in force",
        summary: "The policy in `acme-db/engine/.github/patch-advocate.yml` is in force.",
      },
    });
    expect(await inForce()).toMatchObject({
      found: true,
      policy: { mode: "act" },
      because: "acme-db/engine/.github/patch-advocate.yml is in force",
    });
  });

  test("the owner's policy is looked for in .github-private, then in .github, and the repository's stands on it", async () => {
    put(".github", "language: ja\ntrack: all");
    put("engine", "track: customers");
    await loadOwner();
    await loadRepository();
    expect(asked).toEqual([
      "acme-db/.github-private/.github/patch-advocate.yml",
      "acme-db/.github/.github/patch-advocate.yml",
      "acme-db/engine/.github/patch-advocate.yml",
    ]);
    expect(await inForce()).toMatchObject({
      policy: { language: "ja", track: "customers" },
      because:
        "acme-db/engine/.github/patch-advocate.yml on top of acme-db/.github/.github/patch-advocate.yml are in force",
    });
    put(".github-private", "language: en");
    expect(await loadOwner(NOW + 1)).toMatchObject({ isChanged: true });
    expect(await inForce()).toMatchObject({ policy: { language: "en", track: "customers" } });
  });

  test("a bad policy keeps the last good one in force and says what is wrong", async () => {
    put("engine", "language: ja");
    await loadRepository();
    const good = await inForce();
    put("engine", 'language: jp\n"```": 1');
    expect(await loadRepository(NOW + 86_400_000)).toMatchObject({
      isChanged: false,
      report: {
        conclusion: "failure",
        title: "2 mistakes in the policy",
        summary: [
          "The policy in `acme-db/engine/.github/patch-advocate.yml` cannot be used. The last good one, read on 2026-03-02, stays in force.",
          "",
          "````text",
          '1:11 language: "jp" is not known here. Write ja.',
          '2:1 ```: A policy has no key "```". Take it away; known are version, mode, language, disclosure, support, maintainers, track, cases, exempt, calendar, targets, reminders, digest, escalation, contracts, releases, labels.',
          "````",
        ].join("\n"),
      },
    });
    const now = await inForce();
    expect(now).toMatchObject({
      policy: { language: "ja" },
      found: true,
      repositoryErrors: [{ line: 1, column: 11, path: "language", message: '"jp" is not known here. Write ja.' }, {}],
      because: "acme-db/engine/.github/patch-advocate.yml is in force, as last good",
    });
    expect(now.hash).toBe(good.hash);
    put("engine", "language: en");
    expect(await loadRepository(NOW + 2 * 86_400_000)).toMatchObject({
      isChanged: true,
      report: { conclusion: "success" },
    });
    expect(await inForce()).toMatchObject({ policy: { language: "en" }, repositoryErrors: [] });
  });

  test("where the only version is bad the app observes and says so", async () => {
    put("engine", "mode: act\nfoo: 1");
    const { report } = await loadRepository();
    expect(report?.title).toBe("1 mistake in the policy");
    expect(report?.summary).toContain(
      "There has been no good one before it, so this file changes nothing until it is mended.",
    );
    expect(await inForce()).toMatchObject({
      found: true,
      policy: { mode: "observe" },
      because: "no policy file has been good yet, so the app only observes",
    });
  });

  test("a first repository's policy that is bad leaves the owner's in force", async () => {
    put(".github-private", "language: ja");
    put("engine", "foo: 1");
    await loadOwner();
    await loadRepository();
    expect(await inForce()).toMatchObject({
      policy: { mode: "act", language: "ja" },
      ownerErrors: [],
      repositoryErrors: [{}],
    });
  });

  test("a file that was deleted is no longer in force, good or not", async () => {
    put("engine", "language: ja");
    await loadRepository();
    files.clear();
    expect(await loadRepository(NOW + 1)).toMatchObject({ isChanged: true, report: null });
    expect(await inForce()).toMatchObject({ found: false, policy: { mode: "observe", language: "en" } });
  });

  test("a file that GitHub does not hand out for its size is bad", async () => {
    put("engine", "too large");
    expect((await loadRepository()).report?.summary).toContain(
      "1:1 acme-db/engine/.github/patch-advocate.yml has more than 64 KB; a policy may have at most 64 KB. Take out what is not policy.",
    );
  });

  test("a warning is told and the policy is in force", async () => {
    put("engine", "labels: { overdue: { name: stale } }");
    expect(await loadRepository()).toMatchObject({
      report: { conclusion: "neutral", title: "The policy is in force, with 1 warning" },
      isChanged: true,
    });
  });

  test("a public repository among the case repositories is a mistake, whoever knows of it", async () => {
    await database()
      .db.insertInto("repositories")
      .values({
        id: 11,
        node_id: "R",
        installation_id: null,
        owner_id: 1,
        owner_login: "Acme-DB",
        name: "Site",
        visibility: "public",
        default_branch: "main",
        is_archived: 0,
        seen_at: NOW,
      })
      .execute();
    put("engine", "cases:\n  repositories:\n    - acme-db/cases\n    - acme-db/site\n    - acme-db/blog");
    const publicRepositories = new Set(["acme-db/blog"]);
    const { kept } = await loadRepositoryPolicy(
      { db: database().db, read, now: NOW },
      { ...REPOSITORY, publicRepositories },
    );
    expect(kept.errors).toEqual([
      {
        line: 4,
        column: 7,
        path: "cases.repositories[1]",
        message:
          "acme-db/site is public, and cases hold private words. Make it private, or take it out of cases.repositories.",
      },
      {
        line: 5,
        column: 7,
        path: "cases.repositories[2]",
        message:
          "acme-db/blog is public, and cases hold private words. Make it private, or take it out of cases.repositories.",
      },
    ]);
  });

  test("a region without known holidays is a mistake", async () => {
    put("engine", "calendar:\n  holidays: [JP, QQ]");
    expect((await loadRepository()).kept.errors).toEqual([
      {
        line: 2,
        column: 18,
        path: "calendar.holidays",
        message: 'No public holidays are known for "QQ". Write a country such as JP, or a part of one such as US-CA.',
      },
    ]);
    put("engine", "calendar: { holidays: QQ }");
    expect((await loadRepository()).kept.errors).toMatchObject([{ line: 1, column: 23 }]);
  });

  test("what was read earlier does not overwrite what was read later", async () => {
    put("engine", "language: ja");
    await loadRepository(NOW + 10);
    put("engine", "language: en");
    await loadRepository(NOW);
    expect(await inForce()).toMatchObject({ policy: { language: "ja" } });
  });

  test("where GitHub cannot be asked nothing changes", async () => {
    put("engine", "language: ja");
    await loadRepository();
    const away = async (): Promise<ReadFile> => {
      throw new Error("GitHub is away");
    };
    await expect(loadRepositoryPolicy({ db: database().db, read: away, now: NOW + 1 }, REPOSITORY)).rejects.toThrow(
      "GitHub is away",
    );
    expect(await inForce()).toMatchObject({ policy: { language: "ja" } });
  });

  test("a repository that is made public falls to saying nothing at once", async () => {
    put("engine", "disclosure: full");
    await loadRepository();
    expect((await inForce("private")).policy.disclosure).toBe("reference");
    expect((await inForce("public")).policy.disclosure).toBe("none");
  });
});

test.for<[string[], boolean, boolean]>([
  [["src/a.ts"], false, false],
  [["src/a.ts", ".github/patch-advocate.yml"], true, false],
  [["x/.github/patch-advocate.yml", "patch-advocate.yml"], false, false],
  [["docs/CODEOWNERS"], false, true],
  [["CODEOWNERS"], false, true],
  [[".github/CODEOWNERS", ".github/patch-advocate.yml"], true, true],
  [["src/CODEOWNERS"], false, false],
])("a push of %j touches the policy: %s, the code owners: %s", ([paths, policy, owners]) => {
  expect(touchesPolicy(paths)).toBe(policy);
  expect(touchesCodeOwners(paths)).toBe(owners);
});
