// The browser that made the App, as the running server still knows it: it alone sees the checklist, until the process ends.
import type { Guest } from "./door.ts";

export type Visit = {
  readonly guestOf: (cookie: string | undefined, now: number) => Guest | null;
  readonly maker: Guest;
  /** `pageUrl`: where anybody installs it. `settingsUrl`: where its owner sees its deliveries. */
  readonly app: { readonly name: string; readonly pageUrl: string; readonly settingsUrl: string };
  /** The file that holds the credentials; null: they are in a secret store. */
  readonly writtenTo: string | null;
};

/** Whether a cookie is the maker's. */
export const isMaker = (visit: Visit, cookie: string | undefined, now: number): boolean =>
  visit.guestOf(cookie, now)?.id === visit.maker.id;
