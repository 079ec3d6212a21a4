// A notifier over a database of its own, real servers behind its ways of telling, and a clock that the test moves.
import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import type { Senders } from "../../src/notify/deliver.ts";
import { createMailSender } from "../../src/notify/mail.ts";
import type { Message } from "../../src/notify/message.ts";
import type { NewNotice, Recipient } from "../../src/notify/notice.ts";
import { createNotifier, type Notifier } from "../../src/notify/notifier.ts";
import { createPagerDutySender } from "../../src/notify/pagerduty.ts";
import { createSlackSender } from "../../src/notify/slack.ts";
import { enqueueNotices } from "../../src/notify/store.ts";
import { createWebhookSender } from "../../src/notify/webhook.ts";
import {
  type ChannelLedger,
  type ChannelName,
  type Channels,
  createChannelLedger,
  MAIL_FROM,
  PUBLIC_URL,
  startChannels,
  WEBHOOK_SECRET_OUT,
} from "../support/channels/channels.ts";
import { SLACK_TOKEN } from "../support/channels/slack.ts";
import { type Dialect, makeDatabase } from "../support/databases.ts";

export const OWNER = 50_001;
/** A Tuesday in everybody's hours. */
export const TUESDAY = "2026-03-03T10:00:00Z";
/** How long a test lets a server keep silent. */
const PATIENCE_MILLIS = 1_500;

export const SATO: Recipient = {
  key: "mail:sato@acme.example",
  name: "Sato",
  login: null,
  email: "sato@acme.example",
  slack: null,
  language: "en",
  timezone: "UTC",
  hours: null,
};
export const KENJI: Recipient = {
  ...SATO,
  key: "login:kenji",
  name: "Kenji",
  login: "kenji",
  email: "kenji@acme.example",
  slack: "U0456",
};

export const message = (subject: string): Message => ({
  subject,
  language: "en",
  blocks: [{ kind: "paragraph", line: [`About ${subject}.`] }],
});

export const personal = (
  key: string,
  to: Recipient = SATO,
  given: Partial<Extract<NewNotice, { channel: "person" }>> = {},
): NewNotice => ({
  key,
  ownerId: OWNER,
  patchId: null,
  kind: "test",
  because: "a test asked for it",
  runAfter: 0,
  channel: "person",
  to,
  thread: null,
  isUrgent: false,
  message: message(key),
  ...given,
});

export const outside = (key: string, channel: "webhook" | "pagerduty" = "webhook"): NewNotice => {
  const event = { type: "case.shipped", at: Date.parse("2026-03-03T09:59:00Z"), data: { case: "CASE-7" } };
  const asked = {
    key,
    ownerId: OWNER,
    patchId: null,
    kind: "test" as const,
    because: "a test asked for it",
    runAfter: 0,
  };
  return channel === "webhook"
    ? { ...asked, channel, event }
    : { ...asked, channel, event: { ...event, summary: `S1: ${key}`, incident: key, action: "trigger" } };
};

export type NotifyStage = ChannelLedger & {
  readonly database: Database;
  readonly channels: Channels;
  readonly senders: Senders;
  readonly logs: readonly string[];
  readonly now: () => number;
  readonly moveTo: (when: string | number) => void;
  readonly enqueue: (...notices: readonly NewNotice[]) => Promise<void>;
  /** Tells all that is due now. */
  readonly run: () => Promise<void>;
  /** Runs at each time at which something falls due until nothing is left, or a day has gone by; answers the instants. */
  readonly runOn: () => Promise<readonly string[]>;
  readonly rows: () => Promise<readonly Row[]>;
  /** Another process on the same database, with these ways of telling. */
  readonly another: (senders: Senders) => Notifier;
};

type Row = {
  key: string;
  state: string;
  attempts: number;
  run_after: number;
  tried: string;
  outcome: Record<string, unknown>;
};

export async function openNotify(given: {
  readonly on: Dialect;
  readonly channels: readonly ChannelName[];
  readonly now?: string;
}): Promise<NotifyStage> {
  let clock = Date.parse(given.now ?? TUESDAY);
  const now = () => clock;
  const channels = await startChannels(given.channels, ["U0456", "U0123"]);
  const made = await makeDatabase(given.on);
  const database = await openDatabase(made.url);
  const logs: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => logs.push(line) });
  const { mail, slack, webhook, pagerDuty } = channels;
  const timeoutMillis = PATIENCE_MILLIS;
  const senders: Senders = {
    mail: mail === null ? null : createMailSender({ url: mail.url, from: MAIL_FROM, timeoutMillis }),
    slack:
      slack === null
        ? null
        : createSlackSender({ botToken: SLACK_TOKEN, apiUrl: slack.apiUrl, timeoutMillis: 4 * timeoutMillis }),
    webhook:
      webhook === null
        ? null
        : createWebhookSender({ url: `${webhook.url}/hooks`, secret: WEBHOOK_SECRET_OUT, timeoutMillis }),
    pagerduty:
      pagerDuty === null
        ? null
        : createPagerDutySender({
            routingKey: "routing-key",
            apiUrl: pagerDuty.url,
            publicUrl: PUBLIC_URL,
            timeoutMillis,
          }),
  };
  const isObserved = async () => false;
  const another = (theirs: Senders) =>
    createNotifier({ database, now, log, holder: randomUUID(), senders: theirs, isObserved });
  const notifier = another(senders);
  await database.db
    .insertInto("installations")
    .values({
      id: 900,
      owner_id: OWNER,
      owner_login: "acme-db",
      owner_type: "Organization",
      state: "active",
      permissions: "{}",
      installed_at: 0,
      parked_until: null,
      parked_because: null,
    })
    .execute();
  onTestFinished(async () => {
    await notifier.stop();
    await database.close();
    await made.remove();
    await channels.close();
  });

  const run = async () => {
    await notifier.runUntilIdle();
  };
  const nextDue = async () => {
    const row = await database.db
      .selectFrom("notices")
      .select((column) => column.fn.min("run_after").as("at"))
      .where("state", "=", "due")
      .executeTakeFirst();
    return row?.at ?? null;
  };
  return {
    ...createChannelLedger(channels),
    database,
    channels,
    senders,
    logs,
    now,
    moveTo: (when) => {
      clock = typeof when === "number" ? when : Date.parse(when);
    },
    enqueue: (...notices) => database.transaction((tx) => enqueueNotices(tx, notices, clock)),
    run,
    runOn: async () => {
      const until = clock + 24 * 60 * 60_000;
      const instants: string[] = [];
      for (let due = await nextDue(); due !== null && due <= until; due = await nextDue()) {
        clock = Math.max(clock, due);
        instants.push(new Date(clock).toISOString());
        await run();
      }
      return instants;
    },
    rows: async () => {
      const rows = await database.db
        .selectFrom("notices")
        .select(["key", "state", "attempts", "run_after", "tried", "outcome"])
        .orderBy("id")
        .execute();
      return rows.map((row) => ({ ...row, outcome: JSON.parse(row.outcome ?? "{}") as Record<string, unknown> }));
    },
    another,
  };
}
