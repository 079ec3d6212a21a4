// Registrations that are under way to GitHub and not back yet. In memory only: they end with the process, after an hour, or by use.
import { randomBytes } from "node:crypto";
import { type Guest, isSame } from "./door.ts";
import type { Registration } from "./registration.ts";

/** GitHub's own limit for the way through a manifest. */
const HOUR = 60 * 60_000;
const MOST = 100;

export type UnderWay = { readonly registration: Registration; readonly pageUrl: string; readonly state: string };

type Taken =
  | { readonly kind: "taken"; readonly underWay: UnderWay; readonly putBack: () => void }
  /** This browser began nothing, or has been back already. */
  | { readonly kind: "none" }
  /** Not the state that this browser was given. */
  | { readonly kind: "forged" }
  | { readonly kind: "late" };

export type Pending = {
  /** Begins one; what the guest began before is void. */
  readonly begin: (guest: Guest, of: { registration: Registration; pageUrl: string; now: number }) => UnderWay;
  readonly of: (guest: Guest, now: number) => UnderWay | null;
  /** Takes the guest's registration if the state is its own: once, unless it is put back. */
  readonly take: (guest: Guest, state: string, now: number) => Taken;
};

export function createPending(): Pending {
  const begun = new Map<string, { readonly underWay: UnderWay; readonly at: number }>();
  return {
    begin: (guest, { registration, pageUrl, now }) => {
      const underWay = { registration, pageUrl, state: randomBytes(24).toString("base64url") };
      begun.delete(guest.id);
      begun.set(guest.id, { underWay, at: now });
      const [oldest] = begun.size > MOST ? begun.keys() : [];
      if (oldest !== undefined) begun.delete(oldest);
      return underWay;
    },
    of: (guest, now) => {
      const known = begun.get(guest.id);
      return known === undefined || now - known.at >= HOUR ? null : known.underWay;
    },
    take: (guest, state, now) => {
      const known = begun.get(guest.id);
      if (known === undefined) return { kind: "none" };
      if (!isSame(state, known.underWay.state)) return { kind: "forged" };
      begun.delete(guest.id);
      const putBack = () => {
        // Unless the guest began anew meanwhile.
        if (!begun.has(guest.id)) begun.set(guest.id, known);
      };
      if (now - known.at >= HOUR) return { kind: "late" };
      return { kind: "taken", underWay: known.underWay, putBack };
    },
  };
}
