// Slack as the product sees it: emulate's, behind a gateway that keeps every call, gives people the ids that stories name, and answers as
// Slack documents where emulate does not (https://docs.slack.dev/reference/methods/chat.postMessage).
import { createEmulator } from "emulate";
import { type Received, type Receiver, type Reply, startReceiver } from "./receiver.ts";

export const SLACK_TOKEN = "xoxb-for-tests";
export const SLACK_SIGNING_SECRET = "a-slack-signing-secret-for-tests";

export type SlackMessage = {
  readonly text: string;
  readonly blocks: readonly unknown[];
  /** The direct message's channel, and this message's place in it. */
  readonly channel: string;
  readonly ts: string;
  /** The message that it answers in a thread; null where it begins one. */
  readonly threadTs: string | null;
};

export type Slack = {
  readonly apiUrl: string;
  /** What reached a person (`U…`), oldest first. */
  readonly messagesTo: (user: string) => readonly SlackMessage[];
  /** Every message, with whom it reached. */
  readonly messages: readonly (SlackMessage & { readonly user: string })[];
  readonly calls: readonly Received[];
  /** How calls are answered from now on; what it gives undefined for reaches Slack. */
  readonly answer: Receiver["answer"];
  readonly close: () => Promise<void>;
};

/** Slack takes no message with more (https://docs.slack.dev/reference/block-kit/blocks). */
const MOST_BLOCKS = 50;

export async function startSlack(users: readonly string[]): Promise<Slack> {
  const emulator = await createEmulator({
    service: "slack",
    port: 0,
    hostname: "127.0.0.1",
    seed: {
      tokens: {},
      slack: {
        team: { name: "Acme", domain: "acme" },
        users: [{ name: "patch-advocate" }, ...users.map((name) => ({ name }))],
        tokens: [
          { token: SLACK_TOKEN, user: "patch-advocate", type: "bot", scopes: ["chat:write", "im:write", "users:read"] },
        ],
      },
    },
  });
  const messages: (SlackMessage & { readonly user: string })[] = [];
  const ids = await idsByName(emulator.url);

  async function pass(call: Received): Promise<Reply> {
    const fields = new URLSearchParams(call.raw);
    const asked = fields.get("channel") ?? "";
    const user = userOf(asked);
    if (call.path === "/api/chat.postMessage") {
      const problem = problemOf(fields);
      if (problem !== null) return { status: 200, body: { ok: false, error: problem } };
      const known = ids.get(asked);
      if (known !== undefined) fields.set("channel", known);
    }
    const answer = await fetch(`${emulator.url}${call.path}`, {
      method: "POST",
      headers: {
        authorization: call.headers.authorization ?? "",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: fields.toString(),
    });
    const body = (await answer.json()) as { ok: boolean; channel?: string; ts?: string };
    if (call.path === "/api/chat.postMessage" && body.ok) {
      messages.push({
        user: user ?? "",
        text: fields.get("text") ?? "",
        blocks: JSON.parse(fields.get("blocks") ?? "[]") as unknown[],
        channel: body.channel ?? "",
        ts: body.ts ?? "",
        threadTs: fields.get("thread_ts"),
      });
    }
    return { status: answer.status, body };
  }

  const userOf = (asked: string): string | undefined =>
    ids.has(asked) ? asked : messages.find(({ channel }) => channel === asked)?.user;

  const gateway = await startReceiver(pass);
  return {
    apiUrl: `${gateway.url}/api/`,
    messages,
    messagesTo: (user) => messages.filter((message) => message.user === user).map(({ user: _, ...message }) => message),
    calls: gateway.received,
    answer: gateway.answer,
    close: async () => {
      await gateway.close();
      await emulator.close();
    },
  };
}

async function idsByName(url: string): Promise<ReadonlyMap<string, string>> {
  const answer = await fetch(`${url}/api/users.list`, {
    method: "POST",
    headers: { authorization: `Bearer ${SLACK_TOKEN}` },
  });
  const { members } = (await answer.json()) as { members: readonly { id: string; name: string }[] };
  return new Map(members.map(({ id, name }) => [name, id]));
}

/** What Slack refuses and emulate takes. */
function problemOf(fields: URLSearchParams): string | null {
  const blocks = JSON.parse(fields.get("blocks") ?? "[]") as readonly SlackBlock[];
  if (blocks.length > MOST_BLOCKS) return "invalid_blocks";
  if (blocks.some((block) => problemOfBlock(block))) return "invalid_blocks";
  if ((fields.get("text") ?? "").length > 40_000) return "msg_too_long";
  return null;
}

type SlackText = { readonly text?: string };
type SlackBlock = {
  readonly type?: string;
  readonly text?: SlackText;
  readonly fields?: readonly SlackText[];
  readonly elements?: readonly {
    readonly type?: string;
    readonly text?: SlackText;
    readonly value?: string;
    readonly url?: string;
  }[];
};

const isLonger = (text: string | undefined, most: number): boolean => (text ?? "").length > most;

/** The limits of Block Kit's reference that a long title or a fifth answer would break. */
function problemOfBlock(block: SlackBlock): boolean {
  switch (block.type) {
    case "section":
      return (
        (block.text === undefined && block.fields === undefined) ||
        (block.text !== undefined && block.text.text === "") ||
        isLonger(block.text?.text, 3000) ||
        (block.fields ?? []).length > 10 ||
        (block.fields ?? []).some((field) => isLonger(field.text, 2000))
      );
    case "header":
      return isLonger(block.text?.text, 150) || block.text?.text === "";
    case "context":
      return (block.elements ?? []).length > 10 || (block.elements ?? []).length === 0;
    case "actions":
      return (
        (block.elements ?? []).length > 25 ||
        (block.elements ?? []).length === 0 ||
        (block.elements ?? []).some(
          ({ text, value, url }) => isLonger(text?.text, 75) || isLonger(value, 2000) || isLonger(url, 3000),
        )
      );
    case "divider":
    case "rich_text":
      return false;
    default:
      return true;
  }
}
