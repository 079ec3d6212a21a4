// Every decision, command and message is found in the log with its because, by whoever sees the whole board and by nobody else.
import { describe, expect, test } from "vitest";
import { type Cursor, LOG_KINDS, type LogEntry } from "../../src/board/log/entry.ts";
import { installationIdsOf } from "../../src/board/log/names-store.ts";
import { type LogPage, readLog } from "../../src/board/log/read.ts";
import { signedInMaintainer } from "../support/board/maintaining.ts";
import { signedIn } from "../support/board/sign-in.ts";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

/** A page's rows, as the text of their cells. */
const rowsIn = (body: string): readonly (readonly string[])[] =>
  [...body.matchAll(/<tr>(.*?)<\/tr>/gs)]
    .map(([, row = ""]) => [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = ""]) => textOf(cell)))
    .filter((cells) => cells.length > 0);

const textOf = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

/** The log read in pages of a size, through to its end. */
async function pagesOf(app: Story, limit: number) {
  const { db } = app.database;
  const ownerId = app.github.idOf("acme-db");
  const asked = { ownerId, kinds: LOG_KINDS, fromAt: 0, limit, patchId: null, person: null, text: null };
  const installationIds = await installationIdsOf(db, ownerId);
  const entries: LogEntry[] = [];
  for (let before: Cursor | null = null, isDone = false; !isDone; ) {
    const page: LogPage = await readLog(db, { ...asked, installationIds, before });
    entries.push(...page.entries);
    before = page.next;
    isDone = before === null;
  }
  return { entries };
}

describe.each(DIALECTS)("on %s", (on) => {
  test("what was decided, said and refused stands in one list that can be searched", async () => {
    const app = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      customers: SHINSHU,
      github: withOwnerPolicy(ACME_POLICY),
    });
    const patch = await app.github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Fix <script>alert(1)</script> 100%" });
    await app.settle();
    const done = await app.github.as("dana").comment(patch, "/case link CASE-7 S2\n/case summary It_stops at 100%");
    await app.settle();
    const misspelt = await app.github.as("dana").comment(patch, "/case snooze yesterday");
    await app.settle();
    await app.advanceTo("2026-03-04T10:00:00Z");

    const dana = await signedIn(app, { login: "dana" });
    const all = await dana.open("/o/acme-db/log");
    expect(all.status).toBe(200);
    expect(all.body).not.toContain("<script>alert");
    expect(rowsIn(all.body)).toMatchInlineSnapshot(`
      [
        [
          "4 Mar 2026, 09:00 UTC",
          "On GitHub",
          "reminder",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "a reminder is due after 2 working days without a response",
          "done",
        ],
        [
          "4 Mar 2026, 09:00 UTC",
          "On GitHub",
          "labels",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "reminder 2 of at most 2 is due 5 working days after the one before",
          "done: put on: overdue",
        ],
        [
          "4 Mar 2026, 09:00 UTC",
          "Decision",
          "waits",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "reminder 2 of at most 2 is due 5 working days after the one before",
          "",
        ],
        [
          "4 Mar 2026, 09:00 UTC",
          "Decision",
          "reminder",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "for severity S2, a reminder is due after 2 working days without a response",
          "",
        ],
        [
          "3 Mar 2026, 17:00 UTC",
          "Decision",
          "waits",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "it waits for working hours, which begin at 2026-03-04 09:00",
          "",
        ],
        [
          "2 Mar 2026, 09:00 UTC",
          "Command",
          "/case snooze yesterday",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "@dana",
          "",
          "not understood",
        ],
        [
          "2 Mar 2026, 09:00 UTC",
          "Command",
          "/case summary It_stops at 100%",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "@dana",
          "",
          "refused, with the reason",
        ],
        [
          "2 Mar 2026, 09:00 UTC",
          "Command",
          "/case link CASE-7 S2",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "@dana",
          "",
          "done",
        ],
        [
          "2 Mar 2026, 09:00 UTC",
          "On GitHub",
          "reply to a command",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "commands of dana",
          "done",
        ],
        [
          "2 Mar 2026, 09:00 UTC",
          "On GitHub",
          "reaction",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "commands of dana",
          "done",
        ],
        [
          "2 Mar 2026, 09:00 UTC",
          "On GitHub",
          "reply to a command",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "commands of dana",
          "done",
        ],
        [
          "2 Mar 2026, 09:00 UTC",
          "On GitHub",
          "reaction",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "commands of dana",
          "done",
        ],
        [
          "2 Mar 2026, 09:00 UTC",
          "On GitHub",
          "reaction",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "commands of dana",
          "done",
        ],
        [
          "2 Mar 2026, 09:00 UTC",
          "Private message",
          "a case was linked",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "webhook",
          "a reminder is due after 2 working days without a response",
          "withdrawn: no webhook is set up",
        ],
        [
          "2 Mar 2026, 09:00 UTC",
          "Decision",
          "waits",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "for severity S2, a reminder is due after 2 working days without a response",
          "",
        ],
        [
          "2 Mar 2026, 09:00 UTC",
          "Decision",
          "waits",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "a reminder is due after 10 working days without a response",
          "",
        ],
      ]
    `);

    // Each filter alone, as a person would use it.
    const rows = async (query: string) => rowsIn((await dana.open(`/o/acme-db/log?${query}`)).body);
    expect(
      (await rows("kind=command")).map(([, kind, what, about, who, , outcome]) => [kind, what, about, who, outcome]),
    ).toEqual([
      ["Command", "/case snooze yesterday", "engine#1 Fix <script>alert(1)</script> 100%", "@dana", "not understood"],
      [
        "Command",
        "/case summary It_stops at 100%",
        "engine#1 Fix <script>alert(1)</script> 100%",
        "@dana",
        "refused, with the reason",
      ],
      ["Command", "/case link CASE-7 S2", "engine#1 Fix <script>alert(1)</script> 100%", "@dana", "done"],
    ]);
    expect(await rows("kind=command&person=%40Dana")).toHaveLength(3);
    expect(await rows("person=mira")).toEqual([]);
    expect((await rows("text=t_stops")).map(([, , what]) => what)).toEqual(["/case summary It_stops at 100%"]);
    expect((await rows("text=100%25")).map(([, , what]) => what)).toEqual(["/case summary It_stops at 100%"]);
    expect(await rows("text=I_s")).toEqual([]);
    expect(await rows("patch=engine%231")).toEqual(rowsIn(all.body));
    expect(await rows("patch=acme-db/engine%231&kind=write&text=reminder%20is%20due")).toHaveLength(1);

    // What is not known is named, and left out.
    const strange = await dana.open("/o/acme-db/log?kind=secrets&days=-1&before=%27--&patch=%3Cb%3E");
    expect(strange.status).toBe(200);
    expect(strange.body).toContain(
      "Kind, Patch, Period, Place in the list: this is not known here, so it was left out. Choose from the fields below.",
    );
    expect(strange.body).not.toContain("<b>");
    expect(rowsIn(strange.body)).toEqual(rowsIn(all.body));
    expect((await dana.open("/o/acme-db/log?patch=engine%2399")).body).toContain(
      "No patch engine#99 is known here. Write repository#number, such as engine#42.",
    );

    // A page at a time gives the same as all at once, whatever shares an instant.
    const { entries: whole } = await pagesOf(app, 1000);
    for (const size of [1, 2, 3, 5]) expect((await pagesOf(app, size)).entries).toEqual(whole);
    expect(whole).toHaveLength(rowsIn(all.body).length);

    const file = await dana.open("/o/acme-db/log.csv?kind=command&text=snooze");
    expect(file.body).toBe(
      "When,Kind,What,About,Who,Because,Outcome\r\n2026-03-02T09:00:00.000Z,Command,/case snooze yesterday,engine#1,'@dana,,not understood\r\n",
    );

    const japanese = await dana.open("/o/acme-db/log?kind=decision", { "accept-language": "ja" });
    expect(rowsIn(japanese.body)).toMatchInlineSnapshot(`
      [
        [
          "2026年3月4日 09:00 UTC",
          "判断",
          "待機",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "前回のお願いから 5 営業日が経つと、2 回目（最大 2 回）のお願いをお送りします",
          "",
        ],
        [
          "2026年3月4日 09:00 UTC",
          "判断",
          "確認のお願い",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "重大度 S2 では、応答のないまま 2 営業日が経つと、お願いをお送りします",
          "",
        ],
        [
          "2026年3月3日 17:00 UTC",
          "判断",
          "待機",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "営業時間外のため、2026-03-04 09:00 からの営業時間を待ちます",
          "",
        ],
        [
          "2026年3月2日 09:00 UTC",
          "判断",
          "待機",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "重大度 S2 では、応答のないまま 2 営業日が経つと、お願いをお送りします",
          "",
        ],
        [
          "2026年3月2日 09:00 UTC",
          "判断",
          "待機",
          "engine#1 Fix <script>alert(1)</script> 100%",
          "",
          "応答のないまま 10 営業日が経つと、お願いをお送りします",
          "",
        ],
      ]
    `);

    // A maintainer sees no log, a stranger no board.
    const [mira, stranger] = [
      await signedInMaintainer(app, { login: "mira", repositories: ["engine"] }),
      await signedIn(app, { login: "stranger" }),
    ];
    for (const path of ["/o/acme-db/log", "/o/acme-db/log.csv"]) {
      expect((await mira.open(path)).status).toBe(404);
      expect((await stranger.open(path)).status).toBe(404);
    }
    expect([app.reactionsOn(done), app.reactionsOn(misspelt)]).toEqual([["+1", "confused"], ["confused"]]);
    expect(app.commentsOn(patch)).toHaveLength(3);
    app.labelsOn(patch);
    await app.expectNothingElse();
  });
});
