// What reading and deciding reach out to: the store, GitHub, what is known of people, and the clock.
import type { Database } from "../db/database.ts";
import type { GitHub } from "../github/client.ts";
import type { People } from "../people/people.ts";

export type Wiring = {
  readonly database: Database;
  readonly github: GitHub;
  readonly people: People;
  readonly now: () => number;
};
