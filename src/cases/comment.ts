// Makes the text of the comment that is kept up to date on a case, from the store and as things stand now.
import { createHash } from "node:crypto";
import type { Database, Db } from "../db/database.ts";
import { type PublicMarkdown, renderPublic } from "../effects/public-text.ts";
import { type DossierReader, isOnlyOf } from "../escalations/dossier-for.ts";
import { openDossiers } from "../escalations/dossier-store.ts";
import { dossierMessage } from "../escalations/messages-dossier.ts";
import { repositoryById } from "../github/installation-store.ts";
import { renderMarkdown } from "../notify/render-markdown.ts";
import { decidedOf } from "../patches/decided.ts";
import type { Fact } from "../patches/fact.ts";
import { factsOf, type PatchRow, patchById } from "../patches/store.ts";
import type { NextStored, StoredStanding } from "../patches/stored-standing.ts";
import { firstRelease } from "../patches/times.ts";
import { releaseName } from "../releases/store.ts";
import { type CaseView, caseCommentText, type Most, type PatchOfCase } from "./comment-messages.ts";
import { allNewsOf } from "./news.ts";
import { type CaseRoom, caseRoomOf } from "./room.ts";
import { patchesOfCase } from "./store.ts";
import { caseById } from "./told-store.ts";

export type CaseComment =
  | {
      readonly kind: "text";
      readonly room: CaseRoom;
      readonly markdown: string;
      readonly hash: string;
      /** Names what it tells that people must hear. */
      readonly news: string;
      readonly hasPatches: boolean;
    }
  | { readonly kind: "none"; readonly because: string };

/** Where it is too long whole, the evidence is left out first. */
const SHORTER: readonly Most[] = [
  { patches: 30, dossiers: 1 },
  { patches: 30, dossiers: 0 },
  { patches: 5, dossiers: 0 },
];
/** GitHub takes 65,536 characters; ours bears a hidden line besides. */
const LONGEST = 65_000;

type Where = { readonly webUrl: string; readonly now: number };

export async function caseCommentOf(database: Database, caseId: number, where: Where): Promise<CaseComment> {
  const { db } = database;
  const row = await caseById(db, caseId);
  if (row === undefined) return { kind: "none", because: "the case is not known any more" };
  const found = await caseRoomOf(db, row);
  if (found.kind === "none") return found;
  const ids = (await patchesOfCase(db, caseId)).filter((each) => each.state === "confirmed").map((each) => each.id);
  const facts = await factsOf(db, ids);
  const patches: PatchOfCase[] = [];
  const news: string[] = [];
  for (const id of ids) {
    const patch = await patchById(db, id);
    if (patch === undefined) continue;
    const own = facts.get(id) ?? [];
    const shown = await patchOfCase(db, { patch, facts: own }, where);
    if (shown === null) continue;
    patches.push(shown);
    news.push(...allNewsOf(own, where.now).map((each) => `${id} ${each.key}`));
  }
  const { room } = found;
  const view: CaseView = {
    language: room.language,
    timezone: room.timezone,
    patches: patches.toSorted(byName),
    severity: row.severity,
    summary: row.summary,
    workaround: row.workaround,
    neededBy: row.needed_by === null ? null : { date: row.needed_by, why: row.needed_by_why },
    nextReport: row.next_report,
    dossiers: (await openDossiers(db, ids))
      // Another customer's side is not this case's to show.
      .filter((dossier) => isOnlyOf(dossier, row.customer_id))
      .map((dossier) => renderMarkdown(dossierMessage(dossier, readerIn(room)))),
  };
  const markdown = caseCommentMarkdown(view);
  return {
    kind: "text",
    room,
    markdown,
    hash: hashOf(markdown),
    news: hashOf(news.toSorted().join("\n")),
    hasPatches: patches.length > 0,
  };
}

/** The comment as it is written: as much as GitHub takes. */
export function caseCommentMarkdown(view: CaseView): PublicMarkdown {
  let markdown = renderPublic(caseCommentText(view), "full");
  for (const most of SHORTER) {
    if (markdown.length <= LONGEST) break;
    markdown = renderPublic(caseCommentText(view, most), "full");
  }
  return markdown;
}

const readerIn = ({ language, timezone }: CaseRoom): DossierReader => ({
  kind: "support",
  language,
  timezone,
  choices: [],
});

const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** In the order of their names, numbers by their size. */
const byName = (a: PatchOfCase, b: PatchOfCase): number =>
  a.pull.reference.localeCompare(b.pull.reference, "en", { numeric: true });

async function patchOfCase(
  db: Db,
  { patch, facts }: { patch: PatchRow; facts: readonly Fact[] },
  { webUrl, now }: Where,
): Promise<PatchOfCase | null> {
  const repository = await repositoryById(db, patch.repository_id);
  if (repository === undefined) return null;
  const fullName = `${repository.owner_login}/${repository.name}`;
  const decided = decidedOf(facts, now);
  const release = firstRelease(facts, decided);
  const stored = patch.standing === null ? null : (JSON.parse(patch.standing) as StoredStanding);
  return {
    pull: {
      reference: `${fullName}#${patch.number}`,
      url: `${webUrl}/${fullName}/pull/${patch.number}`,
      title: patch.title,
    },
    decided,
    release:
      release === null
        ? null
        : {
            tag: release.tag,
            name: await releaseName(db, patch.repository_id, release.tag),
            url: release.url,
            at: release.at,
          },
    standing: stored,
    next: stored === null ? null : nextOf(stored),
  };
}

/** While a policy only observes, that is what comes next. */
function nextOf({ mode, next, step }: StoredStanding): NextStored {
  if (mode === "observe") return { at: null, because: { code: "observing" } };
  if (mode === "unconfigured") return { at: null, because: { code: "no-policy" } };
  return next ?? { at: null, because: step.because };
}
