// A process that is killed while a mail server and a receiver think about their answers: both get it again, and can see that it is one.
import { describe, expect, test } from "vitest";
import { enqueueNotices } from "../../src/notify/store.ts";
import { DIALECTS } from "../support/databases.ts";
import { ACME_POLICY, SHINSHU } from "../support/start-app.ts";
import { startProcess } from "../support/start-process.ts";

describe.each(DIALECTS)("on %s", (on) => {
  test("killed after sending, it sends again under the same Message-ID and event id, and then no more", async () => {
    const story = await startProcess({ on, policy: ACME_POLICY, customers: SHINSHU, channels: ["mail", "webhook"] });
    story.channels.mail?.behave({ kind: "hang" });
    story.channels.webhook?.answer(() => "hang");
    const asked = {
      ownerId: story.github.idOf("acme-db"),
      patchId: null,
      kind: "test" as const,
      because: "a test asked for it",
      runAfter: 0,
    };
    await story.database.transaction((tx) =>
      enqueueNotices(
        tx,
        [
          {
            ...asked,
            key: "ask:1",
            channel: "person",
            to: {
              key: "mail:sato@acme.example",
              name: "Sato",
              login: null,
              email: "sato@acme.example",
              slack: null,
              language: "en",
              timezone: "UTC",
              hours: null,
            },
            thread: null,
            isUrgent: true,
            message: { subject: "CASE-7", language: "en", blocks: [{ kind: "paragraph", line: ["It waits."] }] },
          },
          { ...asked, key: "shipped:1", channel: "webhook", event: { type: "case.shipped", at: 0, data: {} } },
        ],
        Date.now(),
      ),
    );
    story.database.hint("notices");
    const arrived = () => [story.mailsTo("sato@acme.example").length, story.hooks().length];
    await story.until("both have arrived", () => arrived().every((count) => count === 1));

    await story.kill();
    story.channels.mail?.behave({ kind: "accept" });
    story.channels.webhook?.answer(() => undefined);
    await story.skipWaiting();
    await story.start();
    await story.untilIdle();

    expect(arrived()).toEqual([2, 2]);
    expect(new Set(story.mailsTo("sato@acme.example").map(({ headers }) => headers["message-id"])).size).toBe(1);
    expect(new Set(story.hooks().map(({ headers }) => headers["x-patch-advocate-delivery"])).size).toBe(1);
    await story.expectNothingElse();
  });
});
