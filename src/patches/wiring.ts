// What reading and deciding reach out to: the store, GitHub, what is known of people, and the clock.
import type { Database } from "../db/database.ts";
import type { GitHub } from "../github/client.ts";
import type { ConfiguredChannels } from "../notify/channels.ts";
import type { People } from "../people/people.ts";

export type Wiring = {
  readonly database: Database;
  readonly github: GitHub;
  readonly people: People;
  readonly now: () => number;
  /** Under which addresses people see us and GitHub, without a slash at the end; `publicUrl` is null where nobody said. */
  readonly addresses: { readonly publicUrl: string | null; readonly webUrl: string };
  /** By which ways anybody can be told anything privately. */
  readonly channels: ConfiguredChannels;
};
