// The page of one patch: what waits in one sentence, for whom, what can be done, how it came about and why.
import { html } from "hono/html";
import type { Roles } from "../../commands/authority.ts";
import { cutTo, readable } from "../../effects/escape.ts";
import type { Html } from "../../web/page.ts";
import { link } from "../link.ts";
import { shortDay, workingWords } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { WAITING_TEXTS } from "../waiting/messages.ts";
import { nextWords } from "../waiting/next-messages.ts";
import { severityTag, turnTag } from "../waiting/table.ts";
import { actForms, type Typed } from "./act-forms.ts";
import { type ActName, offeredActs } from "./acts.ts";
import { casesSection } from "./cases-section.ts";
import { courseSection } from "./course-sections.ts";
import { actsSection, decisionsSection, dossierSection, stepsSection } from "./inside-sections.ts";
import { PATCH_TEXTS } from "./messages.ts";
import type { PatchFound, PatchRead } from "./read.ts";

export type PatchPage = {
  readonly viewer: Viewer;
  readonly read: PatchRead;
  /** What was just done, for a word about it. */
  readonly done: ActName | null;
  readonly typed: Typed | null;
};

export const titleOf = ({ row, place }: PatchFound): string => {
  const title = cutTo(readable(row.title), 200);
  return title === "" ? `${place.repository.name}#${row.number}` : title;
};

/** What is due for longer waits for something that a page loaded anew would not show; a form is not to be emptied for it. */
const MOVING_MILLIS = 60_000;

/** While something about it is due, what stands here may be older than what was just done. */
export const isMoving = ({ row, now }: PatchRead): boolean =>
  row.due_at !== null && row.due_at <= now && now - row.due_at < MOVING_MILLIS;

export function patchBody({ viewer, read, done, typed }: PatchPage): Html {
  const text = PATCH_TEXTS[viewer.language];
  const { row, shown, inside, webUrl, place } = read;
  const { owner_login: owner, name } = place.repository;
  const offered = offeredOf(viewer, read);
  return html`<h1>${titleOf(read)}</h1>
<p class="soft"><span class="nowrap">${owner}/${name}#${row.number}</span> ${text.byAuthor(row.author_login, shortDay(row.opened_at, viewer))} · ${link(text.onGitHub, `${webUrl}/${owner}/${name}/pull/${row.number}`)}</p>
${typed === null ? "" : html`<div class="warning" role="alert"><p><strong>${text.wrongTitle}</strong></p><p>${typed.wrong}</p></div>`}
${done === null ? "" : html`<p class="done" role="status">${text.done[done]}</p>`}
${isMoving(read) ? html`<p class="note" role="status">${text.moving}</p>` : ""}
<p class="box">${turnTag(shown.stands, viewer)} ${severityTag(shown.severity)} ${waitsWords(viewer, read)}</p>
${inside === null ? "" : casesSection({ viewer, read, offered }, inside)}
${actForms({ viewer, read, offered, typed })}
${courseSection(viewer, read)}
${
  inside === null
    ? ""
    : html`${stepsSection(viewer, inside)}
${dossierSection(viewer, read)}
${decisionsSection(viewer, read, inside)}
${actsSection(viewer, inside)}`
}`;
}

/** Whose turn it is, since when and for how long, and what comes next. */
function waitsWords(viewer: Viewer, { shown, now }: PatchRead): string {
  const text = PATCH_TEXTS[viewer.language];
  const { stands } = shown;
  switch (stands.kind) {
    case "not-followed":
      return text.notFollowed;
    case "ended": {
      const { ended } = WAITING_TEXTS[viewer.language];
      const how = ended[stands.how] ?? ended.closed ?? "";
      const day = stands.at === null ? null : shortDay(stands.at, viewer);
      return `${text.ended(how, day)}${stands.release === null ? "" : ` ${text.shipped(stands.release)}`}`;
    }
    case "waiting": {
      const { language, timezone, isLimited } = viewer;
      return text.waits({
        turn: stands.turn,
        isLimited,
        since: shortDay(stands.sinceAt, viewer),
        waited: stands.waited === null ? null : workingWords(stands.waited, viewer),
        next: nextWords(stands.next, { language, timezone, isLimited, now }),
      });
    }
  }
}

const SNOOZES: readonly string[] = ["snoozed", "put-off"];

export function offeredOf(viewer: Viewer, read: PatchRead): readonly ActName[] {
  const { stands } = read.shown;
  const standing = read.course?.standing ?? null;
  return offeredActs({
    roles: likelyRoles(viewer, read),
    isLimited: viewer.isLimited,
    isOpen: stands.kind !== "ended",
    isFollowed: stands.kind === "waiting",
    isSnoozed: standing !== null && SNOOZES.includes(standing.because.code),
    turn: stands.kind === "waiting" ? stands.turn : null,
  });
}

/** What they are to it by what is known here, so that no form is shown in vain; GitHub is asked when they press. */
function likelyRoles({ roles, customerIds, repositoryIds }: Viewer, { row, inside }: PatchRead): Roles {
  const waiting = (inside?.links ?? []).flatMap(({ state, case: { customer_id: id } }) =>
    state === "confirmed" && id !== null ? [id] : [],
  );
  const looksAfter = customerIds.size > 0 && (waiting.length === 0 || waiting.some((id) => customerIds.has(id)));
  return {
    isSupporter: roles.has("support") || looksAfter,
    isMaintainer: roles.has("owner") || repositoryIds.includes(row.repository_id),
    isAuthor: false,
    isDecider: roles.has("decider"),
  };
}
