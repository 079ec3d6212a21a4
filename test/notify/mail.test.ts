// Mails as a reader's program shows them, and servers that refuse, hang, die or are away.
import { describe, expect, test } from "vitest";
import { outcomeOfMailFault, senderOf } from "../../src/notify/mail.ts";
import { message, openNotify, personal, SATO } from "./stage.ts";

describe("a mail", () => {
  test("says who writes, that a machine does, how to unsubscribe, and the same in text and HTML", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["mail"] });
    await stage.enqueue(
      personal("ask:1", { ...SATO, name: "佐藤" }, { message: message("修正のご判断のお願い: CASE-7") }),
    );

    await stage.run();

    const [mail, ...others] = stage.mailsTo("sato@acme.example");
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      recipients: ["sato@acme.example"],
      from: "Patch Advocate <patches@acme.example>",
      to: "佐藤 <sato@acme.example>",
      subject: "修正のご判断のお願い: CASE-7",
      headers: {
        "auto-submitted": "auto-generated",
        "list-unsubscribe": "<mailto:patches@acme.example?subject=unsubscribe>",
        date: "Tue, 03 Mar 2026 10:00:00 +0000",
        "message-id": "<738619ff239dec1598434de7713306e9105f492f@acme.example>",
      },
    });
    expect(mail?.text).toBe("About 修正のご判断のお願い: CASE-7.");
    expect(mail?.html).toContain("About 修正のご判断のお願い: CASE-7.");
    stage.expectNothingElseSent();
  });

  test("about the same patch answers the first, to each reader their own", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["mail"] });
    const mori = { ...SATO, key: "mail:mori@acme.example", name: "Mori", email: "mori@acme.example" };
    await stage.enqueue(personal("ask:1", SATO, { thread: "7#1" }));
    await stage.run();
    await stage.enqueue(
      personal("ask:2", SATO, { thread: "7#1" }),
      personal("ask:3", SATO, { thread: "7#1" }),
      personal("ask:4", mori, { thread: "7#1" }),
      personal("ask:5", SATO, { thread: "7#2" }),
    );
    await stage.run();

    const [first, second, third, other] = stage.mailsTo("sato@acme.example");
    const id = first?.headers["message-id"];
    expect(first?.headers).not.toHaveProperty("references");
    expect(second?.headers).toMatchObject({ "in-reply-to": id, references: id });
    expect(third?.headers).toMatchObject({ "in-reply-to": id, references: id });
    expect(other?.headers).not.toHaveProperty("references");
    expect(stage.mailsTo("mori@acme.example")[0]?.headers).not.toHaveProperty("references");
  });

  test("gets no other header and no other recipient from a name or a subject", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["mail"] });
    const name = 'Sato"\r\nBcc: all@acme.example\r\n\r\n<b>x</b>, other@acme.example <evil@example.com>';
    const subject = `Hello\r\nBcc: all@acme.example\n\n<script>\u202e ${"長".repeat(60_000)}`;
    await stage.enqueue(personal("ask:1", { ...SATO, name }, { message: message(subject) }));

    await stage.run();

    const [mail] = stage.mailsTo("sato@acme.example");
    expect(mail?.recipients).toEqual(["sato@acme.example"]);
    expect(mail?.headers).not.toHaveProperty("bcc");
    expect(mail?.to).toBe(
      '"Sato\\" Bcc: all@acme.example <b>x</b>, other@acme.example <evil@example.com>" <sato@acme.example>',
    );
    expect(mail?.subject).toMatch(/^Hello Bcc: all@acme\.example <script> 長+…$/);
    expect([...(mail?.subject ?? "")].length).toBe(250);
    expect(mail?.html).not.toContain("<script>");
    stage.expectNothingElseSent();
  });

  test.each([
    "sato@acme.example, all@acme.example",
    "sato",
    "sato@acme.example>\r\nRCPT TO:<x@y.example",
    "<x@y.example>",
  ])("never goes to %j, which is no address", async (email) => {
    const stage = await openNotify({ on: "sqlite", channels: ["mail"] });
    await stage.enqueue(personal("ask:1", { ...SATO, email }));
    await stage.run();
    expect(await stage.rows()).toMatchObject([{ state: "failed", outcome: { because: "mail: the address is none" } }]);
    stage.expectNothingElseSent();
  });
});

describe("a mail server", () => {
  test("that takes a mail and dies gets it again, under the same Message-ID", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["mail"] });
    stage.channels.mail?.behave({ kind: "accept-and-die" });
    await stage.enqueue(personal("ask:1"));
    await stage.run();
    expect(await stage.rows()).toMatchObject([{ state: "due", attempts: 1 }]);

    stage.channels.mail?.behave({ kind: "accept" });
    expect(await stage.runOn()).toEqual(["2026-03-03T10:00:05.000Z"]);

    const ids = stage.mailsTo("sato@acme.example").map(({ headers }) => headers["message-id"]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(await stage.rows()).toMatchObject([{ state: "done" }]);
  });

  test("that hangs is left after a while, and gets the mail again", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["mail"] });
    stage.channels.mail?.behave({ kind: "hang" });
    await stage.enqueue(personal("ask:1"));
    await stage.run();
    stage.channels.mail?.behave({ kind: "accept" });
    await stage.runOn();
    expect(stage.mailsTo("sato@acme.example").map(({ headers }) => headers["message-id"])).toHaveLength(2);
  });

  test("that is away delays and loses nothing, and is tried less and less often", async () => {
    const stage = await openNotify({ on: "sqlite", channels: ["mail"] });
    await stage.channels.mail?.goDown();
    await stage.enqueue(personal("ask:1"));
    const instants = (await stage.runOn()).slice(0, 6).map((instant) => instant.slice(11, 19));
    expect(instants).toEqual(["10:00:00", "10:00:05", "10:00:15", "10:00:35", "10:01:15", "10:02:35"]);
    await stage.channels.mail?.comeUp();
    stage.moveTo("2026-03-04T10:30:00Z");
    await stage.runOn();
    expect(stage.mailsTo("sato@acme.example")).toHaveLength(1);
  });

  test("that refuses for now (4xx) gets the recipient and the mail again", async () => {
    for (const kind of ["refuse-recipient", "refuse-mail"] as const) {
      const stage = await openNotify({ on: "sqlite", channels: ["mail"] });
      stage.channels.mail?.behave({ kind, code: 451, message: "try later" });
      await stage.enqueue(personal("ask:1"));
      await stage.run();
      expect(await stage.rows()).toMatchObject([
        { state: "due", attempts: 1, outcome: { because: "the mail server answered 451" } },
      ]);
      stage.channels.mail?.behave({ kind: "accept" });
      await stage.runOn();
      expect(stage.mailsTo("sato@acme.example")).toHaveLength(1);
    }
  });

  test.each([
    ["refuse-recipient", "mail: the mail server refused the recipient (550)"],
    ["refuse-mail", "mail: the mail server refused the mail (550)"],
  ] as const)("that refuses for good (%s, 550) is not asked again, and it stays in sight", async (kind, because) => {
    const stage = await openNotify({ on: "sqlite", channels: ["mail"] });
    stage.channels.mail?.behave({ kind, code: 550, message: "no such user here" });
    await stage.enqueue(personal("ask:1"));
    await stage.run();
    expect(await stage.rows()).toMatchObject([
      { state: "failed", outcome: { because, detail: expect.stringContaining("no such user here") } },
    ]);
    expect(stage.logs.join("")).not.toContain("no such user here");
    expect(stage.logs.join("")).not.toContain("Sato");
  });
});

test.each([
  [
    "a sign-in that is refused waits for somebody to mend it",
    { code: "EAUTH", responseCode: 535, command: "AUTH PLAIN" },
    "unusable",
  ],
  ["a greeting of 554 passes", { code: "EPROTOCOL", responseCode: 554, command: "CONN" }, "again"],
  [
    "a sender that is refused is the server's trouble",
    { code: "EENVELOPE", responseCode: 550, command: "MAIL FROM" },
    "again",
  ],
  ["503 is a matter of the session", { code: "EENVELOPE", responseCode: 503, command: "RCPT TO" }, "again"],
  ["a name that is not found passes", { code: "EDNS" }, "again"],
  ["whatever else passes", "strange", "again"],
])("%s", (_, fault, kind) => {
  expect(outcomeOfMailFault(fault).kind).toBe(kind);
});

test.each([
  ["Patch Advocate <patches@acme.example>", { name: "Patch Advocate", address: "patches@acme.example" }],
  ['"Acme, Inc." <patches@acme.example>', { name: "Acme, Inc.", address: "patches@acme.example" }],
  ["patches@acme.example", { name: "", address: "patches@acme.example" }],
  ["<patches@acme.example>", { name: "", address: "patches@acme.example" }],
])("SMTP_FROM %s is a sender", (from, sender) => {
  expect(senderOf(from)).toEqual(sender);
});
