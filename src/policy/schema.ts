// The whole of `.github/patch-advocate.yml` as a zod schema: its keys as they are written on the left, our words on the right.
import { z } from "zod";
import {
  calendarDays,
  choice,
  color,
  date,
  flag,
  hours,
  labelText,
  listOf,
  login,
  party,
  pattern,
  region,
  repository,
  timeOfDay,
  timezone,
  webAddress,
  wholeNumber,
  workingDuration,
} from "./leaves.ts";
import { mustBe } from "./problems.ts";
import { patternsProblem } from "./references.ts";

const day = choice(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
const severity = choice(["S1", "S2", "S3", "S4"]);

function group<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: mustBe("a group of keys", "its keys indented on lines of their own, or take it away"),
  });
}

const cases = group({
  repositories: listOf(repository).optional(),
  references: listOf(
    group({ pattern, url: webAddress.optional() }).transform(({ pattern, url }) => ({ pattern, url: url ?? null })),
  )
    .max(20, { error: "There are more than 20 patterns. Join some with |." })
    .superRefine((references, context) => {
      const message = patternsProblem(references.map(({ pattern }) => pattern));
      if (message !== null) context.addIssue({ code: "custom", message });
    })
    .optional(),
});

const exempt = group({
  labels: listOf(labelText("name", 50)).optional(),
  authors: listOf(login).optional(),
  drafts: flag.optional(),
  bots: flag.optional(),
});

/** `holidays: none` is no region; NO-one is Norway. */
const holidays = z.union([
  z.literal("none").transform((): string[] => []),
  region.transform((one) => [one]),
  listOf(region),
]);

const workingHours = group({
  timezone: timezone.optional(),
  days: listOf(day).min(1, { error: "No day is left to work on. Name at least one, such as [mon]." }).optional(),
  hours: hours.optional(),
  holidays: holidays.optional(),
  closed: listOf(date).optional(),
  always: listOf(severity).optional(),
});

const calendar = z.union([z.literal("always"), workingHours], {
  error: mustBe("a calendar", "always, or its keys indented on lines of their own"),
});

const targets = group({
  S1: workingDuration.optional(),
  S2: workingDuration.optional(),
  S3: workingDuration.optional(),
  S4: workingDuration.optional(),
  none: workingDuration.optional(),
  author: workingDuration.optional(),
  release: workingDuration.optional(),
});

const reminders = group({
  every: workingDuration.optional(),
  limit: wholeNumber(100).optional(),
  // Not 0: what may never be said would wait for ever. Who wants no reminders writes `limit: 0`.
  "per-repository-per-day": wholeNumber(1_000, 1).optional(),
  "per-maintainer-per-week": wholeNumber(1_000, 1).optional(),
  remind: choice(["team", "anyone"]).optional(),
  quiet: listOf(party).optional(),
}).transform(
  ({ "per-repository-per-day": perRepositoryPerDay, "per-maintainer-per-week": perMaintainerPerWeek, ...rest }) => ({
    ...rest,
    perRepositoryPerDay,
    perMaintainerPerWeek,
  }),
);

const digest = z.union(
  [
    z.literal(false),
    group({ day: day.optional(), at: timeOfDay.optional() }).transform(({ day, at }) => ({ day, atMinute: at })),
  ],
  { error: mustBe("a digest", 'false, or { day: mon, at: "09:00" }') },
);

const escalation = group({
  deciders: listOf(party).optional(),
  "owner-within": workingDuration.optional(),
  "decide-within": workingDuration.optional(),
  "per-decider-per-week": wholeNumber(1_000).optional(),
  comment: flag.optional(),
}).transform(({ deciders, comment, ...rest }) => ({
  deciders,
  comment,
  ownerWithin: rest["owner-within"],
  decideWithin: rest["decide-within"],
  perDeciderPerWeek: rest["per-decider-per-week"],
}));

const contracts = group({ grace: calendarDays.optional(), warn: listOf(calendarDays).optional() });
const releases = group({ from: choice(["releases", "tags"]).optional(), prereleases: flag.optional() });

const style = {
  name: labelText("name", 50).optional(),
  color: color.optional(),
  description: labelText("description", 100).optional(),
};
const labelError = { error: mustBe("a label", "false for no label, or { name: …, color: …, description: … }") };
const label = z.union([z.literal(false), group(style)], labelError);

const severityName = style.name.refine((name) => name === undefined || name.includes("{severity}"), {
  error:
    'All four severities would share this label. Write {severity} where S1 to S4 belongs, as in "severity: {severity}".',
});

const labels = group({
  customer: label.optional(),
  consulting: label.optional(),
  severity: z.union([z.literal(false), group({ ...style, name: severityName })], labelError).optional(),
  turn: z
    .union([z.literal(false), group({ maintainer: label.optional(), author: label.optional() })], {
      error: mustBe("a group of labels", "false for neither, or { maintainer: { name: … }, author: { name: … } }"),
    })
    .optional(),
  overdue: label.optional(),
  escalated: label.optional(),
});

/** What one policy file may say. Its output is a `PartialPolicy`, where what the file leaves out is undefined. */
export const policySchema = z.strictObject(
  {
    version: z.literal(1, { error: mustBe("a version of the policy that is known here", "version: 1") }).optional(),
    mode: choice(["act", "observe"]).optional(),
    language: choice(["en", "ja"]).optional(),
    disclosure: choice(["none", "reference", "full"]).optional(),
    support: listOf(party).optional(),
    maintainers: listOf(party).optional(),
    track: choice(["customers", "all"]).optional(),
    cases: cases.optional(),
    exempt: exempt.optional(),
    calendar: calendar.optional(),
    targets: targets.optional(),
    reminders: reminders.optional(),
    digest: digest.optional(),
    escalation: escalation.optional(),
    contracts: contracts.optional(),
    releases: releases.optional(),
    labels: labels.optional(),
  },
  { error: () => "A policy is a group of keys. Write one on each line, such as mode: act." },
);
