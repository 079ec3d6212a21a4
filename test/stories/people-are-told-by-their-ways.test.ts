// The whole app telling people and outside systems: by which way, when, in which thread, and what is kept of it.
import { describe, expect, test } from "vitest";
import { patchId } from "../../src/github/refs.ts";
import type { NewNotice, Recipient } from "../../src/notify/notice.ts";
import { enqueueNotices } from "../../src/notify/store.ts";
import { DIALECTS } from "../support/databases.ts";
import { ACME_POLICY, SHINSHU, type Story, startApp } from "../support/start-app.ts";

const SATO: Recipient = {
  key: "mail:sato@acme.example",
  name: "Sato",
  login: null,
  email: "sato@acme.example",
  slack: null,
  language: "ja",
  timezone: "Asia/Tokyo",
  hours: null,
};
const KENJI: Recipient = { ...SATO, key: "login:kenji", name: "Kenji", login: "kenji", email: null, slack: "U0456" };

const common = (story: Story, key: string) => ({
  key,
  ownerId: story.github.idOf("acme-db"),
  patchId: "7#1",
  kind: "ask-owner" as const,
  because: "reminders went unanswered",
  runAfter: Date.now(),
});

const personal = (story: Story, key: string, to: Recipient, isUrgent = false): NewNotice => ({
  ...common(story, key),
  channel: "person",
  to,
  thread: "7#1",
  isUrgent,
  message: { subject: key, language: "ja", blocks: [{ kind: "paragraph", line: ["ご確認をお願いいたします。"] }] },
});

const ask = async (story: Story, ...notices: readonly NewNotice[]) => {
  await story.database.transaction((tx) => enqueueNotices(tx, notices, Date.now()));
  story.database.hint("notices");
};

describe.each(DIALECTS)("on %s", (on) => {
  test("ordinary messages wait for the reader's next working morning, urgent ones and outside systems do not", async () => {
    // Friday evening in Tokyo; Monday 2026-07-20 is Marine Day.
    const story = await startApp({
      on,
      now: "2026-07-17T19:00:00+09:00",
      customers: SHINSHU,
      channels: ["mail", "slack", "webhook", "pagerduty"],
      slackPeople: ["U0456"],
    });
    const event = { type: "escalation.step", at: Date.now(), data: {} };
    await ask(
      story,
      personal(story, "ask:1", SATO),
      personal(story, "ask:2", KENJI, true),
      { ...common(story, "event:1"), channel: "webhook", event },
      {
        ...common(story, "page:1"),
        channel: "pagerduty",
        event: { ...event, summary: "S1 waits", incident: "1", action: "trigger" },
      },
    );
    await story.settle();

    expect(story.mailsTo("sato@acme.example")).toEqual([]);
    expect(story.slackTo("U0456").map(({ text }) => text)).toEqual(["ask:2"]);
    expect(story.hooks()).toHaveLength(1);
    expect(story.pages()).toHaveLength(1);

    await story.advanceTo("2026-07-21T10:00:00+09:00");
    const [mail] = story.mailsTo("sato@acme.example");
    expect(mail?.headers.date).toBe("Tue, 21 Jul 2026 00:00:00 +0000");
    expect(mail?.text).toContain("ご確認をお願いいたします。");

    await ask(story, personal(story, "ask:3", SATO), personal(story, "ask:4", KENJI));
    await story.settle();
    expect(story.mailsTo("sato@acme.example")[1]?.headers["in-reply-to"]).toBe(mail?.headers["message-id"]);
    const [first, second] = story.slackTo("U0456");
    expect(second?.threadTs).toBe(first?.ts);

    const metrics = await (await fetch(`${story.url}/metrics`)).text();
    expect(metrics).toContain('patch_advocate_notices_total{channel="person",outcome="done"} 4');
    expect(metrics).toContain("patch_advocate_failed_notices 0");
    await story.expectNothingElse();
  });

  test("what waits for the reader's morning is told no more where the policy came to observe in the night", async () => {
    const story = await startApp({
      on,
      now: "2026-03-06T19:00:00Z",
      customers: SHINSHU,
      channels: ["mail", "webhook"],
    });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix" });
    await story.settle();
    story.labelsOn(patch);
    const ofPatch = { patchId: patchId(patch.repositoryId, patch.number) };
    const sato = { ...SATO, timezone: "UTC" };
    await ask(story, personal(story, "ask:1", sato), { ...personal(story, "ask:2", sato), ...ofPatch });
    const observe = ACME_POLICY.replace("mode: act", "mode: observe");
    await story.github.as("mira").commit("acme-db/engine", { ".github/patch-advocate.yml": observe });
    await story.settle();
    await story.advanceTo("2026-03-09T10:00:00Z");
    const rows = await story.database.db.selectFrom("notices").select(["state", "outcome"]).orderBy("id").execute();
    const observed = JSON.stringify({ kind: "withdrawn", because: "the policy says to observe" });
    expect(rows).toEqual([
      { state: "withdrawn", outcome: observed },
      { state: "withdrawn", outcome: observed },
    ]);
    await story.expectNothingElse();
  });

  test("after thirty days it is kept that something was said, and no more what", async () => {
    const story = await startApp({ on, now: "2026-03-03T09:00:00Z", customers: SHINSHU, channels: ["mail"] });
    await ask(story, personal(story, "ask:1", { ...SATO, timezone: "UTC" }));
    await story.settle();
    expect(story.mailsTo("sato@acme.example")).toHaveLength(1);
    const kept = () =>
      story.database.db.selectFrom("notices").select(["key", "state", "body", "recipient_data"]).execute();
    await story.advance({ days: 29 });
    expect((await kept())[0]?.body).toContain("ご確認");
    await story.advance({ days: 2 });
    expect(await kept()).toEqual([{ key: "ask:1", state: "done", body: "", recipient_data: "" }]);
    await story.expectNothingElse();
  });

  test("a message that nobody can get is in sight until somebody acts, and the story says so", async () => {
    const story = await startApp({ on, now: "2026-03-03T09:00:00Z", channels: ["mail"] });
    story.channels.mail?.behave({ kind: "refuse-recipient", code: 550, message: "unknown" });
    await ask(story, personal(story, "ask:1", { ...SATO, timezone: "UTC" }));
    await story.settle();
    expect((await story.failedNotices()).map(({ key }) => key)).toEqual(["ask:1"]);
    expect(await (await fetch(`${story.url}/metrics`)).text()).toContain("patch_advocate_failed_notices 1");
    await story.expectNothingElse();
  });
});
