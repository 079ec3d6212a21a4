// POST /slack/actions: Slack's interactivity request URL. Slack waits three seconds, so what can wait (messages, forms) follows the answer.
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { describeFault, type Log } from "../log.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Afterwards } from "../web/afterwards.ts";
import { limitRate } from "../web/rate-limit.ts";
import { choiceUrl } from "./choice.ts";
import { parseAnswer } from "./parse.ts";
import { giveAnswer, type Look, lookAtChoice, readAbout } from "./react.ts";
import { createSlackTalk, type SlackConfig } from "./slack-client.ts";
import { isSentBySlack, readSlackAct, type SlackAct, type SlackMessageRef } from "./slack-request.ts";
import { SLACK_TEXTS } from "./slack-texts.ts";
import {
  answeredMessage,
  answerForm,
  formErrors,
  formReplaced,
  type SlackPart,
  standingWord,
  wordToOne,
} from "./slack-views.ts";

/** A press carries the whole message that its button stands in. */
const MOST_BYTES = 2 * 1024 * 1024;
/** Everybody's presses come from Slack's own addresses. */
const PER_MINUTE = 1200;
/** Slack tells people that a press failed after three seconds. */
const PATIENCE_MILLIS = 2500;

type Parts = {
  readonly wiring: Wiring;
  readonly log: Log;
  readonly slack: SlackConfig;
  readonly afterwards: Afterwards;
};

type Pressed = Extract<SlackAct, { kind: "pressed" }>;
type Sent = Extract<SlackAct, { kind: "sent" }>;

/** To be put under `/slack`. */
export function slackRoutes({ wiring, log, slack, afterwards }: Parts): Hono {
  const { now } = wiring;
  const talk = createSlackTalk(slack);
  const hono = new Hono();

  /** Goes on after Slack has its answer. */
  const later = (work: () => Promise<void>): void => afterwards.later("Slack could not be told what a press did", work);
  const sayTo = (message: SlackMessageRef, word: string): void => later(() => talk.answer(message, wordToOne(word)));
  /** Shows in the message how the question stands now. */
  const show = (token: string, message: SlackMessageRef): void =>
    later(async () => {
      const look = await lookAtChoice(wiring, token, now());
      if (look.kind === "unknown" || look.kind === "open") return;
      await talk.replace(message, answeredMessage(look, await readAbout(wiring, look, now())));
    });

  async function press(act: Pressed): Promise<void> {
    const at = now();
    const look = await lookAtChoice(wiring, act.token, at);
    const refused = refusalOf(look, act.user);
    if (refused !== null) return sayTo(act.message, refused);
    if (look.kind === "unknown") return;
    if (look.kind !== "open") {
      if (look.kind === "over") sayTo(act.message, standingWord(look));
      return show(act.token, act.message);
    }
    const { answer } = act;
    const { language, kind } = look.choice;
    if (kind === "escalation" && (answer === "wait" || answer === "no")) return openForm(act, answer, look);
    const words = { answer, until: "", reason: "" };
    const parsed = parseAnswer(kind, words, { now: at, timezone: look.reader.timezone });
    if (parsed.kind === "problems") return sayTo(act.message, SLACK_TEXTS[language].gone);
    await giveAnswer(wiring, { choice: look.choice, answer: parsed.answer, now: at });
    show(act.token, act.message);
  }

  function openForm(act: Pressed, answer: "wait" | "no", { choice }: Extract<Look, { kind: "open" }>): void {
    const { language } = choice;
    later(async () => {
      try {
        if (act.triggerId === null) throw new Error("Slack named no trigger");
        await talk.openForm(act.triggerId, answerForm({ language, token: act.token, answer, message: act.message }));
      } catch (error) {
        log.warn({ error: describeFault(error) }, "a form could not be opened in Slack");
        const url = choiceUrl(wiring.addresses.publicUrl, act.token);
        await talk.answer(act.message, wordToOne(SLACK_TEXTS[language].noForm(url)));
      }
    });
  }

  /** What Slack does with the form: close it, show what is wrong, or say why it came too late. */
  async function takeForm(act: Sent): Promise<SlackPart | null> {
    const at = now();
    const look = await lookAtChoice(wiring, act.token, at);
    const refused = refusalOf(look, act.user);
    if (look.kind === "unknown" || refused !== null)
      return formReplaced(refused ?? SLACK_TEXTS.en.gone, languageOf(look));
    const { language } = look.choice;
    if (look.kind !== "open") {
      show(act.token, act.message);
      return formReplaced(standingWord(look), language);
    }
    const time = { now: at, timezone: look.reader.timezone };
    const parsed = parseAnswer(look.choice.kind, act.words, time);
    if (parsed.kind === "problems") return formErrors(parsed.problems, { ...time, language });
    const given = await giveAnswer(wiring, { choice: look.choice, answer: parsed.answer, now: at });
    show(act.token, act.message);
    if (given.kind === "over") return formReplaced(standingWord({ ...look, kind: "over", over: given.over }), language);
    return null;
  }

  hono.use(limitRate(PER_MINUTE, now));
  hono.post("/actions", bodyLimit({ maxSize: MOST_BYTES }), async (context) => {
    const { signingSecret: secret } = slack;
    if (secret === null) return context.text("Slack is not set up here: SLACK_SIGNING_SECRET is not set.\n", 404);
    const body = new Uint8Array(await context.req.arrayBuffer());
    const timestamp = context.req.header("x-slack-request-timestamp");
    const signature = context.req.header("x-slack-signature");
    if (!isSentBySlack({ secret, timestamp, signature, body, now: now() })) {
      return context.text("The signature is missing, old, or made with another secret.\n", 401);
    }
    const act = readSlackAct(new TextDecoder().decode(body));
    if (act === null) return context.text("This is not what Slack sends.\n", 400);
    if (act.kind === "not-ours") return context.body(null, 200);
    if (act.kind === "sent") {
      const answer = await takeForm(act);
      return answer === null ? context.body(null, 200) : context.json(answer);
    }
    const done = press(act).catch((error: unknown) => {
      log.error({ error: describeFault(error) }, "a press in Slack failed");
      sayTo(act.message, SLACK_TEXTS.en.failed);
    });
    later(() => done);
    await Promise.race([done, patience()]);
    return context.body(null, 200);
  });

  return hono;
}

const patience = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLIS).unref());

const languageOf = (look: Look) => (look.kind === "unknown" ? "en" : look.choice.language);

/** Why this Slack user may not answer: the question was put to somebody else, or is no longer kept. */
function refusalOf(look: Look, user: string): string | null {
  if (look.kind === "unknown") return SLACK_TEXTS.en.gone;
  return look.reader.slack === user ? null : SLACK_TEXTS[look.choice.language].notYours(look.choice.asked.name);
}
