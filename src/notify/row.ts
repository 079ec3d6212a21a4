// A row of `notices` read back: what was asked for, parsed once. Apart, because a row may have been written by an older release.
import { z } from "zod";
import type { Message } from "./message.ts";
import type { Alarm, OutsideEvent, Recipient } from "./notice.ts";

const inline = z.union([
  z.string(),
  z.object({ kind: z.literal("strong"), text: z.string() }),
  z.object({ kind: z.literal("code"), text: z.string() }),
  z.object({ kind: z.literal("link"), text: z.string(), url: z.string() }),
]);
const line = z.array(inline);
const choice = z.object({
  label: z.string(),
  url: z.string().nullable(),
  value: z.string().nullable(),
  style: z.enum(["primary", "danger", "plain"]),
});
const block = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), text: z.string() }),
  z.object({ kind: z.literal("paragraph"), line }),
  z.object({ kind: z.literal("list"), items: z.array(line) }),
  z.object({ kind: z.literal("facts"), rows: z.array(z.object({ label: z.string(), value: line })) }),
  z.object({ kind: z.literal("quote"), text: z.string() }),
  z.object({ kind: z.literal("fold") }),
  z.object({ kind: z.literal("choices"), choices: z.array(choice) }),
]);
const message = z.object({ subject: z.string(), language: z.enum(["en", "ja"]), blocks: z.array(block) });

const recipient = z.object({
  key: z.string(),
  name: z.string(),
  login: z.string().nullable(),
  email: z.string().nullable(),
  slack: z.string().nullable(),
  language: z.enum(["en", "ja"]),
  timezone: z.string(),
  hours: z.string().nullable(),
});

const event = z.object({ type: z.string(), at: z.number(), data: z.record(z.string(), z.unknown()) });
const page = event.extend({ summary: z.string(), incident: z.string(), action: z.enum(["trigger", "resolve"]) });

export const ways = z.array(z.enum(["mail", "slack"]));

export type Told =
  | { readonly channel: "person"; readonly to: Recipient; readonly message: Message }
  | { readonly channel: "webhook"; readonly event: OutsideEvent }
  | { readonly channel: "pagerduty"; readonly event: Alarm };

/** @throws when what was stored is nobody. */
export const storedRecipient = (json: string): Recipient => recipient.parse(JSON.parse(json));

/** What a row tells and to whom. @throws where it cannot be read. */
export function readTold(row: {
  readonly channel: "person" | "webhook" | "pagerduty";
  readonly recipientData: string;
  readonly body: string;
}): Told {
  const body: unknown = JSON.parse(row.body);
  switch (row.channel) {
    case "person":
      return { channel: "person", to: storedRecipient(row.recipientData), message: message.parse(body) };
    case "webhook":
      return { channel: "webhook", event: event.parse(body) };
    case "pagerduty":
      return { channel: "pagerduty", event: page.parse(body) };
  }
}
