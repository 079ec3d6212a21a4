// What somebody may see now: as it was asked within the last ten minutes, else asked anew. Apart, because it remembers when GitHub did not
// answer, and goes on with what was known.
import type { GitHub } from "../github/client.ts";
import { describeFault, type Log } from "../log.ts";
import type { Wiring } from "../patches/wiring.ts";
import { accessOf, type BoardOwner, type KnownAccess, keepAccess } from "./access-store.ts";
import { ACCESS_MILLIS, askAccess } from "./ask-access.ts";
import type { Session } from "./session-store.ts";

/** While GitHub does not answer it is not asked at every page. */
const RETRY_MILLIS = 60_000;
/** For so long what was known holds while GitHub does not answer; of a suspended installation it never does. */
const LONGEST_STALE_MILLIS = 24 * 60 * 60_000;

/** For so much longer than usual it holds while little is left of an installation's hour at GitHub. */
const SPARED_MILLIS = 30 * 60_000;

/** Null where nothing was ever known and GitHub cannot be asked. What is older than ten minutes is what was known when it last could. */
export type CurrentAccess = (owner: BoardOwner, session: Session) => Promise<KnownAccess | null>;

type Asking = Pick<Wiring, "database" | "people" | "now"> & { readonly github: Pick<GitHub, "readsWaitUntil"> };
type Parts = { readonly wiring: Asking; readonly log: Log };

export function createCurrentAccess({ wiring, log }: Parts): CurrentAccess {
  // By owner: where an owner's installation is suspended, nobody else's people are kept from being asked for.
  const silentSince = new Map<number, number>();
  return async (owner, { personKey, person }) => {
    const { db } = wiring.database;
    const now = wiring.now();
    const who = { ownerId: owner.ownerId, personKey };
    const known = await accessOf(db, owner.ownerId, personKey);
    if (known !== null && now - known.readAt < ACCESS_MILLIS) return known;
    // What was kept at sign-in says only where they may write, not what they are.
    const before = known === null || now - known.readAt > LONGEST_STALE_MILLIS ? null : known;
    // Commands and reminders need the rest of the hour, but whoever has left is out soon all the same.
    const isSpared = wiring.github.readsWaitUntil(owner.installationId) !== null;
    if (isSpared && known !== null && now - known.readAt < ACCESS_MILLIS + SPARED_MILLIS) return known;
    if (now - (silentSince.get(owner.ownerId) ?? Number.NEGATIVE_INFINITY) < RETRY_MILLIS) return before;
    try {
      const access = await askAccess(wiring, { owner, person, maintained: known?.access.repositoryIds ?? [] });
      const fresh = { access, readAt: now };
      await keepAccess(db, who, fresh);
      return fresh;
    } catch (error) {
      log.warn({ error: describeFault(error) }, "GitHub could not be asked who somebody on the board is");
      silentSince.set(owner.ownerId, now);
      return before;
    }
  };
}
