// What a text would change, and writing it: the same two steps for customers and for cases. Apart from the pages, which show them.
import { createHash } from "node:crypto";
import { checkCaseCustomers, checkCases, importAllCases, importedCasesWords } from "../../cases/store-import.ts";
import { type ChangeList, importedWords } from "../../customers/changes.ts";
import { type FileProblem, formatOf, NOT_UTF8 } from "../../customers/file.ts";
import type { ParsedCustomers } from "../../customers/parse.ts";
import { holdCustomers, planStored, type StoredPlan, writePlanned } from "../../customers/store-import.ts";
import type { Database, Db } from "../../db/database.ts";
import { readCasesText, readCustomersText } from "../../work/read-file.ts";
import { keepBoardAct } from "../acts-store.ts";
import { shownPerson } from "../signed-in.ts";
import type { Viewer } from "../viewer.ts";
import type { Imported } from "./import-messages.ts";

/** `kept` null: it is not counted. */
export type ListedChanges = Omit<ChangeList, "kept"> & { readonly of: Imported; readonly kept: number | null };

export type Preview =
  | { readonly kind: "problems"; readonly problems: readonly FileProblem[] }
  /** `seal`: the same as long as this text changes the same. */
  | { readonly kind: "changes"; readonly lists: readonly ListedChanges[]; readonly seal: string };

export type Written = { readonly kind: "written" } | { readonly kind: "not-written"; readonly preview: Preview };

type Asked = { readonly viewer: Viewer; readonly text: string; readonly now: number };

export type Importing = {
  readonly preview: (database: Database, asked: Asked) => Promise<Preview>;
  /** Writes only what was shown under this seal. */
  readonly write: (database: Database, asked: Asked & { readonly seal: string }) => Promise<Written>;
};

export const IMPORTING: Readonly<Record<"customers" | "cases", Importing>> = {
  customers: {
    preview: async ({ db }, asked) =>
      previewOf(await planCustomers(db, asked, await readCustomers(asked.text)), asked.text),
    write: async (database, asked) => {
      const { viewer, now } = asked;
      // Not in the transaction: others wait for that.
      const parsed = await readCustomers(asked.text);
      return database.transaction(async (tx): Promise<Written> => {
        await holdCustomers(tx, { ownerId: viewer.owner.ownerId, now });
        const plan = await planCustomers(tx, asked, parsed);
        const preview = previewOf(plan, asked.text);
        if (plan.kind === "problems" || !isSealed(preview, asked.seal)) return { kind: "not-written", preview };
        const who = { by: shownPerson(viewer.person), how: "page" as const };
        await writePlanned(tx, plan, { ownerId: viewer.owner.ownerId, now, who });
        const words = importedWords(plan.changes);
        await keepBoardAct(tx, viewer, { kind: "customers-imported", subject: "settings", words, at: now });
        return { kind: "written" };
      });
    },
  },
  cases: {
    preview: ({ db }, asked) => previewCases(db, asked).then(({ preview }) => preview),
    write: async (database, asked) => {
      const { viewer, now } = asked;
      const { preview, cases } = await previewCases(database.db, asked);
      if (!isSealed(preview, asked.seal)) return { kind: "not-written", preview };
      await importAllCases(database, { ownerId: viewer.owner.ownerId, cases, now }, async (tx, changes) => {
        const words = importedCasesWords(changes);
        await keepBoardAct(tx, viewer, { kind: "cases-imported", subject: "settings", words, at: now });
      });
      return { kind: "written" };
    },
  },
};

const readCustomers = async (text: string): Promise<ParsedCustomers> =>
  isForeign(text) ? NOT_UTF8 : readCustomersText(text, formatOf("", text));

async function planCustomers(db: Db, { viewer }: Asked, parsed: ParsedCustomers): Promise<StoredPlan> {
  return parsed.kind === "problems" ? parsed : planStored(db, { ownerId: viewer.owner.ownerId, read: parsed });
}

function previewOf(plan: StoredPlan, text: string): Preview {
  if (plan.kind === "problems") return { kind: "problems", problems: plan.problems };
  const { people, ...customers } = plan.changes;
  const lists: readonly ListedChanges[] = [
    { of: "customers", ...customers },
    { of: "people", ...people },
  ];
  return { kind: "changes", lists, seal: sealOf(text, lists) };
}

async function previewCases(db: Db, { viewer, text, now }: Asked) {
  if (isForeign(text)) return { preview: NOT_UTF8, cases: [] };
  const { ownerId } = viewer.owner;
  const parsed = await readCasesText(text, formatOf("", text));
  const checked = parsed.kind === "problems" ? parsed : await checkCaseCustomers(db, ownerId, parsed.cases);
  if (checked.kind === "problems") return { preview: checked, cases: [] };
  const { cases } = checked;
  const lists: readonly ListedChanges[] = [
    { of: "cases", ...(await checkCases(db, { ownerId, cases, now })), kept: null },
  ];
  const preview: Preview = { kind: "changes", lists, seal: sealOf(text, lists) };
  return { preview, cases };
}

/** A form's file arrives as text: what was not UTF-8 in it has become this character, and names with it would be stored for good. */
const isForeign = (text: string): boolean => /[\ufffd\0]/.test(text);

const isSealed = (preview: Preview, seal: string): boolean => preview.kind === "changes" && preview.seal === seal;

/** What is kept beside the file may change meanwhile: it is not the file's. */
const sealOf = (text: string, lists: readonly ListedChanges[]): string =>
  createHash("sha256")
    .update(text)
    .update(JSON.stringify(lists.map(({ added, changed }) => [added, changed])))
    .digest("base64url");
