// What an installation on GitHub's list, or one that is missing there, means for what we know. Pure.
import type { InstallationRow } from "../installation-store.ts";
import type { WholeInstallation } from "../payload.ts";

type Shown = Pick<WholeInstallation, "created_at" | "account" | "permissions"> & {
  readonly state: "active" | "suspended";
};

/** What came just now tells of itself. */
const FRESH_MILLIS = 60 * 60_000;
/** So few may be gone at once without our wondering whether it is still the same App that we are asking for. */
const FEW = 2;

/** The webhook that should have told of what differs; null where nothing does. */
export function decideInstallation(
  known: InstallationRow | undefined,
  shown: Shown,
  now: number,
): "created" | "suspend" | "unsuspend" | "new_permissions_accepted" | null {
  if (known === undefined) return shown.created_at > now - FRESH_MILLIS ? null : "created";
  if (known.state === "deleted") return null;
  if (known.state !== shown.state) return shown.state === "active" ? "unsuspend" : "suspend";
  return inOrder(JSON.parse(known.permissions)) === inOrder(shown.permissions) ? null : "new_permissions_accepted";
}

/** Which of ours that GitHub's list lacks may be gone: asked for one by one, since a deletion is for good. */
export function decideMissing(
  missing: readonly InstallationRow[],
  { shown, now }: { readonly shown: number; readonly now: number },
): { readonly gone: readonly InstallationRow[]; readonly because: string | null } {
  const gone = missing.filter(({ state, installed_at }) => state !== "deleted" && installed_at <= now - FRESH_MILLIS);
  if (gone.length <= FEW || gone.length <= shown) return { gone, because: null };
  return {
    gone: [],
    because:
      "GitHub's list lacks most installations; they are left as they are: has the server another App's credentials?",
  };
}

const inOrder = (permissions: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(permissions).toSorted(([one], [other]) => (one < other ? -1 : 1)));
