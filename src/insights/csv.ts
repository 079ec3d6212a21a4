// Figures as CSV for spreadsheets: names of columns stay the same in every language, lengths are in days, shares of 1. Pure.
import { type Cell, csvText } from "../board/csv.ts";
import type { MonthFigure, Spread, TargetFigure } from "./figures.ts";
import type { FigureName } from "./insight.ts";
import { AGES } from "./insight.ts";
import type { Insights } from "./read.ts";

type Table = { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

export function csvOf(figure: FigureName, insights: Insights): string {
  const { header, rows } = tableOf(figure, insights);
  return csvText(header, rows);
}

function tableOf(figure: FigureName, insights: Insights): Table {
  switch (figure) {
    case "first-response":
      return monthTable(insights.firstResponse, "answered");
    case "decision":
      return monthTable(insights.decision, "decided");
    case "escalation":
      return escalationTable(insights);
    case "targets":
      return targetsTable(insights);
    case "customers":
      return customersTable(insights);
    case "waiting":
      return waitingTable(insights);
    case "reminders":
      return remindersTable(insights);
  }
}

const SPREAD = ["lower_quartile", "median", "upper_quartile"];
const spreadCells = ({ quartiles }: Spread): readonly Cell[] =>
  quartiles === null ? [null, null, null] : [quartiles.lower, quartiles.median, quartiles.upper];

const monthTable = (months: readonly MonthFigure[], counted: string): Table => ({
  header: ["month", "opened", counted, ...SPREAD.map((name) => `${name}_working_days`)],
  rows: months.map(({ month, opened, took }) => [month, opened, took.count, ...spreadCells(took)]),
});

const escalationTable = ({ escalation }: Insights): Table => ({
  header: ["stretch", "unit", "patches", ...SPREAD],
  rows: [
    ["opening to escalation", "days", escalation.before.count, ...spreadCells(escalation.before)],
    ["escalation to decision", "days", escalation.after.count, ...spreadCells(escalation.after)],
    [
      "escalation to decision",
      "working days",
      escalation.afterWorkingDays.count,
      ...spreadCells(escalation.afterWorkingDays),
    ],
    [
      "opening to decision, not escalated",
      "days",
      escalation.unescalated.count,
      ...spreadCells(escalation.unescalated),
    ],
  ],
});

const targetsTable = ({ targets }: Insights): Table => {
  const rowsOf = (by: string, figures: readonly TargetFigure[]) =>
    figures.map(({ key, within, late, open, share }) => [by, key, within, late, open, share]);
  return {
    header: ["by", "of", "within_target", "late", "not_due_yet", "share_within_target"],
    rows: [...rowsOf("severity", targets.bySeverity), ...rowsOf("contract", targets.byContract)],
  };
};

const customersTable = ({ customers }: Insights): Table => ({
  header: [
    "patches_of",
    "opened",
    "answered",
    ...SPREAD.map((name) => `first_response_${name}_working_days`),
    "decided",
    ...SPREAD.map((name) => `decision_${name}_working_days`),
    "share_within_target",
  ],
  rows: customers.map(({ side, opened, response, decision, target }) => [
    side,
    opened,
    response.count,
    ...spreadCells(response),
    decision.count,
    ...spreadCells(decision),
    target.share,
  ]),
});

const waitingTable = ({ waiting }: Insights): Table => ({
  header: ["turn", "severity", ...ageNames(), "total"],
  rows: [
    ...waiting.maintainers.map(({ severity, counts, total }) => ["maintainer", severity, ...counts, total]),
    ...waiting.authors.map(({ severity, counts, total }) => ["author", severity, ...counts, total]),
  ],
});

const ageNames = (): readonly string[] => [
  `under_${AGES[0]}_working_days`,
  ...AGES.map((age, index) => {
    const next = AGES[index + 1];
    return next === undefined ? `${age}_working_days_and_more` : `${age}_to_${next}_working_days`;
  }),
];

const remindersTable = ({ reminders }: Insights): Table => ({
  header: ["asked", ...reminders.weeks, "total"],
  rows: reminders.rows.map(({ asked, counts, total }) => [asked ?? "persons", ...counts, total]),
});
