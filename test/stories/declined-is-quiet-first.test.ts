// A pull request that was closed without a word: the team is asked what it meant, and nobody else hears of it before that is sure.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { SHINSHU, type Story, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATCH = { repository: "acme-db/engine", title: "Fix the <lock> @mira" };
const PEOPLE = `people:
  - { github: dana, name: Dana, email: dana@acme.example }
  - { github: kenji, name: 賢治, email: kenji@acme.example, language: ja, timezone: Asia/Tokyo, hours: "09:00-18:00" }
`;

const ASKED = `Hello Dana,

acme-db/engine#1 <WEB/acme-db/engine/pull/1> Fix the <lock> @\u200bmira was closed without being merged on 2026-03-03 10:00 (UTC) by mira.

Was that a no? Until somebody says so, nobody outside the team is told.

* Yes, it was declined
  https://advocate.example/answer/TOKEN

If the change went another way, write on the pull request which:

- /case landed REF, where it came in by another commit or pull request
- /case superseded REF, where another pull request takes its place

If nobody says anything, it counts as a no from 2026-03-06 10:00 (UTC) on, and is told as one. Reopening it takes that back.`;

const ASKED_IN_JAPANESE = `賢治 様

mira さんにより、2026-03-03 19:00 (Asia/Tokyo) に、次のプルリクエストがマージされずにクローズされました。

acme-db/engine#1 <WEB/acme-db/engine/pull/1> Fix the <lock> @\u200bmira

見送りと考えてよろしいでしょうか。ご確認いただくまで、チームの外にはお知らせしません。

* はい、見送りです
  https://advocate.example/answer/TOKEN

変更が別の形で取り込まれる場合は、プルリクエストに次のようにお書きください。

- /case landed REF：別のコミットやプルリクエストで取り込まれた場合
- /case superseded REF：別のプルリクエストに引き継がれた場合

お返事がない場合は、2026-03-06 19:00 (Asia/Tokyo) から見送りとして扱います。再オープンされれば取り消されます。`;

/** As it was written, without the breaks that mail puts into long lines. */
const unbroken = (text: string): string =>
  text
    .replace(/([^\n])\n(?=[^\n*\- ])/g, (_, before: string) =>
      /[\u3000-\u9fff\uff00-\uffef]/.test(before) ? before : `${before} `,
    )
    .trim();

const mails = (story: Story, address: string) =>
  story.mailsTo(address).map(({ subject, text }) => ({
    subject,
    text: unbroken(text.replaceAll(story.github.webUrl, "WEB").replace(/answer\/[\w-]{43}/, "answer/TOKEN")),
  }));

/** What outside systems heard: the type, and what was decided. */
const told = (story: Story): readonly string[] =>
  story.hooks().map(({ body }) => {
    const { type, data } = body as { type: string; data: { decision?: string } };
    return data.decision === undefined ? type : `${type} ${data.decision}`;
  });

const start = (on: (typeof DIALECTS)[number]) =>
  startApp({ on, now: NOW, customers: `${SHINSHU}${PEOPLE}`, channels: ["mail", "webhook"] });

async function closedPatch(story: Story) {
  const patch = await story.github.as("noel").openPullRequest(PATCH);
  const link = await story.github.as("dana").comment(patch, "/case link CASE-1");
  await story.settle();
  expect(story.reactionsOn(link)).toEqual(["+1"]);
  await story.advanceTo("2026-03-03T10:00:00Z");
  await story.github.as("mira").close(patch);
  await story.settle();
  expect(story.labelsOn(patch)).toEqual([]);
  return patch;
}

describe.each(DIALECTS)("on %s", (on) => {
  test("the team is asked after an hour, by its own hours, and after three days without an answer it is told as a no", async () => {
    const story = await start(on);
    const patch = await closedPatch(story);
    await story.advanceTo("2026-03-03T10:59:00Z");
    expect(story.mailsTo("dana@acme.example")).toEqual([]);
    await story.advanceTo("2026-03-03T11:01:00Z");
    expect(mails(story, "dana@acme.example")).toEqual([
      { subject: "Was it a no? acme-db/engine#1 was closed", text: ASKED },
    ]);
    expect(story.mailsTo("kenji@acme.example")).toEqual([]);
    await story.advanceTo("2026-03-04T00:01:00Z");
    expect(mails(story, "kenji@acme.example")).toEqual([
      { subject: "ご確認のお願い: acme-db/engine#1 がクローズされました", text: ASKED_IN_JAPANESE },
    ]);
    await story.advanceTo("2026-03-06T09:59:00Z");
    expect(told(story)).toEqual(["case.linked"]);
    await story.advanceTo("2026-03-06T10:01:00Z");
    expect(told(story)).toEqual(["case.linked", "case.decided declined"]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });

  test("who closes it for a commit and says so within the hour, or reopens it, is asked nothing", async () => {
    const story = await start(on);
    const patch = await closedPatch(story);
    const sha = await story.github.as("mira").commit("acme-db/engine", { "src/lock.c": "/* mended */\n" }, "Mend it");
    await story.advance({ minutes: 30 });
    await story.github.as("mira").comment(patch, `Landed in ${sha}`);
    await story.settle();
    expect(told(story)).toEqual(["case.linked", "case.decided landed"]);
    await story.advance({ hours: 2 });
    const other = await story.github.as("noel").openPullRequest({ ...PATCH, title: "Fix the other lock" });
    const link = await story.github.as("dana").comment(other, "/case link CASE-1");
    await story.github.as("mira").close(other);
    await story.advance({ minutes: 30 });
    await story.github.as("noel").reopen(other);
    await story.advanceTo("2026-03-07T09:00:00Z");
    expect(story.reactionsOn(link)).toEqual(["+1"]);
    expect(told(story)).toEqual(["case.linked", "case.decided landed", "case.linked"]);
    expect([story.labelsOn(patch), story.labelsOn(other)]).toEqual([[], ["awaiting maintainer"]]);
    expect([...story.commentsOn(patch), ...story.commentsOn(other)]).toEqual([]);
    await story.expectNothingElse();
  });

  test("once it is reopened or superseded, nobody is asked any more who had not been", async () => {
    const story = await start(on);
    const patch = await closedPatch(story);
    await story.advanceTo("2026-03-03T11:01:00Z");
    expect(story.mailsTo("dana@acme.example")).toHaveLength(1);
    const young = await story.github.as("noel").openPullRequest({ ...PATCH, title: "Fix the lock anew" });
    const command = await story.github.as("dana").comment(patch, `/case superseded #${young.number}`);
    await story.advanceTo("2026-03-07T09:00:00Z");
    expect(story.reactionsOn(command)).toEqual(["+1"]);
    expect(story.mailsTo("kenji@acme.example")).toEqual([]);
    expect(told(story)).toEqual(["case.linked", "case.decided superseded", "case.linked"]);
    expect([story.labelsOn(patch), story.labelsOn(young)]).toEqual([[], ["awaiting maintainer"]]);
    await story.expectNothingElse();
  });

  test("a supporter's answer makes it sure at once", async () => {
    const story = await start(on);
    const patch = await closedPatch(story);
    await story.advanceTo("2026-03-03T11:01:00Z");
    const [mail] = story.mailsTo("dana@acme.example");
    const path = /\/answer\/[\w-]{43}/.exec(mail?.text ?? "")?.[0] ?? "";
    const page = await fetch(`${story.url}${path}`);
    expect(page.status).toBe(200);
    await story.settle();
    // Looking does nothing.
    expect(told(story)).toEqual(["case.linked"]);
    const answer = await fetch(`${story.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://advocate.example" },
      body: new URLSearchParams({ answer: "declined" }),
      redirect: "manual",
    });
    expect(answer.status).toBeLessThan(400);
    await story.settle();
    expect(told(story)).toEqual(["case.linked", "case.decided declined"]);
    await story.advanceTo("2026-03-07T09:00:00Z");
    // Who had not been asked yet is not asked any more.
    expect(story.mailsTo("kenji@acme.example")).toEqual([]);
    expect(story.commentsOn(patch)).toEqual([]);
    await story.expectNothingElse();
  });
});
