// What Prometheus may ask: one registry an app, so that two apps in one process do not mix. Names a customer never.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { sharedQuestion } from "./shared-question.ts";

export type Metrics = {
  /** A request on the webhook's path, by what became of it: kept, or why not. */
  readonly received: (outcome: string) => void;
  /** One commit of deliveries, with how many shared it and how long it took. */
  readonly committed: (deliveries: number, millis: number) => void;
  /** A delivery that the inbox is through with, or will try again. */
  readonly processed: (outcome: "done" | "ignored" | "failed" | "retried") => void;
  readonly effect: (kind: string, outcome: string) => void;
  /** A private message or an event for outside, by channel and what became of the try. */
  readonly notice: (channel: string, outcome: string) => void;
  readonly githubRequest: (status: number) => void;
  readonly githubRemaining: (installationId: number, resource: string, remaining: number) => void;
  readonly inboxLag: (millis: number, pending: number) => void;
  readonly failedDeliveries: (count: number) => void;
  readonly failedNotices: (count: number) => void;
  /** Deliveries that never arrived: found, asked for again, arrived after all, given up. */
  readonly missedDeliveries: (outcome: "found" | "asked" | "arrived" | "given up", count: number) => void;
  readonly missedWaiting: (figures: { readonly due: number; readonly givenUp: number }) => void;
  /** One request by which pull requests were compared with GitHub, by what it cost. */
  readonly compared: (points: number) => void;
  /** A pull request of which GitHub knew something that we did not, by what that was. */
  readonly drifted: (kind: string) => void;
  readonly duePatches: (count: number) => void;
  /** Registers what is read from the store before an answer, once a second at most; one that fails or is late leaves its last figures standing. */
  readonly beforeScrape: (read: () => Promise<void>) => void;
  readonly text: () => Promise<string>;
  readonly contentType: string;
};

/** Makes the figures of one app. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `patch_advocate_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `patch_advocate_${name}`, help, labelNames, registers });

  const received = counter("deliveries_received_total", "Requests on the webhook path by outcome", ["outcome"]);
  const batch = new Histogram({
    name: "patch_advocate_deliveries_per_commit",
    help: "Deliveries that shared one commit",
    buckets: [1, 2, 4, 8, 16, 32, 64, 128],
    registers,
  });
  const commit = new Histogram({
    name: "patch_advocate_delivery_commit_seconds",
    help: "How long one commit of deliveries took",
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers,
  });
  const processed = counter("deliveries_processed_total", "Deliveries worked on by outcome", ["outcome"]);
  const effects = counter("effects_total", "Effects by kind and outcome", ["kind", "outcome"]);
  const notices = counter("notices_total", "Private messages and events by channel and outcome", [
    "channel",
    "outcome",
  ]);
  const requests = counter("github_requests_total", "Requests to GitHub by status", ["status"]);
  const remaining = gauge("github_remaining_requests", "What is left of an installation's hour", [
    "installation",
    "resource",
  ]);
  const lag = gauge("inbox_lag_seconds", "Age of the oldest delivery that is due and not worked on");
  const pending = gauge("inbox_pending_deliveries", "Deliveries that wait to be worked on");
  const failed = gauge("inbox_failed_deliveries", "Deliveries that failed for good and wait for a person");
  const untold = gauge("failed_notices", "Private messages and events that failed for good and wait for a person");
  const missed = counter("missed_deliveries_total", "Deliveries that never arrived, by what was done", ["outcome"]);
  const waiting = gauge("missed_deliveries", "Deliveries that never arrived: still asked for, or given up", ["state"]);
  const comparisons = counter("reconciliation_requests_total", "Requests that compared pull requests with GitHub", []);
  const points = counter("reconciliation_points_total", "What those requests cost of GraphQL's hour", []);
  const drift = counter("drift_total", "Pull requests of which GitHub knew more than we did, by what", ["kind"]);
  const due = gauge("due_patches", "Patches that wait for a decision now");
  const reads: Array<() => Promise<void>> = [];

  return {
    received: (outcome) => received.inc({ outcome }),
    committed: (deliveries, millis) => {
      batch.observe(deliveries);
      commit.observe(millis / 1000);
    },
    processed: (outcome) => processed.inc({ outcome }),
    effect: (kind, outcome) => effects.inc({ kind, outcome }),
    notice: (channel, outcome) => notices.inc({ channel, outcome }),
    githubRequest: (status) => requests.inc({ status: String(status) }),
    githubRemaining: (installationId, resource, count) =>
      remaining.set({ installation: String(installationId), resource }, count),
    inboxLag: (millis, count) => {
      lag.set(millis / 1000);
      pending.set(count);
    },
    failedDeliveries: (count) => failed.set(count),
    failedNotices: (count) => untold.set(count),
    missedDeliveries: (outcome, count) => missed.inc({ outcome }, count),
    missedWaiting: ({ due, givenUp }) => {
      waiting.set({ state: "due" }, due);
      waiting.set({ state: "given up" }, givenUp);
    },
    compared: (cost) => {
      comparisons.inc();
      points.inc(cost);
    },
    drifted: (kind) => drift.inc({ kind }),
    duePatches: (count) => due.set(count),
    beforeScrape: (read) => {
      reads.push(sharedQuestion(read, undefined));
    },
    text: async () => {
      await Promise.allSettled(reads.map((read) => read()));
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
