// A place for every write before it is sent: 80 a minute and 500 an hour an installation, and the fuse. Apart, because it is
// the only thing that stands between a fault of ours and GitHub's patience.
import type { Logger } from "pino";
import type { Database, Tx } from "../db/database.ts";
import { beginTry, lockInstallation } from "./claims-store.ts";
import type { Outcome } from "./outcome.ts";
import { addWrites, forgetWrites, installationForWriting, nthNewestWrite } from "./pacing-store.ts";
import { pauseOf, pauseWriting } from "./pauses-store.ts";
import { classOf, type EffectClass, type EffectRow, isComment } from "./row.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** GitHub's limits, and what each class may use of them: answers to people the whole, reminders more than upkeep. */
export const WRITE_LIMITS: Readonly<Record<EffectClass, { readonly aMinute: number; readonly anHour: number }>> = {
  answer: { aMinute: 80, anHour: 500 },
  reminder: { aMinute: 75, anHour: 480 },
  upkeep: { aMinute: 70, anHour: 435 },
};
/** Reminders stop here, so that the fuse is met by run-away faults only. */
const REMINDERS_AN_HOUR = 45;
/** At so many comments in an hour all writing of the owner stops until somebody resumes it. */
export const FUSE_AN_HOUR = 60;

export type Reservation = {
  readonly row: EffectRow;
  /** The installation whose limits count: the repository's own, should it have moved. */
  readonly installationId: number;
  readonly writes: number;
  /** `comments` where people are told something by it, else what the effect's kind says. */
  readonly counted?: "comments" | "writes";
  readonly now: number;
  /** What must be known before the write goes out, in the same transaction. */
  readonly alongside?: (tx: Tx) => Promise<void>;
};

type World = { readonly database: Database; readonly log: Logger };

/**
 * Takes places for the writes of one effect, or says what became of it instead. From here on the effect counts as tried: after
 * a crash a comment is looked for before it is written again.
 */
export async function reserve(world: World, asked: Reservation): Promise<{ kind: "reserved" } | Outcome> {
  const { database, log } = world;
  const { installationId, now, row } = asked;
  const effectClass = classOf(row.effect.kind);
  const counted = asked.counted ?? (isComment(row.effect) ? "comments" : "writes");
  const reserved = await database.transaction(async (tx) => {
    await lockInstallation(tx, { dialect: database.dialect, installationId });
    const installation = await installationForWriting(tx, installationId);
    if (installation === null || installation.state === "deleted")
      return withdrawn("the app is not installed there any more");
    if (installation.state === "suspended") return waiting(now, "the installation is suspended");
    if (installation.parkedUntil !== null && installation.parkedUntil > now)
      return waiting(installation.parkedUntil, "GitHub refuses the installation at present");
    const pause = await pauseOf(tx, installation.ownerId);
    if (pause !== null) return waiting(now, `writing is paused: ${pause.because}`);

    const freeAt = await freeAtFor(tx, { installationId, effectClass, writes: asked.writes, now });
    if (freeAt !== null) return { ...waiting(freeAt, "GitHub's limit of writes is near"), holds: effectClass };
    if (counted === "comments") {
      const since = now - HOUR;
      const comments = { installationId, since, counted } as const;
      const fuse = await nthNewestWrite(tx, { ...comments, nth: FUSE_AN_HOUR });
      if (fuse !== null) {
        const because = `fuse: ${FUSE_AN_HOUR} comments within an hour`;
        await pauseWriting(tx, { scope: `owner:${installation.ownerId}`, because, since: now });
        return { ...waiting(now, `writing is paused: ${because}`), isFuse: true };
      }
      const full = await nthNewestWrite(tx, { ...comments, nth: REMINDERS_AN_HOUR });
      if (full !== null && effectClass === "reminder")
        return { ...waiting(full + HOUR, `${REMINDERS_AN_HOUR} comments within an hour`), holds: effectClass };
    }

    const isOurs = await beginTry(tx, row, { now, notBefore: counted === "comments" ? now + MINUTE : null });
    if (!isOurs) return { kind: "lost" } as const;
    await forgetWrites(tx, { installationId, at: now - HOUR });
    await addWrites(tx, { installationId, at: now, count: asked.writes, counted });
    await asked.alongside?.(tx);
    return { kind: "reserved" } as const;
  });
  if ("isFuse" in reserved)
    log.error({ installationId, effect: row.key }, "the fuse stopped an installation's writing");
  return reserved;
}

const waiting = (at: number, because: string) => ({ kind: "later", at, because }) as const;
const withdrawn = (because: string) => ({ kind: "withdrawn", because }) as const;

/** When so many writes fit into the minute and the hour, if they do not now. */
async function freeAtFor(
  tx: Tx,
  asked: { installationId: number; effectClass: EffectClass; writes: number; now: number },
): Promise<number | null> {
  const limits = WRITE_LIMITS[asked.effectClass];
  const windows = [
    { millis: MINUTE, limit: limits.aMinute },
    { millis: HOUR, limit: limits.anHour },
  ];
  let freeAt: number | null = null;
  for (const { millis, limit } of windows) {
    // The write that has to fall out of the window before all of these fit in.
    const nth = Math.max(limit - asked.writes + 1, 1);
    const blocking = await nthNewestWrite(tx, {
      installationId: asked.installationId,
      since: asked.now - millis,
      nth,
      counted: "writes",
    });
    if (blocking !== null) freeAt = Math.max(freeAt ?? 0, blocking + millis);
  }
  return freeAt;
}
