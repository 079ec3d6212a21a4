// Mail: one message as text and HTML over SMTP, under a Message-ID that stays the same however often it is tried. Apart, because only here
// anything knows of SMTP and of mail's headers.
import { createHash } from "node:crypto";
import { createTransport } from "nodemailer";
import { cutTo, readable } from "../effects/escape.ts";
import type { Letter } from "./deliver.ts";
import type { SendOutcome } from "./outcome.ts";
import { renderHtml } from "./render-html.ts";
import { renderText } from "./render-text.ts";

type MailOptions = {
  /** `smtp://USER:PASSWORD@HOST:PORT` or `smtps://…`. */
  readonly url: string;
  /** `Name <address>`, or the address alone. */
  readonly from: string;
  /** How long the server may keep silent. */
  readonly timeoutMillis?: number;
};

const TIMEOUT_MILLIS = 15_000;
const LONGEST_SUBJECT = 250;

/** An address without anything that SMTP or a header could take for more than one address. */
const ADDRESS = /^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}@[^\s@<>"(),:;\\[\]\p{Cc}]{1,253}$/u;

/** Makes the way. A connection lives for one mail. */
export function createMailSender(options: MailOptions): (letter: Letter) => Promise<SendOutcome> {
  const timeout = options.timeoutMillis ?? TIMEOUT_MILLIS;
  const transport = createTransport({
    url: options.url,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const sender = senderOf(options.from);

  return async ({ key, to, message, reference, at }) => {
    if (to.email === null || !ADDRESS.test(to.email)) return { kind: "refused", because: "the address is none" };
    const messageId = messageIdOf(key, sender.address);
    try {
      await transport.sendMail({
        from: { name: sender.name, address: sender.address },
        to: { name: readable(to.name), address: to.email },
        envelope: { from: sender.address, to: [to.email] },
        subject: cutTo(readable(cutTo(message.subject, LONGEST_SUBJECT * 4)), LONGEST_SUBJECT),
        text: renderText(message),
        html: renderHtml(message),
        date: new Date(at),
        messageId,
        ...(reference === null || reference === messageId ? {} : { inReplyTo: reference, references: [reference] }),
        headers: {
          "Auto-Submitted": "auto-generated",
          "List-Unsubscribe": `<mailto:${encodeURI(sender.address)}?subject=unsubscribe>`,
        },
      });
      return { kind: "sent", reference: messageId };
    } catch (error) {
      return outcomeOfMailFault(error);
    }
  };
}

/** The same for the same message, so that a mail that arrives twice is seen to be one. */
export function messageIdOf(key: string, from: string): string {
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return `<${createHash("sha256").update(key).digest("hex").slice(0, 40)}@${domain}>`;
}

/** What SMTP_FROM says, taken apart. */
export function senderOf(from: string): { readonly name: string; readonly address: string } {
  const [, name = "", address = from.trim()] = /^(.*?)\s*<([^<>]*)>\s*$/s.exec(from.trim()) ?? [];
  return { name: readable(name.replace(/^"(.*)"$/s, "$1")), address };
}

type MailFault = {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly command?: unknown;
  readonly message?: unknown;
};

/** A refused recipient or mail is final; everything else, a refused sign-in too, is the server's trouble and passes (RFC 5321, 4.2.1). */
export function outcomeOfMailFault(error: unknown): SendOutcome {
  const fault: MailFault = typeof error === "object" && error !== null ? error : {};
  const code = typeof fault.responseCode === "number" ? fault.responseCode : null;
  const detail = String(fault.message ?? error).slice(0, 500);
  const isOfThisMail = fault.command === "RCPT TO" || fault.command === "DATA";
  if (isOfThisMail && code !== null && code >= 500 && code !== 503) {
    const what = fault.command === "DATA" ? "the mail" : "the recipient";
    return { kind: "refused", because: `the mail server refused ${what} (${code})`, detail };
  }
  if (fault.code === "EENVELOPE" && code === null) return { kind: "refused", because: "the address is none", detail };
  if (fault.code === "EAUTH") return { kind: "unusable", because: "the mail server refused our sign-in", detail };
  if (code !== null)
    return { kind: "again", because: `the mail server answered ${code}`, detail, isDown: !isOfThisMail };
  return {
    kind: "again",
    because: `the mail server could not be reached (${String(fault.code)})`,
    detail,
    isDown: true,
  };
}
