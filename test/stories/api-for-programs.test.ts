// A help desk's program over real HTTP: it reads what waits and brings cases and customers in, with a token that belongs to one organisation.
// Every answer is held against the API's own description.
import { describe, expect, test } from "vitest";
import { newApiToken, type Scope } from "../../src/api/token.ts";
import { addApiToken } from "../../src/api/token-store.ts";
import { undescribed } from "../api/described.ts";
import { DIALECTS } from "../support/databases.ts";
import { ACME, ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const DAY = 24 * 60 * 60_000;
const CASES = `reference,title,customer,severity,state,summary,stake,workaround,needed_by,next_report,assignee,url
CASE-1,Backup hangs,shinshu-bank,S1,open,Every third backup hangs.,,none,2026-04-01 the audit,,kenji,
acme-db/cases#7,Odd,,,,,,,,,,
CASE-3,Old,,,closed,,,,,,,
`;

type Answer = { readonly status: number; readonly type: string; readonly body: unknown };

type Asking = {
  readonly method?: "PUT";
  readonly body?: string | Uint8Array;
  readonly headers?: Record<string, string>;
};

/** A program that sends this token; what it hears must be described. */
const programOf =
  (app: Story, token: string | null) =>
  async (path: string, described: string, { method, body, headers = {} }: Asking = {}): Promise<Answer> => {
    const response = await fetch(`${app.url}/api/v1${path}`, {
      method: method ?? "GET",
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : new Blob([new Uint8Array(body)]) }),
    });
    const type = (response.headers.get("content-type") ?? "").replace("; charset=utf-8", "");
    const answer = { status: response.status, type, body: await response.json() };
    if (described !== "")
      expect(undescribed({ path: described, method: (method ?? "get").toLowerCase(), ...answer })).toEqual([]);
    for (const name of ["set-cookie", "access-control-allow-origin"]) expect(response.headers.get(name)).toBeNull();
    return answer;
  };

async function tokenFor(
  app: Story,
  owner: string,
  { scope, days = 90 }: { readonly scope: Scope; readonly days?: number },
) {
  const token = newApiToken();
  const createdAt = Date.now();
  const of = { ownerId: app.github.idOf(owner), name: "help desk", scope, madeBy: "@dana", createdAt };
  await app.database.transaction((tx) => addApiToken(tx, { ...of, token, expiresAt: createdAt + days * DAY }));
  return token;
}

const asFile = (type: string, body: string | Uint8Array): Asking => ({
  method: "PUT",
  body,
  headers: { "content-type": type },
});

describe.each(DIALECTS)("on %s", (on) => {
  test("a program reads and brings in what is its organisation's, and nothing else", async () => {
    const app = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      github: {
        organizations: [...(ACME.organizations ?? []), { login: "other", owners: ["otto"], members: [], teams: {} }],
        users: ["sb-dev1"],
        installations: [
          { account: "acme-db", repositories: "all" },
          { account: "other", repositories: "all" },
        ],
        repositories: [
          {
            name: "acme-db/engine",
            visibility: "public",
            collaborators: { mira: "write", dana: "write" },
            files: { ".github/patch-advocate.yml": ACME_POLICY },
          },
          { name: "other/thing", visibility: "private" },
        ],
      },
    });
    // Not before the installations, of which either may come first and take what belongs to nobody yet.
    await app.importCustomers(SHINSHU);
    const write = programOf(app, await tokenFor(app, "acme-db", { scope: "write" }));
    const read = programOf(app, await tokenFor(app, "acme-db", { scope: "read" }));
    const other = programOf(app, await tokenFor(app, "other", { scope: "write" }));

    // Cases come in, seen first, and nothing changes by looking.
    const preview = await write("/cases?preview=true", "/cases", asFile("text/csv", CASES));
    const added = ["CASE-1", "acme-db/cases#7", "CASE-3"];
    expect(preview.body).toEqual({ preview: true, cases: { added, changed: [], unchanged: 0 } });
    expect((await read("/cases", "/cases")).body).toEqual({ cases: [], next: null });
    const done = await write("/cases", "/cases", asFile("text/csv; charset=utf-8", CASES));
    expect(done.body).toEqual({ preview: false, cases: { added, changed: [], unchanged: 0 } });
    const json = JSON.stringify({ cases: [{ reference: "CASE-1", severity: "S2" }] });
    expect((await write("/cases", "/cases", asFile("application/json", json))).body).toEqual({
      preview: false,
      cases: {
        added: [],
        changed: [{ id: "CASE-1", fields: [{ field: "severity", before: "S1", after: "S2" }] }],
        unchanged: 0,
      },
    });

    const patch = await app.github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix the lock" });
    await app.settle();
    const link = await app.github.as("dana").comment(patch, "/case link CASE-1");
    await app.settle();
    expect(app.reactionsOn(link)).toEqual(["+1"]);

    const waiting = {
      repository: "acme-db/engine",
      number: patch.number,
      title: "Fix the lock",
      url: `${app.github.webUrl}/acme-db/engine/pull/${patch.number}`,
      severity: "S2",
      customers: [{ id: "shinshu-bank", name: "Shinshu Bank" }],
      cases: [{ reference: "CASE-1", title: "Backup hangs", severity: "S2", summary: "Every third backup hangs." }],
      state: "waiting",
      waiting: {
        turn: "maintainer",
        since: "2026-03-02T09:00:00.000Z",
        workingHours: 0,
        waitsForUs: false,
        next: { at: "2026-03-04T09:00:00.000Z", because: "a reminder is due after 2 working days without a response" },
      },
      ended: null,
    };
    expect((await read("/waiting", "/waiting")).body).toEqual({ patches: [waiting], next: null });
    expect((await read(`/patches/Engine/${patch.number}`, "/patches/{repository}/{number}")).body).toEqual(waiting);
    const first = await read("/cases?limit=1&state=open", "/cases");
    expect(first.body).toMatchObject({
      cases: [
        { reference: "CASE-1", patches: [{ repository: "acme-db/engine", number: patch.number, link: "confirmed" }] },
      ],
      next: expect.any(String),
    });
    const next = Reflect.get(Object(first.body), "next");
    expect((await read(`/cases?limit=1&state=open&cursor=${next}`, "/cases")).body).toMatchObject({
      cases: [{ reference: "acme-db/cases#7" }],
      next: null,
    });
    for (const reference of ["acme-db%2Fcases%237", "acme-db/cases%237"])
      expect((await read(`/cases/${reference}`, "/cases/{reference}")).body).toMatchObject({
        reference: "acme-db/cases#7",
      });

    // Customers go out in the form in which they come in; what a program changed stands in the history under its name.
    const listed = await read("/customers", "/customers");
    expect(listed.body).toMatchObject({ customers: [{ id: "shinshu-bank", contracts: [{ until: "2026-12-31" }] }] });
    const same = await write(
      "/customers",
      "/customers",
      asFile("application/json", JSON.stringify({ customers: Reflect.get(Object(listed.body), "customers") })),
    );
    expect(same.body).toMatchObject({ customers: { added: [], changed: [], unchanged: 1, kept: 0 } });
    const longer = SHINSHU.replace("2026-12-31", "2027-12-31");
    const fields = [{ field: "contracts[0].until", before: "2026-12-31", after: "2027-12-31" }];
    for (const query of ["?preview=true", ""])
      expect((await write(`/customers${query}`, "/customers", asFile("application/yaml", longer))).body).toMatchObject({
        preview: query !== "",
        customers: { changed: [{ id: "shinshu-bank", fields }] },
      });
    const changes = await app.database.db
      .selectFrom("customer_changes")
      .select(["by", "how"])
      .orderBy("id", "desc")
      .execute();
    expect(changes[0]).toEqual({ by: expect.stringMatching(/^token help desk \(pa_.{8}…\)$/), how: "api" });
    const acts = await app.database.db.selectFrom("board_acts").select(["kind", "words"]).orderBy("id").execute();
    expect(acts.map(({ kind, words }) => `${kind}: ${words}`)).toEqual([
      "cases-imported: imported cases: 3 added, 0 changed",
      "cases-imported: imported cases: 0 added, 1 changed",
      "customers-imported: imported customers: 0 added, 0 changed; people: 0 added, 0 changed",
      "customers-imported: imported customers: 0 added, 1 changed; people: 0 added, 0 changed",
    ]);

    // Of another organisation there is nothing: neither in lists nor by guessing.
    expect((await other("/waiting", "/waiting")).body).toEqual({ patches: [], next: null });
    expect((await other("/customers", "/customers")).body).toEqual({ customers: [], next: null });
    expect((await other("/cases", "/cases")).body).toEqual({ cases: [], next: null });
    expect((await other(`/patches/engine/${patch.number}`, "/patches/{repository}/{number}")).status).toBe(404);
    expect((await other("/cases/CASE-1", "/cases/{reference}")).status).toBe(404);

    // What is refused says what to do.
    const said = ({ status, type, body }: Answer) => [status, type, Reflect.get(Object(body), "detail")];
    const PROBLEM = "application/problem+json";
    expect(said(await read("/customers", "/customers", asFile("application/yaml", longer)))).toEqual([
      403,
      PROBLEM,
      "This token may only read. Make one that may import as well, on the board under Settings, API tokens.",
    ]);
    expect(said(await programOf(app, null)("/waiting", "/waiting"))).toEqual([
      401,
      PROBLEM,
      "Send a token: Authorization: Bearer pa_… Make one on the board under Settings, API tokens.",
    ]);
    const unknown =
      "The token is not known, was taken back, or has ended. Make another on the board under Settings, API tokens.";
    const short = await tokenFor(app, "acme-db", { scope: "read", days: 1 });
    expect(said(await programOf(app, newApiToken())("/waiting", "/waiting"))).toEqual([401, PROBLEM, unknown]);
    expect(said(await programOf(app, "' or 1=1")("/waiting", "/waiting"))).toEqual([
      401,
      PROBLEM,
      "Send a token: Authorization: Bearer pa_… Make one on the board under Settings, API tokens.",
    ]);
    expect(
      (await write("/customers", "/customers", asFile("application/yaml", "customers: [{ id: x }]"))).body,
    ).toEqual({
      type: "about:blank",
      title: "Unprocessable Content",
      status: 422,
      detail: "One thing is wrong in the body; nothing was imported. Correct it and send it again.",
      problems: [{ line: 1, column: 13, message: "customers[0].name: This is missing. Write it like Shinshu Bank." }],
    });
    const latin = new Uint8Array([...Buffer.from("customers: [{ id: x, name: "), 0xe9, 0x7d, 0x5d]);
    expect((await write("/customers", "/customers", asFile("application/yaml", latin))).status).toBe(422);
    expect((await write("/customers", "/customers", asFile("text/plain", "x"))).status).toBe(415);
    expect((await write("/customers", "/customers", asFile("text/csv", "x".repeat(8 * 1024 * 1024 + 1)))).status).toBe(
      413,
    );
    expect(said(await read("/cases?limit=1000", "/cases"))[2]).toBe("limit must be a number from 1 to 200.");
    expect(said(await read("/waiting?cursor=e30", "/waiting"))[0]).toBe(400);
    // What one of the databases would refuse is nothing that is there.
    for (const at of [
      ["author", 1.5, 0, "x"],
      ["author", 9e15, 0, "x"],
      ["author", 1, 0, "\0"],
    ]) {
      const cursor = Buffer.from(JSON.stringify(at)).toString("base64url");
      expect(said(await read(`/waiting?cursor=${cursor}`, "/waiting"))[0]).toBe(400);
    }
    expect(said(await read("/cases/CASE%00", "/cases/{reference}"))[0]).toBe(404);
    expect(said(await read("/patches/engine/9999999999", "/patches/{repository}/{number}"))[0]).toBe(404);
    expect(said(await read("/cases?state=all", "/cases"))[2]).toBe(
      "state must be open, resolved or closed, or left out.",
    );
    expect(said(await read("/patches/engine/999", "/patches/{repository}/{number}"))[0]).toBe(404);
    expect(said(await read("/nothing", ""))).toEqual([
      404,
      PROBLEM,
      "There is nothing at this address. What there is: /api/v1/openapi.json.",
    ]);
    expect(said(await write("/waiting", "", { method: "PUT" }))).toEqual([405, PROBLEM, "Only GET here."]);
    expect((await programOf(app, null)("/openapi.json", "/openapi.json")).status).toBe(200);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\ncustomers: [${"*b,".repeat(50)}*b]\n`;
    expect((await write("/customers", "/customers", asFile("text/yaml", bomb))).status).toBe(422);

    await app.advance({ hours: 25 });
    expect(said(await programOf(app, short)("/waiting", "/waiting"))).toEqual([401, PROBLEM, unknown]);
    const used = await app.database.db.selectFrom("api_tokens").select(["token_hash", "last_used_at"]).execute();
    expect(used.filter(({ last_used_at }) => last_used_at !== null)).toHaveLength(3);
    expect(app.logs.filter((line) => /pa_[\w-]{20}/.test(line))).toEqual([]);
    const answers = [];
    for (let asked = 0; asked < 301; asked += 1) answers.push((await fetch(`${app.url}/api/v1/openapi.json`)).status);
    expect(answers.at(-1)).toBe(429);
    expect((await read("/waiting", "/waiting")).status).toBe(429);
    expect(app.labelsOn(patch)).toContain("severity: S2");
    await app.expectNothingElse();
  });
});
