// How the demo's story is shown: what the product has newly done, read off the emulated GitHub and the mail server, never written down
// beforehand.
import type { Mail } from "../../test/support/channels/parse-mail.ts";
import type { CommentRef, ConversationRef } from "../../test/support/github/github.ts";
import type { Printer } from "./print.ts";
import type { Stage } from "./stage.ts";

export type Telling = {
  readonly stage: Stage;
  readonly printer: Printer;
  /** Gives people time to read; resolves at once where nobody watches. */
  readonly pause: () => Promise<void>;
};

export type Scene = {
  readonly act: (text: string) => Promise<void>;
  /** What is new on an issue or pull request. */
  readonly show: (ref: ConversationRef) => Promise<void>;
  readonly say: (login: string, ref: ConversationRef, text: string) => Promise<void>;
  readonly tellWrites: (where: string) => void;
  /** What was mailed since the last time, by its subject. */
  readonly tellMails: () => Promise<void>;
  /** The same, and the newest to this address whole. */
  readonly readMail: (address: string) => Promise<Mail>;
  readonly summary: () => string;
};

/** Prints what the product has newly done, as it can be seen on GitHub. */
export function sceneOn({ stage, printer, pause }: Telling): Scene {
  const { github } = stage;
  const said = new Set<number>();
  let mailsTold = 0;
  const seen = new Map<string, string>();
  let isFirst = true;

  async function show(ref: ConversationRef): Promise<void> {
    await stage.settle();
    const labels = [...github.labelsOn(ref)];
    const text = labels.length === 0 ? "no labels" : labels.map((label) => `[${label}]`).join(" ");
    const comments = github.commentsOn(ref).filter(({ author, id }) => author === github.botLogin && !said.has(id));
    const isSame = seen.get(ref.nodeId) === text;
    if (isSame && comments.length === 0) printer.answer(`Nothing is written; it still bears ${text}.`);
    else if (!isSame && (seen.has(ref.nodeId) || labels.length > 0)) printer.answer(`It now bears ${text}.`);
    else if (!isSame) printer.answer("Known from now on; nothing is written.");
    if (!seen.has(ref.nodeId)) printer.link(ref.url);
    seen.set(ref.nodeId, text);
    for (const { id, body } of comments) {
      said.add(id);
      printer.quote(`${github.botLogin} writes`, body.replace(/\s*<!-- patch-advocate [^>]*-->\s*$/, ""));
      printer.link(`${ref.url}#issuecomment-${id}`);
    }
  }

  /** Mails that nobody was told of yet. */
  const freshMails = (): readonly Mail[] => {
    const fresh = stage.mails.slice(mailsTold);
    mailsTold = stage.mails.length;
    return fresh;
  };

  /** One line a subject, however many get it. */
  const tellSubjects = (mails: readonly Mail[]): void => {
    for (const [subject, same] of Map.groupBy(mails, (mail) => mail.subject)) {
      const recipients = new Set(same.flatMap((mail) => mail.recipients));
      printer.answer(`A mail to ${[...recipients].toSorted().join(", ")}: “${subject}”`);
    }
  };

  return {
    tellMails: async () => {
      await stage.settle();
      tellSubjects(freshMails());
    },
    readMail: async (address) => {
      await stage.settle();
      const fresh = freshMails();
      tellSubjects(fresh.filter((mail) => !mail.recipients.includes(address)));
      const mail = fresh.findLast(({ recipients }) => recipients.includes(address));
      if (mail === undefined) throw new Error(`nothing was mailed to ${address}`);
      printer.answer(`A mail to ${address}: “${mail.subject}”`);
      printer.quote("It reads", mail.text.trim());
      return mail;
    },
    act: async (text: string) => {
      if (!isFirst) await pause();
      isFirst = false;
      printer.act(stage.now(), text);
    },
    show,
    say: async (login: string, ref: ConversationRef, text: string) => {
      printer.quote(`${login} writes`, text);
      const comment: CommentRef = await github.as(login).comment(ref, text);
      await stage.settle();
      const reactions = github.reactionsOn(comment).map(({ content }) => content);
      if (reactions.length > 0) printer.answer(`It reacts with ${reactions.join(" ")}.`);
      await show(ref);
    },
    tellWrites: (where: string) =>
      printer.answer(
        github.writes().length === 0
          ? `Nothing is written on ${where}.`
          : `${github.writes().length} writes on ${where}.`,
      ),
    summary: () => {
      const writes = github.writes();
      const comments = writes.filter(({ path }) => path.endsWith("/comments")).length;
      const reactions = writes.filter(({ path }) => path.endsWith("/reactions")).length;
      return `Five weeks, ${github.deliveries.length} webhooks, ${github.requests.length} requests to GitHub. ${comments} comments and ${reactions} reactions were written; everything else on GitHub was labels. ${stage.mails.length} mails went out. ${violationsText(github.violations.length)}`;
    },
  };
}

const violationsText = (count: number): string =>
  count === 0
    ? "All of it was held against GitHub's own description."
    : `${count} of it broke GitHub's own description.`;
