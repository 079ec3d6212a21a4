// Slack's presses and forms, over real HTTP with real signatures: only Slack is believed, only who was asked may answer, and acts are done
// once.
import { describe, expect, onTestFinished, test } from "vitest";
import { slackValueOf } from "../../src/choices/choice.ts";
import { SLACK_SIGNING_SECRET, SLACK_TOKEN, type Slack, startSlack } from "../support/channels/slack.ts";
import { DIALECTS, type Dialect } from "../support/databases.ts";
import { formOf, pressOf, type SendHow, sendFromSlack, wordsOfBlocks } from "../support/slack-press.ts";
import { DAY, NOW, type Stage, setStage } from "./stage.ts";

type World = Stage & {
  readonly slack: Slack;
  /** What was posted to the address that Slack gives with a press, oldest first. */
  readonly responses: () => readonly Record<string, unknown>[];
  readonly callsTo: (method: string) => readonly URLSearchParams[];
  readonly responseUrl: string;
};

async function setWorld(on: Dialect, more: { publicUrl?: string; signingSecret?: string | null } = {}): Promise<World> {
  const slack = await startSlack(["U0123", "U0999"]);
  onTestFinished(() => slack.close());
  const { origin } = new URL(slack.apiUrl);
  slack.answer(({ path }) => (path.startsWith("/respond/") ? { status: 200, body: { ok: true } } : undefined));
  const stage = await setStage({
    on,
    publicUrl: more.publicUrl ?? null,
    slack: {
      botToken: SLACK_TOKEN,
      signingSecret: more.signingSecret === undefined ? SLACK_SIGNING_SECRET : more.signingSecret,
      apiUrl: slack.apiUrl.replace(/\/$/, ""),
    },
  });
  return {
    ...stage,
    slack,
    responses: () =>
      slack.calls.filter(({ path }) => path.startsWith("/respond/")).map(({ body }) => body as Record<string, unknown>),
    callsTo: (method) =>
      slack.calls.filter(({ path }) => path === `/api/${method}`).map(({ raw }) => new URLSearchParams(raw)),
    responseUrl: `${origin}/respond/1`,
  };
}

const sendSlack = async (stage: Stage, payload: unknown, how: Partial<SendHow> = {}) => {
  const answer = await sendFromSlack(stage.url, payload, { at: NOW, ...how });
  await stage.settled();
  return answer;
};

const press = (world: World, token: string, answer: string, more: Record<string, unknown> = {}) => ({
  ...pressOf({ user: "U0123", value: slackValueOf(token, answer), responseUrl: world.responseUrl }),
  ...more,
});

const form = (token: string, answer: string, fields: { until?: string; reason?: string }, user = "U0123") =>
  formOf({ user, metadata: JSON.stringify({ token, answer, channel: "D1", ts: "1.0" }), ...fields });

describe.each(DIALECTS)("on %s", (on) => {
  test("a press puts it before the deciders, and the message then has no buttons and says who answered", async () => {
    const world = await setWorld(on);
    const token = await world.ask();
    const answer = await sendSlack(world, press(world, token, "deciders"));
    expect(answer).toEqual({ status: 200, text: "" });
    expect(await world.steps()).toEqual(["answer-deciders: the account owner puts it before those who decide"]);
    const [replaced, ...more] = world.responses();
    expect(more).toEqual([]);
    expect(replaced?.replace_original).toBe(true);
    expect(wordsOfBlocks(replaced?.blocks).slice(0, 2)).toEqual([
      "Please decide: the fix that Shinshu Bank waits for",
      "Sato answered on 2026-03-02 18:00 (Asia/Tokyo): Put it before the deciders.\nThe deciders are asked privately, with the evidence and a date by which a decision is needed. You hear what comes of it. You need not do anything.",
    ]);
    expect(JSON.stringify(replaced)).not.toContain('"actions"');
  });

  test("the same press again, also a replay within five minutes, does nothing more", async () => {
    const world = await setWorld(on);
    const token = await world.ask();
    for (const answer of ["deciders", "deciders", "no"]) await sendSlack(world, press(world, token, answer));
    expect(await world.steps()).toHaveLength(1);
    expect(world.responses().every(({ replace_original }) => replace_original === true)).toBe(true);
    expect(world.callsTo("views.open")).toEqual([]);
  });

  test("a press to wait opens a form for the day and the reason, and does nothing yet", async () => {
    const world = await setWorld(on);
    world.slack.answer(({ path }) => (path === "/api/views.open" ? { status: 200, body: { ok: true } } : undefined));
    const token = await world.ask();
    expect((await sendSlack(world, press(world, token, "wait"))).status).toBe(200);
    expect(await world.steps()).toEqual([]);
    const [call] = world.callsTo("views.open");
    expect(call?.get("trigger_id")).toBe("1.2.3");
    const view = JSON.parse(call?.get("view") ?? "{}");
    expect(view).toEqual({
      type: "modal",
      callback_id: "answer",
      private_metadata: JSON.stringify({ token, answer: "wait", channel: "D1", ts: "1.0" }),
      title: { type: "plain_text", text: "Wait until a day", emoji: false },
      submit: { type: "plain_text", text: "Answer", emoji: false },
      close: { type: "plain_text", text: "Close", emoji: false },
      blocks: [
        {
          type: "section",
          text: {
            type: "plain_text",
            text: "The deciders are not asked until that day. Then it is looked at again by itself.",
            emoji: false,
          },
        },
        {
          type: "input",
          block_id: "until",
          label: { type: "plain_text", text: "Until which day", emoji: false },
          element: { type: "datepicker", action_id: "until" },
        },
        {
          type: "input",
          block_id: "reason",
          label: { type: "plain_text", text: "Why", emoji: false },
          element: { type: "plain_text_input", action_id: "reason", multiline: true, max_length: 2000 },
        },
      ],
    });
  });

  test("emulated Slack takes the form, for as long as a trigger is good", async () => {
    const world = await setWorld(on);
    const token = await world.ask();
    const made = await fetch(`${world.slack.apiUrl}views.generateTriggerId`, {
      method: "POST",
      headers: { authorization: `Bearer ${SLACK_TOKEN}`, "content-type": "application/x-www-form-urlencoded" },
      body: "",
    });
    const { trigger_id } = (await made.json()) as { trigger_id: string };
    await sendSlack(world, press(world, token, "no", { trigger_id }));
    expect(world.callsTo("views.open")).toHaveLength(1);
    expect(world.responses()).toEqual([]);
    // Used up: then the one who pressed is told what else to do.
    await sendSlack(world, press(world, token, "no", { trigger_id }));
    expect(world.responses()).toHaveLength(1);
  });

  test("a form that cannot be opened is told to who pressed, with the page where it can be answered", async () => {
    const world = await setWorld(on, { publicUrl: "https://advocate.example" });
    const token = await world.ask();
    await sendSlack(world, press(world, token, "no"));
    const [word] = world.responses();
    expect(word).toMatchObject({ response_type: "ephemeral", replace_original: false });
    expect(wordsOfBlocks(word?.blocks)).toEqual([
      `The form could not be opened. Please press the button once more, or answer here: https://advocate.example/answer/${token}`,
    ]);
  });

  test("a sent form is followed, and the message replaced by the bot's own hand", async () => {
    const world = await setWorld(on);
    world.slack.answer(({ path }) => (path === "/api/chat.update" ? { status: 200, body: { ok: true } } : undefined));
    const token = await world.ask();
    const answer = await sendSlack(world, form(token, "wait", { until: "2026-03-10", reason: "The customer asked." }));
    expect(answer).toEqual({ status: 200, text: "" });
    expect(await world.steps()).toEqual(["answer-wait: The customer asked."]);
    const [call] = world.callsTo("chat.update");
    expect([call?.get("channel"), call?.get("ts")]).toEqual(["D1", "1.0"]);
    expect(wordsOfBlocks(JSON.parse(call?.get("blocks") ?? "[]")).slice(1, 3)).toEqual([
      "Sato answered on 2026-03-02 18:00 (Asia/Tokyo): Wait until 2026-03-10.\nWhoever linked the case hears the reason. The deciders are not asked before that day; then it is looked at again by itself. If it cannot wait after all, write /case escalate with a reason on the pull request.",
      "The customer asked.",
    ]);
  });

  test("a form with mistakes shows them beside its fields, in the reader's language", async () => {
    const world = await setWorld(on);
    const token = await world.ask({ language: "ja" });
    const answer = await sendSlack(world, form(token, "wait", { until: "2026-03-02" }));
    expect(JSON.parse(answer.text)).toEqual({
      response_action: "errors",
      errors: {
        until: "明日以降の日付をご入力ください。最も早い日は 2026-03-03 です。",
        reason: "理由をご入力ください。ケースを関連付けた担当者にお伝えします。",
      },
    });
    expect(await world.steps()).toEqual([]);
  });

  test("a form that comes too late says so in its place", async () => {
    const world = await setWorld(on);
    const token = await world.ask();
    await world.setEscalation({ state: "ended", ended_at: NOW, outcome: "merged" });
    const answer = await sendSlack(world, form(token, "no", { reason: "It can wait." }));
    const { response_action, view } = JSON.parse(answer.text);
    expect(response_action).toBe("update");
    expect(wordsOfBlocks(view.blocks)).toEqual([
      "This can no longer be answered here.\nThe change has been taken in meanwhile.\nWrite /case escalate with a reason in a comment on the pull request, or ask the consultant or your support team to do so.",
    ]);
    expect(await world.steps()).toEqual([]);
  });

  test("nobody but the one who was asked can answer", async () => {
    const world = await setWorld(on);
    const token = await world.ask();
    const other = { user: { id: "U0999" } };
    for (const answer of ["deciders", "no"]) await sendSlack(world, press(world, token, answer, other));
    const sent = await sendSlack(world, form(token, "no", { reason: "x" }, "U0999"));
    const word = "This was asked of Sato, and only they can answer it here. Nothing was done.";
    expect(wordsOfBlocks(JSON.parse(sent.text).view.blocks)).toEqual([word]);
    expect(world.responses().map(({ blocks, response_type }) => [response_type, ...wordsOfBlocks(blocks)])).toEqual([
      ["ephemeral", word],
      ["ephemeral", word],
    ]);
    expect(await world.steps()).toEqual([]);
    expect(world.callsTo("views.open")).toEqual([]);
  });

  test("somebody whom no Slack id is known of cannot be anybody", async () => {
    const world = await setWorld(on);
    const token = await world.ask({ who: { key: "mail:mori@acme.example", name: "Mori" } });
    await sendSlack(world, press(world, token, "deciders"));
    expect(await world.steps()).toEqual([]);
    const own = await world.ask({ who: { key: "slack:U0123", name: "Sato" } });
    await sendSlack(world, press(world, own, "deciders"));
    expect(await world.steps()).toHaveLength(1);
  });

  test("after its time, and when it is no longer kept, a press is told so", async () => {
    const world = await setWorld(on);
    const token = await world.ask();
    const later = NOW + 15 * DAY;
    world.setNow(later);
    await sendSlack(world, press(world, token, "deciders"), { at: later });
    const [ephemeral, replaced] = world.responses().toSorted((a) => (a.response_type === "ephemeral" ? -1 : 1));
    expect(wordsOfBlocks(ephemeral?.blocks)[0]).toContain("It could be answered until 2026-03-16 18:00 (Asia/Tokyo).");
    expect(replaced?.replace_original).toBe(true);
    await world.database.db.deleteFrom("choices").execute();
    await sendSlack(world, press(world, token, "deciders"), { at: later });
    expect(wordsOfBlocks(world.responses().at(-1)?.blocks)).toEqual([
      "What was asked here is no longer kept. You can still write /case escalate with a reason on the pull request.",
    ]);
    expect(await world.steps()).toEqual([]);
  });

  test("what a closing meant is confirmed by a press", async () => {
    const world = await setWorld(on);
    await world.addFacts([{ kind: "closed", key: "closed:1", at: NOW - DAY, actor: null }]);
    const token = await world.ask({ kind: "closed" });
    await sendSlack(world, press(world, token, "deciders"));
    expect(await world.answersKept()).toEqual([null]);
    await sendSlack(world, press(world, token, "declined"));
    expect(await world.answersKept()).toEqual([{ kind: "declined" }]);
  });

  test("what Slack did not send, or sent long ago, is refused", async () => {
    const world = await setWorld(on);
    const token = await world.ask();
    const payload = press(world, token, "deciders");
    const MINUTES = 60_000;
    const refused = [
      await sendSlack(world, payload, { secret: "another" }),
      await sendSlack(world, payload, { at: NOW - 6 * MINUTES }),
      await sendSlack(world, payload, { at: NOW + 6 * MINUTES }),
      await sendSlack(world, payload, { headers: { "x-slack-signature": "" } }),
      await sendSlack(world, payload, { headers: { "x-slack-signature": `v1=${"0".repeat(64)}` } }),
      await sendSlack(world, payload, { headers: { "x-slack-request-timestamp": "soon" } }),
      await sendSlack(world, payload, { headers: { "x-slack-request-timestamp": String(NOW / 1000 + 1) } }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401, 401]);
    expect(await world.steps()).toEqual([]);
    expect(world.slack.calls.filter(({ path }) => path.startsWith("/respond/"))).toEqual([]);
    expect((await sendSlack(world, payload, { at: NOW - 4 * MINUTES })).status).toBe(200);
  });

  test("without a signing secret nothing is taken", async () => {
    const world = await setWorld(on, { signingSecret: null });
    const answer = await sendSlack(world, press(world, await world.ask(), "deciders"), { secret: "" });
    expect(answer.status).toBe(404);
    expect(await world.steps()).toEqual([]);
  });

  test("signed nonsense is refused, other kinds of payload and presses on links are passed over", async () => {
    const world = await setWorld(on);
    const token = await world.ask();
    const status = async (payload: unknown, body?: string) =>
      (await sendSlack(world, payload, body === undefined ? {} : { body })).status;
    expect(await status(null, "")).toBe(400);
    expect(await status(null, "payload=%7B")).toBe(400);
    expect(await status(null, `payload=${"[".repeat(100_000)}`)).toBe(400);
    expect(await status({ type: "block_actions" })).toBe(400);
    expect(await status(press(world, token, "deciders", { user: { id: "<!channel>" } }))).toBe(400);
    expect(await status(press(world, token, "deciders", { actions: [] }))).toBe(200);
    expect(await status(press(world, token, "everything"))).toBe(200);
    expect(await status(press(world, `${token}x`, "deciders"))).toBe(200);
    expect(await status({ type: "view_closed" })).toBe(200);
    expect(await status({ ...form(token, "deciders", { reason: "x" }) })).toBe(200);
    expect(await world.steps()).toEqual([]);
  });

  test("words go only to Slack's own addresses, and a message that cannot be replaced loses nothing", async () => {
    const world = await setWorld(on);
    const token = await world.ask();
    await sendSlack(world, press(world, token, "deciders", { response_url: "http://169.254.169.254/latest" }));
    expect(await world.steps()).toHaveLength(1);
    expect(world.callsTo("chat.update")).toHaveLength(1);
    expect(world.logs.filter((line) => line.includes("Slack could not be told what a press did"))).toHaveLength(1);
    expect(world.logs.join("")).not.toMatch(new RegExp(`${token}|Sato|${SLACK_TOKEN}`));
  });

  test("ten megabytes are refused", async () => {
    const world = await setWorld(on);
    expect((await sendSlack(world, null, { body: `payload=${"x".repeat(10_000_000)}` })).status).toBe(413);
  });

  test("hostile names, titles and reasons are plain text in Slack", async () => {
    const world = await setWorld(on);
    const poison = "<!channel> *bold* <https://evil.example|click> @here";
    await world.database.db.updateTable("patches").set({ title: poison }).execute();
    const token = await world.ask({ who: { key: "slack:U0123", name: poison } });
    world.slack.answer(({ path }) => (path === "/api/chat.update" ? { status: 200, body: { ok: true } } : undefined));
    await sendSlack(world, form(token, "no", { reason: poison }));
    const blocks = JSON.parse(world.callsTo("chat.update")[0]?.get("blocks") ?? "[]") as { text?: { type: string } }[];
    const holding = blocks.filter((block) => JSON.stringify(block).includes("!channel"));
    expect(holding.length).toBeGreaterThan(0);
    expect(holding.flatMap(({ text }) => (text === undefined ? [] : [text.type]))).not.toContain("mrkdwn");
  });
});
