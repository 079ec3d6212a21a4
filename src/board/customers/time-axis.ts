// Contracts laid on an axis of time: from when to when each runs, its grace behind it, and where today is. Pure; days go in, places come out.
import { scaleUtc } from "d3-scale";

export type ContractDays = {
  readonly plan: "subscription" | "consulting";
  readonly tier: string | null;
  readonly from: string;
  readonly until: string;
  /** The last day on which it counts. */
  readonly countsUntil: string;
};

export type Bar = {
  readonly contract: ContractDays;
  readonly y: number;
  readonly x: number;
  readonly width: number;
  /** The grace behind it; null where there is none to see. */
  readonly grace: { readonly x: number; readonly width: number } | null;
};

export type TimeAxis = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly axisY: number;
  readonly bars: readonly Bar[];
  readonly todayX: number;
  readonly ticks: readonly { readonly x: number; readonly day: string }[];
};

export const BAR_HEIGHT = 22;
const ROW = 34;
const WIDTH = 720;
const LEFT = 10;
const RIGHT = 20;
const TOP = 24;
const BOTTOM = 30;
const DAY = 86_400_000;
/** What lies further away than this has no room: "for ever" is drawn to the edge. */
const FAR_YEARS = 3;
const MARGIN_DAYS = 30;

export function drawContracts(contracts: readonly ContractDays[], today: string): TimeAxis {
  const now = startOf(today);
  const [earliest, latest] = [yearsFrom(today, -FAR_YEARS), yearsFrom(today, FAR_YEARS)];
  const within = (at: number) => Math.min(Math.max(at, earliest), latest);
  const starts = contracts.map(({ from }) => within(startOf(from)));
  const ends = contracts.map(({ countsUntil }) => within(endOf(countsUntil)));
  const scale = scaleUtc()
    .domain([Math.min(now, ...starts) - MARGIN_DAYS * DAY, Math.max(now, ...ends) + MARGIN_DAYS * DAY])
    .range([LEFT, WIDTH - RIGHT]);
  const xOf = (at: number) => round(scale(within(at)));
  const axisY = TOP + contracts.length * ROW;
  return {
    width: WIDTH,
    height: axisY + BOTTOM,
    left: LEFT,
    axisY,
    bars: contracts.map((contract, index) => {
      const [x, end, graceEnd] = [
        xOf(startOf(contract.from)),
        xOf(endOf(contract.until)),
        xOf(endOf(contract.countsUntil)),
      ];
      return {
        contract,
        y: TOP + index * ROW,
        x,
        width: Math.max(1, round(end - x)),
        grace: graceEnd > end ? { x: end, width: round(graceEnd - end) } : null,
      };
    }),
    todayX: xOf(now),
    ticks: scale.ticks(6).map((at) => ({ x: round(scale(at)), day: at.toISOString().slice(0, 10) })),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** A day as such: the axis knows no zones. */
const startOf = (day: string): number => Date.parse(`${plain(day)}T00:00:00Z`);
const endOf = (day: string): number => startOf(day) + DAY;

/** Years beyond 9999, where "for ever" ends, are written with a sign that other readers of dates do not know. */
const plain = (day: string): string => (day.startsWith("+") ? "9999-12-31" : day);

const yearsFrom = (day: string, years: number): number =>
  startOf(Temporal.PlainDate.from(day).add({ years }).toString());
