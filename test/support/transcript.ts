// What people saw of a story, in the order in which they saw it: a text that is compared whole and can be read aloud.
import type { Story } from "./start-app.ts";

type Ref = { readonly repository: string; readonly number: number; readonly nodeId: string };

export type Transcript = {
  /** Tells what is new since the last time, under a heading of its own. */
  readonly tell: (what: string) => void;
  readonly text: () => string;
};

type Watched = {
  readonly on: Readonly<Record<string, Ref>>;
  readonly mails: readonly string[];
  readonly slack?: readonly string[];
  /** Of mails only so many paragraphs, where their rest is told elsewhere. */
  readonly paragraphs?: number;
};

/** `on`: issues and pull requests by the name that the transcript gives them. */
export function createTranscript(story: Story, { on, mails, slack = [], paragraphs }: Watched): Transcript {
  const lines: string[] = [];
  const told = new Map<string, number>();
  const comments = new Map<string, readonly string[]>();
  const labels = new Map<string, string>();
  const fresh = <Item>(key: string, items: readonly Item[]): readonly Item[] => {
    const known = told.get(key) ?? 0;
    told.set(key, items.length);
    return items.slice(known);
  };
  const tidy = (text: string): string =>
    text
      .replaceAll(/\/answer\/[\w-]{43}/g, "/answer/…")
      .replaceAll(story.github.webUrl, "https://github.example")
      .replaceAll(/\b[0-9a-f]{12}\b/g, "0123456789ab")
      .replaceAll(/#issuecomment-\d+/g, "#issuecomment-…")
      .replaceAll(/#pullrequestreview-\d+/g, "#pullrequestreview-…")
      .replaceAll(/[ \t]+$/gm, "");
  const cut = (text: string): string => {
    const parts = text.split("\n\n");
    return paragraphs === undefined || parts.length <= paragraphs
      ? text
      : [...parts.slice(0, paragraphs), "[…]"].join("\n\n");
  };
  const say = (who: string, text: string) => lines.push("", `--- ${who}`, tidy(text));

  const conversation = (name: string, ref: Ref) => {
    const before = comments.get(name) ?? [];
    const now = story.commentsOn(ref);
    comments.set(name, now);
    now.forEach((text, index) => {
      const earlier = before[index];
      if (earlier === undefined) say(`a comment on ${name}`, text);
      else if (earlier !== text && text === `[folded] ${earlier}`)
        lines.push("", `--- comment ${index + 1} on ${name} is folded`);
      else if (earlier !== text) say(`comment ${index + 1} on ${name} now says`, text);
    });
    const bears = story.labelsOn(ref).join(", ");
    if ((labels.get(name) ?? "") !== bears) lines.push("", `--- labels on ${name}: ${bears === "" ? "none" : bears}`);
    labels.set(name, bears);
  };

  return {
    tell: (what) => {
      lines.push("", `=== ${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC: ${what}`);
      for (const [name, ref] of Object.entries(on)) conversation(name, ref);
      for (const address of mails)
        for (const mail of fresh(`mail ${address}`, story.mailsTo(address)))
          say(`a mail to ${address}: ${tidy(mail.subject)}`, cut(mail.text));
      for (const user of slack)
        for (const message of fresh(`slack ${user}`, story.slackTo(user)))
          say(`a Slack message to ${user}`, JSON.stringify(message, null, 2));
      for (const { body } of fresh("hooks", story.hooks())) {
        const { id: _, ...event } = body as Record<string, unknown>;
        say("an event for outside", JSON.stringify(event, null, 2));
      }
      for (const { body } of fresh("pages", story.pages())) say("an alarm", JSON.stringify(body, null, 2));
    },
    text: () => `${lines.join("\n").trimStart()}\n`,
  };
}
