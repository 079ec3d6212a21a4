// What of one row holds a person, and how it reads without them. Pure; what is read and written is elsewhere.
import type { Schema } from "../db/schema.ts";
import { erasedCommand } from "./command-text.ts";
import { withoutPerson } from "./customer.ts";
import { isErased } from "./mark.ts";
import type { Row } from "./rows-store.ts";
import type { Known, Scrub } from "./scrub.ts";
import type { Treatment } from "./treatment.ts";

export type Change = { readonly drop: true } | { readonly changed: Readonly<Record<string, string | null>> };

/** What tells whether a row may be touched, and whose it is. */
export const BESIDE: Partial<Record<keyof Schema, readonly string[]>> = {
  facts: ["patch_id", "actor_id"],
  effects: ["state"],
  notices: ["state", "channel"],
  patches: ["author_id"],
  commands: ["actor_id"],
  access: ["user_id"],
  team_members: ["user_id"],
};

/** Whose a login is, where that is known: it may be another's in another row. */
const ID_OF: Partial<Record<keyof Schema, Readonly<Record<string, string>>>> = {
  facts: { actor_login: "actor_id" },
  patches: { author_login: "author_id" },
  commands: { actor_login: "actor_id" },
  access: { login: "user_id" },
  team_members: { login: "user_id" },
};

type Changing = {
  readonly table: keyof Schema;
  readonly how: string;
  readonly held: readonly (readonly [string, Treatment])[];
  readonly row: Row;
  readonly scrub: Scrub;
  readonly known: Known;
};

/** Null: nothing of theirs is in it, or it is on its way and may not be touched. */
export function changeOf({ table, how, held, row, scrub, known }: Changing): Change | null {
  // It goes out in a moment; what has gone is taken up next time.
  if (table === "effects" && row.state === "due") return null;
  const isTold = table === "notices" && isPerson(String(row.recipient), known);
  if (table === "notices" && row.state === "due" && !isTold) return null;
  const changed: Record<string, string | null> = {};
  for (const [name, treatment] of held) {
    const before = row[name];
    if (typeof before !== "string" || before === "") continue;
    const id = row[ID_OF[table]?.[name] ?? ""];
    const isTheirs = id !== undefined && id !== null && known.ids.has(Number(id)) && !isErased(before);
    const after = isTheirs ? scrub.mark : scrubbed({ table, name, before, treatment, scrub, known });
    if (after !== before) changed[name] = after;
  }
  if (Object.keys(changed).length === 0) return null;
  if (how === "drop") return { drop: true };
  if (isTold) return { changed: { ...changed, body: "", recipient_data: "" } };
  if (table === "patches" && changed.author_login !== undefined) return { changed: { ...changed, body: scrub.mark } };
  return { changed };
}

const isPerson = (recipient: string, { logins, emails, slacks, names }: Known): boolean => {
  const [, kind = "", value = ""] = /^(login|mail|slack|name):(.*)$/.exec(recipient) ?? [];
  const lower = value.toLowerCase();
  return kind === "name" ? names.has(value) : logins.has(lower) || emails.has(lower) || slacks.has(lower);
};

type Scrubbing = {
  readonly table: keyof Schema;
  readonly name: string;
  readonly before: string;
  readonly treatment: Treatment;
  readonly scrub: Scrub;
  readonly known: Known;
};

function scrubbed({ table, name, before, treatment, scrub, known }: Scrubbing): string {
  switch (treatment) {
    case "value":
      return scrub.value(before);
    case "key":
      return scrub.key(before);
    case "words": {
      const after = scrub.words(before);
      return table === "commands" && name === "text" && after !== before ? erasedCommand(before) : after;
    }
    case "json": {
      if (table === "customers" || table === "customer_changes") return withoutPerson(before, known) ?? before;
      const after = scrub.json(before);
      return after === JSON.stringify(JSON.parse(before)) ? before : after;
    }
    case "never":
    case "theirs":
      return before;
  }
}
