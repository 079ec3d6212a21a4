// Wires everything: one app is a web server, an inbox, a decider, an outbox, a backfiller, a shipper and a sweeper over one database. The
// process, the demo and the tests all make it here.
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import { sessionSecrets } from "./board/secrets.ts";
import { caseCommentOf } from "./cases/comment.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db/database.ts";
import { troubleText } from "./db/storage.ts";
import { createOutbox } from "./effects/outbox.ts";
import { createPerform } from "./effects/perform.ts";
import { createBackfiller } from "./github/backfiller.ts";
import { createBudgetKeeper } from "./github/budget.ts";
import { createGitHub } from "./github/client.ts";
import { inboxFigures } from "./github/deliveries-store.ts";
import { createInbox } from "./github/inbox.ts";
import { missedFigures } from "./github/missed/store.ts";
import { missedDeliveries } from "./github/missed/sweep.ts";
import { createReceiver } from "./github/receive.ts";
import { createKeeper } from "./github/receive-thread.ts";
import { INSTALLATIONS, installationsComparison } from "./github/reconcile/installations.ts";
import { reconciliation } from "./github/reconcile/reconcile.ts";
import { hurryReconciliation } from "./github/reconcile/store.ts";
import type { Metrics } from "./metrics.ts";
import { channelsIn } from "./notify/channels.ts";
import { createNotifier } from "./notify/notifier.ts";
import { isObserved } from "./notify/observed.ts";
import { createSenders } from "./notify/senders.ts";
import { failedNoticeCount } from "./notify/store.ts";
import { createDecider } from "./patches/decider.ts";
import { placeOf } from "./patches/place.ts";
import { stillHolds } from "./patches/still-holds.ts";
import { duePatchCount } from "./patches/store.ts";
import { createPeople } from "./people/people.ts";
import { refreshHolidays } from "./policy/holidays.ts";
import { labelDefinitions } from "./policy/policy.ts";
import { react } from "./reactions.ts";
import { createShipper } from "./releases/shipper.ts";
import { createScheduler, type Schedule } from "./schedules/scheduler.ts";
import { hurrySchedule } from "./schedules/store.ts";
import type { Visit } from "./setup/visit.ts";
import { createSweeper, SWEEP } from "./sweeper.ts";
import { createRoutes } from "./web/routes.ts";
import { createWebServer } from "./web/server.ts";

export type App = {
  /** Listens and works. Port 0 takes any that is free. */
  readonly start: () => Promise<{ port: number }>;
  /** Accepts nothing new, finishes what is in hand and rests; the database stays open. */
  readonly stop: () => Promise<void>;
  /** Works until nothing is due any more, for tests and the demo, which move the clock themselves. */
  readonly settle: () => Promise<void>;
  /** From now on the secrets of this configuration count: webhook, sessions, private key. Nothing else of it is looked at. */
  readonly takeSecrets: (config: Config) => Promise<void>;
};

type Parts = {
  readonly config: Config;
  readonly database: Database;
  readonly now: () => number;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** The browser that made the App, where this process did. */
  readonly visit?: Visit;
  readonly fetch?: typeof globalThis.fetch;
};

/** Builds an app at rest. Nothing is asked of GitHub before `start`. */
export async function createApp({ config, database, now, log, metrics, visit, fetch }: Parts): Promise<App> {
  database.storage.onNews((news) => {
    if (news.kind === "over") log.warn({ seconds: news.seconds }, "the database takes writes again");
    else log.error({ storage: news.trouble, faults: news.faults }, troubleText(news.trouble));
  });
  await refreshHolidays(database.db);
  // Only the secrets of it are ever others.
  let current = config;
  const keepBudget = createBudgetKeeper({ database, log });
  const github = createGitHub({
    config: {
      appId: config.app.id,
      privateKey: () => current.app.privateKey,
      apiUrl: config.github.apiUrl,
      graphqlUrl: config.github.graphqlUrl,
    },
    database,
    log,
    ...(fetch === undefined ? {} : { fetch }),
    now,
    onBudget: (installationId, heard) => {
      metrics.githubRemaining(installationId, heard.resource, heard.left.remaining);
      keepBudget(installationId, heard);
    },
    metrics: ({ status }) => {
      if (typeof status === "number") metrics.githubRequest(status);
    },
  });
  const people = createPeople({ database, github, now });
  const addresses = { publicUrl: config.web.publicUrl, webUrl: config.github.webUrl };
  const wiring = { database, github, people, now, log, addresses, channels: channelsIn(config) };
  const receiveDelivery = react(github.probot, wiring);
  const inbox = createInbox({ database, receive: receiveDelivery, now, log, metrics });
  const decider = createDecider(wiring);
  const backfiller = createBackfiller(wiring);
  const shipper = createShipper(wiring);
  const sweeper = createSweeper(wiring, config);
  // Apart from the sweep, and from each other: a GitHub that is slow keeps nothing waiting that needs none, nor what is lost behind a comparison.
  const scheduler = (...schedules: readonly Schedule[]) =>
    createScheduler({ database, log, now, holder: randomUUID(), schedules });
  const catchingUp = [
    scheduler(
      missedDeliveries({
        database,
        github,
        log,
        now,
        metrics,
        of: `${config.app.id}@${config.github.apiUrl}`,
        onGap: async (installationId, at) => {
          await hurrySchedule(database, { name: INSTALLATIONS, now: at, ranBefore: at - 60_000 });
          await hurryReconciliation(database.db, { installationId, now: at });
        },
      }),
    ),
    scheduler(installationsComparison(wiring)),
    scheduler(reconciliation({ ...wiring, metrics })),
  ];
  const place = (repositoryId: number) => placeOf(database, repositoryId, { fromAt: now(), now: now() });
  const outbox = createOutbox({
    database,
    now,
    log,
    holder: randomUUID(),
    onOutcome: (kind, outcome) => metrics.effect(kind, outcome),
    perform: createPerform({
      github,
      database,
      now,
      log,
      stillHolds: (row, at) => stillHolds(wiring, row, at),
      writesAllowed: async (repositoryId) => {
        const mode = (await place(repositoryId))?.mode ?? "unconfigured";
        return mode === "act" ? "all" : mode === "observe" ? "nothing" : "answers";
      },
      caseCommentOf: (caseId) => caseCommentOf(database, caseId, { webUrl: addresses.webUrl, now: now() }),
      labelDefinitionsFor: async (repositoryId) => {
        const known = await place(repositoryId);
        return known === null ? [] : labelDefinitions(known.policy);
      },
    }),
  });

  const notifier = createNotifier({
    database,
    now,
    log,
    holder: randomUUID(),
    senders: await createSenders(config),
    isObserved: (row) => isObserved(database, row, now()),
    onOutcome: (channel, outcome) => metrics.notice(channel, outcome),
  });

  let secrets = await sessionSecrets(database, config.web.sessionSecrets);

  // From here on nothing fails any more: the keeper's thread ends only with the app.
  let isStopping = false;
  const keeper = createKeeper({ databaseUrl: config.databaseUrl, database, metrics });
  const receiver = createReceiver({ secrets: () => current.webhook.secrets, keep: keeper.keep, now, log, metrics });
  const health = { database, isStopping: () => isStopping, metrics };
  const board = { config, secrets: () => secrets, fetch: fetch ?? globalThis.fetch };
  const routes = createRoutes({ wiring, log, slack: config.slack, board, visit: visit ?? null, health });
  const web = createWebServer({
    webhookPath: config.webhook.path,
    receive: receiver,
    routes: routes.hono,
  });
  metrics.beforeScrape(async () => {
    metrics.duePatches(await duePatchCount(database.db, now()));
    const { oldestDueAt, pending, failed } = await inboxFigures(database.db, now());
    metrics.inboxLag(oldestDueAt === null ? 0 : now() - oldestDueAt, pending);
    metrics.failedDeliveries(failed);
    metrics.failedNotices(await failedNoticeCount(database.db));
    metrics.missedWaiting(await missedFigures(database.db));
  });

  return {
    start: async () => {
      const listening = await web.listen({ port: config.web.port, host: config.web.host });
      inbox.start();
      decider.start();
      outbox.start();
      notifier.start();
      backfiller.start();
      shipper.start();
      sweeper.start();
      for (const each of catchingUp) each.start();
      return listening;
    },
    stop: async () => {
      isStopping = true;
      await web.close();
      await routes.settled();
      await keeper.close();
      const engines = [inbox, backfiller, shipper, sweeper, ...catchingUp];
      await Promise.all(engines.map((each) => each.stop()));
      await decider.stop();
      await Promise.all([outbox.stop(), notifier.stop()]);
    },
    settle: async () => {
      // Twice nothing: what the workers did by themselves meanwhile may have left work for those that were asked before.
      for (let rests = 0; rests < 2; ) {
        await routes.settled();
        const done =
          (await inbox.runUntilIdle()) +
          (await backfiller.runUntilIdle()) +
          (await shipper.runUntilIdle()) +
          (await sweeper.runOnce([SWEEP])) +
          (await sweeper.runDue()) +
          (await Promise.all(catchingUp.map((each) => each.runDue()))).reduce((sum, done) => sum + done, 0) +
          (await decider.runUntilIdle()) +
          (await outbox.runUntilIdle()) +
          (await notifier.runUntilIdle());
        rests = done === 0 ? rests + 1 : 0;
      }
    },
    takeSecrets: async ({ app, webhook, web }) => {
      secrets = await sessionSecrets(database, web.sessionSecrets);
      current = {
        ...config,
        app: { ...config.app, privateKey: app.privateKey },
        webhook: { ...config.webhook, secrets: webhook.secrets },
      };
    },
  };
}
