// What an escalation will say, shown before anything is said: the step, the people by name, and the request word for word. Nothing has been done
// when it is shown.
import { html } from "hono/html";
import type { Html } from "../../web/page.ts";
import { csrfField, formIdField } from "../forms.ts";
import { patchPath } from "../paths.ts";
import { exactInstant } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { nextWords } from "../waiting/next-messages.ts";
import { actPath } from "./act-forms.ts";
import { PATCH_TEXTS } from "./messages.ts";
import { titleOf } from "./page.ts";
import type { Preview } from "./preview.ts";
import { markdownText } from "./public-words.ts";
import type { PatchFound } from "./read.ts";

export type Confirming = {
  readonly viewer: Viewer;
  readonly found: PatchFound;
  readonly preview: Preview;
  readonly formId: string;
  readonly value: (field: string) => string;
  readonly now: number;
};

export function confirmBody({ viewer, found, preview, formId, value, now }: Confirming): Html {
  const { confirming: text } = PATCH_TEXTS[viewer.language];
  const { repository } = found.place;
  const name = `${repository.owner_login}/${repository.name}#${found.row.number}`;
  const reason = value("reason").trim();
  const isAnyway = value("anyway") !== "";
  return html`<h1>${text.title}</h1>
<p class="soft">${name}: ${titleOf(found)}</p>
<p class="note" role="status">${text.nothingYet}</p>
${preview.kind === "step" ? stepWords(viewer, { preview, name }) : html`<p>${laterWords(viewer, preview, now)}</p>`}
${isAnyway ? html`<p class="warning">${text.anyway}</p>` : ""}
${reason === "" ? "" : html`<p>${text.reason}</p><blockquote>${reason}</blockquote>`}
<form method="post" action="${actPath(viewer, found, "escalate")}">${csrfField(viewer)}${formIdField(formId)}
<input type="hidden" name="reason" value="${reason}">${isAnyway ? html`<input type="hidden" name="anyway" value="yes">` : ""}
<input type="hidden" name="confirm" value="yes">
<p class="row"><button class="go">${text.press}</button> <a href="${patchPath(viewer, { repository: repository.name, number: found.row.number })}">${text.back}</a></p>
</form>`;
}

type Step = { readonly preview: Extract<Preview, { kind: "step" }>; readonly name: string };

function stepWords(viewer: Viewer, { preview, name }: Step): Html {
  const whole = PATCH_TEXTS[viewer.language];
  const { confirming: text } = whole;
  const { people, request, answerByAt } = preview;
  return html`<p>${text.steps[preview.step]}${answerByAt === null ? "" : ` ${text.until(exactInstant(answerByAt, viewer))}`}</p>
${
  people.length === 0
    ? html`<p>${text.nobody}</p>`
    : html`<p>${text.told}</p><ul>${people.map(
        ({ as, name: who, isReached }) =>
          html`<li>${isReached ? whole.addressed[as](who) : whole.notReached(who)}</li>`,
      )}</ul>`
}
${
  request === null
    ? html`<p>${text.notWritten}</p>`
    : html`<p>${text.written(name)}</p><blockquote>${markdownText(request)}</blockquote>`
}`;
}

function laterWords(viewer: Viewer, { because }: Extract<Preview, { kind: "later" }>, now: number): string {
  const { confirming: text } = PATCH_TEXTS[viewer.language];
  if (because === null) return text.later;
  const { language, timezone, isLimited } = viewer;
  return text.laterUntil(nextWords({ at: null, because }, { language, timezone, isLimited, now }));
}
