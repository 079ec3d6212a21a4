// The timeline of a patch drawn to scale, as shapes with their places: pure, so that where something stands is a table in tests. What it looks
// like is timeline-chart.ts's.
import { scaleLinear, scaleUtc } from "d3-scale";
import type { Turn } from "../../patches/turn.ts";

export const LANES = ["response", "reminder", "step", "settled"] as const;

export type Lane = (typeof LANES)[number];

export type Mark = { readonly lane: Lane; readonly at: number; readonly words: string };

export type TurnStretch = { readonly turn: Turn; readonly fromAt: number; readonly untilAt: number };

export type TimelineInput = {
  readonly fromAt: number;
  readonly untilAt: number;
  readonly stretches: readonly TurnStretch[];
  readonly marks: readonly Mark[];
  /** IANA: days begin there. */
  readonly timezone: string;
};

export type Timeline = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly axisY: number;
  readonly bars: readonly (TurnStretch & { readonly x: number; readonly width: number })[];
  readonly lanes: readonly {
    readonly lane: Lane;
    readonly y: number;
    readonly marks: readonly (Mark & { readonly x: number })[];
  }[];
  readonly ticks: readonly { readonly x: number; readonly at: number }[];
};

const WIDTH = 960;
const LEFT = 130;
const RIGHT = 20;
export const BAR = { y: 8, height: 32 } as const;
const LANE_HEIGHT = 26;
const AXIS_HEIGHT = 30;
const TICKS = 6;
/** Days' names need this much room each. */
const TICK_WIDTH = 90;
/** A picture holds no more; the table beneath has all. */
const MOST_MARKS = 200;
const MINUTE = 60_000;

/** Places everything between the opening and the end; what lies outside is left out. */
export function drawTimeline({ fromAt, untilAt, stretches, marks, timezone }: TimelineInput): Timeline {
  const endAt = Math.max(untilAt, fromAt + MINUTE);
  const x = scaleLinear()
    .domain([fromAt, endAt])
    .range([LEFT, WIDTH - RIGHT])
    .clamp(true);
  const rounded = (at: number): number => Math.round(x(at) * 10) / 10;
  const shown = marks.filter(({ at }) => at >= fromAt && at <= endAt).slice(-MOST_MARKS);
  const lanes = LANES.filter((lane) => shown.some((mark) => mark.lane === lane)).map((lane, index) => ({
    lane,
    y: BAR.y + BAR.height + 10 + index * LANE_HEIGHT + LANE_HEIGHT / 2,
    marks: shown.filter((mark) => mark.lane === lane).map((mark) => ({ ...mark, x: rounded(mark.at) })),
  }));
  const axisY = BAR.y + BAR.height + 10 + lanes.length * LANE_HEIGHT + 4;
  return {
    width: WIDTH,
    height: axisY + AXIS_HEIGHT,
    left: LEFT,
    axisY,
    bars: joinedTurns(stretches).flatMap((stretch) => {
      if (stretch.untilAt <= fromAt || stretch.fromAt >= endAt) return [];
      const start = rounded(Math.max(stretch.fromAt, fromAt));
      const width = Math.max(rounded(Math.min(stretch.untilAt, endAt)) - start, 1);
      return [{ ...stretch, x: start, width: Math.round(width * 10) / 10 }];
    }),
    lanes,
    ticks: apart(ticksBetween(fromAt, endAt, timezone).map((at) => ({ at, x: rounded(at) }))),
  };
}

/** Those whose names do not run into each other, nor out of the picture. */
function apart<Tick extends { readonly x: number }>(ticks: readonly Tick[]): readonly Tick[] {
  const shown: Tick[] = [];
  for (const tick of ticks) {
    const last = shown.at(-1);
    const hasRoom = last === undefined || tick.x - last.x >= TICK_WIDTH;
    if (hasRoom && tick.x <= WIDTH - TICK_WIDTH / 2) shown.push(tick);
  }
  return shown;
}

/** Stretches that follow each other with the same turn are one, however its reason changed. */
export function joinedTurns(stretches: readonly TurnStretch[]): readonly TurnStretch[] {
  const joined: TurnStretch[] = [];
  for (const { turn, fromAt, untilAt } of stretches) {
    const last = joined.at(-1);
    if (last?.turn === turn && last.untilAt === fromAt) joined[joined.length - 1] = { ...last, untilAt };
    else joined.push({ turn, fromAt, untilAt });
  }
  return joined;
}

/** Round instants of the zone's own clock: days begin at its midnight. One a day, since they are named by it. */
function ticksBetween(fromAt: number, untilAt: number, timezone: string): readonly number[] {
  const offset = (at: number): number =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).offsetNanoseconds / 1e6;
  const shift = offset(fromAt);
  const ticks = scaleUtc()
    .domain([fromAt + shift, untilAt + shift])
    .ticks(TICKS);
  const dayOf = (tick: Date | undefined) => tick?.toISOString().slice(0, 10);
  return ticks
    .filter((tick, index) => dayOf(tick) !== dayOf(ticks[index - 1]))
    .map((tick) => tick.getTime() - offset(tick.getTime() - shift))
    .filter((at) => at >= fromAt && at <= untilAt);
}
