// What always holds of a standing, in whatever order and however often its facts arrive.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Actor } from "../../src/github/refs.ts";
import { type Fact, type FactBody, naturalKey } from "../../src/patches/fact.ts";
import { standingOf } from "../../src/patches/standing.ts";
import { ALWAYS, workingMillis } from "../../src/policy/calendar.ts";
import {
  ADDRESSED,
  anna,
  approves,
  archived,
  asksForReview,
  asksTeam,
  at,
  ci,
  closed,
  commandsOnly,
  declineConfirmed,
  dismisses,
  drafted,
  exempted,
  exemptionEnded,
  fact,
  HOUR,
  landed,
  max,
  merged,
  mira,
  OFFICE,
  opened,
  openedAsDraft,
  pushed,
  putsOff,
  ready,
  reopened,
  reviews,
  SIDES,
  sam,
  says,
  seen,
  snoozes,
  superseded,
  unarchived,
  unsnoozes,
  waitsFor,
  wantsChanges,
  zoe,
} from "./builders.ts";

const START = at("2026-03-02T09:00:00Z");
const NOW = at("2026-03-20T12:00:00Z");

const people = fc.constantFrom<Actor | null>(anna, sam, mira, max, zoe, ci, null);
const stateEvents: readonly FactBody[] = [ready, drafted, closed, merged, reopened, archived, unarchived];
const reviewIds = fc.integer({ min: 1, max: 6 });
const bodies = fc.oneof(
  fc.constantFrom<FactBody>(
    ...stateEvents,
    commandsOnly,
    says("why?"),
    says("@max?"),
    says("@anna?"),
    asksForReview(mira),
    asksTeam,
    { kind: "review-request-removed", of: { kind: "user", id: mira.id, login: mira.login } },
    waitsFor("author"),
    waitsFor("maintainer"),
    snoozes("2026-03-06T12:00:00Z"),
    snoozes("2026-03-31T09:00:00Z"),
    unsnoozes,
    seen(true),
    seen(false),
    seen(false, ["ci"]),
    exempted("blocked"),
    exemptionEnded("blocked"),
    { kind: "asked", logins: ["mira"], ids: [null], teams: [] },
    { kind: "taken", untilAt: NOW },
    { kind: "unwanted", what: "comment" },
    landed("command"),
    landed("push"),
    superseded(),
    declineConfirmed,
    putsOff("2026-03-06T12:00:00Z"),
    { kind: "escalation-asked", isAnyway: false, reason: null, as: "supporter" },
    { kind: "released", tag: "v1", url: null },
  ),
  reviewIds.map(approves),
  reviewIds.map(wantsChanges),
  reviewIds.map((id) => reviews("commented", id)),
  reviewIds.map(dismisses),
  fc.integer({ min: 1, max: 4 }).map((n) => pushed(`${n}`)),
);
/** Few different seconds, so that many facts bear the same. */
const seconds = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((n) => START + n * 10 * HOUR),
  fc.integer({ min: 0, max: 12 }).map((n) => START + n * 1000),
);
const timelines = fc
  .tuple(fc.constantFrom(opened, openedAsDraft), fc.array(fc.tuple(seconds, people, bodies), { maxLength: 25 }))
  .map(([first, events]) => oncePerKey([fact(START, anna, first), ...events.map((each, n) => fact(...each, n))]));

/** As the store keeps them: of two facts with one key the first stays. */
function oncePerKey(facts: readonly Fact[]): readonly Fact[] {
  return [...new Map(facts.toReversed().map((each) => [each.key, each])).values()].toReversed();
}

const standing = (facts: readonly Fact[], calendar = OFFICE) =>
  standingOf({
    facts,
    sides: SIDES,
    addressed: ADDRESSED,
    calendar,
    exemption: { drafts: true, whole: null },
    now: NOW,
  });

/** Waiting that came over from others, so that its order counts too. */
const carried = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: -40, max: 40 }))
  .map(
    ([from, hours, when]): Fact => ({
      kind: "carried-over",
      fromPatch: `10#${from}`,
      pull: `acme-db/db#${from}`,
      untilAt: START + when * HOUR,
      clockMillis: hours * HOUR,
      heldMillis: { maintainer: hours * HOUR, author: hours * HOUR },
      key: `carried-over:10#${from}`,
      at: START + 40 * HOUR,
      actor: null,
    }),
  );

test("facts that arrive in another order and several times give the same standing", () => {
  const all = fc
    .tuple(timelines, fc.uniqueArray(carried, { selector: (each) => each.key, maxLength: 2 }))
    .map(([facts, more]) => [...facts, ...more]);
  const shuffled = all.chain((facts) =>
    fc.record({
      facts: fc.constant(facts),
      others: fc.tuple(
        fc.shuffledSubarray([...facts], { minLength: facts.length }),
        fc.subarray([...facts]),
        fc.boolean(),
      ),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ facts, others: [order, again, isBefore] }) => {
      expect(standing(isBefore ? [...again, ...order] : [...order, ...again])).toEqual(standing(facts));
    }),
    { numRuns: 400 },
  );
});

test("a change of state that GitHub tells twice, a second apart, gives the same turn and the same time", () => {
  const spaced = fc
    .array(fc.tuple(fc.constantFrom(anna, mira, max, sam), fc.constantFrom(...stateEvents, ...others())), {
      maxLength: 12,
    })
    .map((events) =>
      // An hour apart, so that nothing else happens within the second.
      oncePerKey([
        fact(START, anna, opened),
        ...events.map(([by, what], n) => fact(START + (n + 1) * HOUR, by, what, n)),
      ]),
    );
  fc.assert(
    fc.property(spaced, (facts) => {
      const twice = facts.flatMap((each) => {
        if (!stateEvents.some((what) => what.kind === each.kind)) return [each];
        const later = { ...each, at: each.at + 1000 };
        return [each, { ...later, key: naturalKey(each.kind, null, later) }];
      });
      const { turn, because, sinceAt, clockMillis, heldMillis, round, stretches } = standing(facts);
      expect(standing(twice)).toMatchObject({ turn, because, sinceAt, clockMillis, heldMillis, round, stretches });
    }),
    { numRuns: 400 },
  );
});

function others(): readonly FactBody[] {
  return [says("why?"), wantsChanges(1), approves(2), pushed("b"), asksForReview(mira), waitsFor("author")];
}

test("nobody's clock runs backwards, and together they show no more than the working time since the start", () => {
  fc.assert(
    fc.property(timelines, fc.constantFrom(OFFICE, ALWAYS), (facts, calendar) => {
      const { clockMillis, heldMillis, sinceAt, stretches } = standing(facts, calendar);
      expect(clockMillis).toBeGreaterThanOrEqual(0);
      expect(clockMillis).toBeLessThanOrEqual(heldMillis.maintainer);
      expect(heldMillis.author).toBeGreaterThanOrEqual(0);
      expect(heldMillis.maintainer + heldMillis.author).toBeLessThanOrEqual(workingMillis(calendar, START, NOW));
      expect(sinceAt).toBeGreaterThanOrEqual(START);
      expect(sinceAt).toBeLessThanOrEqual(NOW);
      stretches.reduce((untilAt, stretch) => {
        expect(stretch.fromAt).toBe(untilAt);
        expect(stretch.untilAt).toBeGreaterThan(stretch.fromAt);
        return stretch.untilAt;
      }, START);
    }),
    { numRuns: 400 },
  );
});

test("only a maintainer's response sets the clock back", () => {
  fc.assert(
    fc.property(timelines, (facts) => {
      const at = (now: number) =>
        standingOf({
          facts,
          sides: SIDES,
          addressed: ADDRESSED,
          calendar: ALWAYS,
          exemption: { drafts: true, whole: null },
          now,
        });
      const times = [...new Set(facts.map((each) => each.at))].toSorted((a, b) => a - b);
      times.reduce((before, now) => {
        const next = at(now);
        if (next.clockMillis < before.clockMillis) expect(next.round).not.toBe(before.round);
        return next;
      }, at(START));
    }),
  );
});
