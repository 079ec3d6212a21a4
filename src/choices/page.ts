// The pages behind a link in a mail: the question with its forms, what was answered, or why it can no longer be.
import type { Context } from "hono";
import { html } from "hono/html";
import type { Message } from "../notify/message.ts";
import { pageBlocks } from "../notify/render-html.ts";
import type { Language } from "../policy/policy.ts";
import { answerPage, type Html, type Page } from "../web/page.ts";
import type { PatchName } from "./about.ts";
import type { AnswerField, AnswerKind, AnswerProblem, AnswerWords } from "./answer.ts";
import { LONGEST_REASON } from "./answer.ts";
import { CHOICE_TEXTS, type ChoiceTexts, dayOf, minuteOf, type Over } from "./messages.ts";
import { waitableDays } from "./parse.ts";
import type { Known, Look } from "./react.ts";

/** What was typed and what is wrong with it, where a form came back. */
export type Tried = { readonly words: AnswerWords; readonly problems: readonly AnswerProblem[] };

const STYLES: Readonly<Record<AnswerKind, "go" | "stop" | "plain">> = {
  deciders: "go",
  wait: "plain",
  no: "stop",
  declined: "stop",
};

/** The page that shows how the question stands. `tried`: the form that could not be taken. */
export function choicePage(
  context: Context,
  look: Exclude<Look, { kind: "unknown" }>,
  { now, about, tried }: { readonly now: number; readonly about: Message | null; readonly tried: Tried | null },
): Promise<Response> {
  const { language } = look.choice;
  const text = CHOICE_TEXTS[language];
  switch (look.kind) {
    case "open":
      return answerPage(context, {
        language,
        title: titled(text.of[look.choice.kind].question),
        body: openBody(look, { text, now, about, tried }),
        status: tried === null ? 200 : 422,
      });
    case "answered": {
      const { answered, reader, patch } = look;
      const title = text.answered(answered.by, minuteOf(answered.at, reader.timezone));
      const { answer } = answered;
      return answerPage(context, {
        language,
        title: titled(title),
        body: html`<h1>${title}</h1>
<div class="box">
<p><strong>${text.gave(answer, (at) => dayOf(at, reader.timezone))}</strong></p>
${"reason" in answer ? html`<p>${text.reasonGiven}</p><blockquote>${lines(answer.reason)}</blockquote>` : ""}
</div>
<h2>${text.now}</h2>
<p>${text.happens[answer.kind]}</p>
${patchLine(patch)}`,
        status: 200,
      });
    }
    case "over":
      return overPage(context, look, look.over);
  }
}

function overPage(context: Context, { choice, reader, patch }: Known, over: Over): Promise<Response> {
  const text = CHOICE_TEXTS[choice.language];
  return answerPage(context, {
    language: choice.language,
    title: titled(text.over),
    body: html`<h1>${text.over}</h1>
<p>${text.because(over, (at) => minuteOf(at, reader.timezone))}</p>
<h2>${text.otherwise}</h2>
<p>${text.instead[choice.kind]}</p>
${patchLine(patch)}`,
    status: 410,
  });
}

const titled = (text: string): string => `${text} · Patch Advocate`;

const patchLine = (patch: PatchName | null): Html | string =>
  patch === null ? "" : html`<p><a href="${patch.url}" rel="noreferrer">${patch.name}</a></p>`;

const lines = (words: string): readonly (Html | string)[] =>
  words.split("\n").map((line, index) => (index === 0 ? line : html`<br>${line}`));

type Showing = {
  readonly text: ChoiceTexts;
  readonly now: number;
  readonly about: Message | null;
  readonly tried: Tried | null;
};

function openBody(look: Extract<Look, { kind: "open" }>, { text, now, about, tried }: Showing): Html {
  const { choice, reader } = look;
  const { question, explained } = text.of[choice.kind];
  const [above, below] = atFold(about);
  const asked = text.asked(
    choice.asked.name,
    minuteOf(choice.createdAt, reader.timezone),
    minuteOf(choice.expiresAt, reader.timezone),
  );
  const form: FormParts = { text, tried, days: waitableDays({ now, timezone: reader.timezone }) };
  return html`<h1>${question}</h1>
${tried === null ? "" : html`<p class="wrong" role="alert">${text.wrong}</p>`}
<p class="soft">${asked}</p>
${
  about === null
    ? patchLine(look.patch)
    : html`<p><a href="#answer">${text.toAnswer}</a></p>
<h2>${about.subject}</h2>
${pageBlocks(above)}`
}
<section id="answer">
<h2>${text.yourAnswer}</h2>
<p>${explained}</p>
${problemOf(form, "answer")}
${
  choice.kind === "closed"
    ? plainForm("declined", form)
    : html`${plainForm("deciders", form)}
${wordsForm("wait", form)}
${wordsForm("no", form)}`
}
</section>
${
  below.length === 0
    ? ""
    : html`<hr>
<h2>${text.more}</h2>
${pageBlocks(below)}`
}`;
}

/** What stands above the fold comes before the question, the rest after it. */
function atFold(about: Message | null): readonly [above: Message["blocks"], below: Message["blocks"]] {
  const blocks = about?.blocks ?? [];
  const fold = blocks.findIndex(({ kind }) => kind === "fold");
  return fold === -1 ? [blocks, []] : [blocks.slice(0, fold), blocks.slice(fold + 1)];
}

type FormParts = {
  readonly text: ChoiceTexts;
  readonly tried: Tried | null;
  readonly days: { readonly first: string; readonly last: string };
};

const plainForm = (kind: AnswerKind, { text }: FormParts): Html => html`<form method="post">
<input type="hidden" name="answer" value="${kind}">
<p>${text.means[kind]}</p>
<button class="${STYLES[kind]}">${text.button[kind]}</button>
</form>`;

function wordsForm(kind: "wait" | "no", parts: FormParts): Html {
  const { text, tried, days } = parts;
  const words = tried?.words.answer === kind ? tried.words : null;
  const own: FormParts = words === null ? { ...parts, tried: null } : parts;
  const until = `until-${kind}`;
  const reason = `reason-${kind}`;
  return html`<form method="post" novalidate>
<input type="hidden" name="answer" value="${kind}">
<p>${text.means[kind]}</p>
${
  kind === "no"
    ? ""
    : html`<label for="${until}">${text.until}</label>
<input id="${until}" name="until" type="date" required min="${days.first}" max="${days.last}" value="${words?.until.slice(0, 40) ?? ""}"${invalid(own, "until", until)}>
${problemOf(own, "until", until)}`
}
<label for="${reason}">${text.reason}</label>
<textarea id="${reason}" name="reason" required maxlength="${LONGEST_REASON}"${invalid(own, "reason", reason)}>${words?.reason ?? ""}</textarea>
${problemOf(own, "reason", reason)}
<button class="${STYLES[kind]}">${text.button[kind]}</button>
</form>`;
}

/** Marks a field; the first of them is where the page opens. */
function invalid({ tried }: FormParts, field: AnswerField, id: string): Html | string {
  const index = tried?.problems.findIndex((problem) => problem.field === field) ?? -1;
  if (index === -1) return "";
  return html` aria-invalid="true" aria-describedby="${id}-problem"${index === 0 ? html` autofocus` : ""}`;
}

function problemOf({ text, tried, days }: FormParts, field: AnswerField, id: string = field): Html | string {
  const problem = tried?.problems.find((each) => each.field === field);
  return problem === undefined ? "" : html`<p class="wrong" id="${id}-problem">${text.problem(problem, days)}</p>`;
}

type Plain = "missing" | "refused" | "tooLarge" | "failed";

const STATUS: Readonly<Record<Plain, Page["status"]>> = { missing: 404, refused: 403, tooLarge: 413, failed: 500 };

/** A page that knows of no question. */
export function plainPage(context: Context, what: Plain, language: Language): Promise<Response> {
  const text = CHOICE_TEXTS[language];
  const title = text[`${what}Title`];
  return answerPage(context, {
    language,
    title: titled(title),
    body: html`<h1>${title}</h1>
<p>${text[what]}</p>`,
    status: STATUS[what],
  });
}
