// The pages on which the App is made: the code, the form, what goes to GitHub, the credentials, and why it went no further.
import type { Context } from "hono";
import { html } from "hono/html";
import type { Language } from "../policy/policy.ts";
import { answerPage, type Html, languageAsked, type Page, PRIVATE_HEADERS } from "../web/page.ts";
import type { Manifest } from "./manifest.ts";
import { SETUP_TEXTS, type SetupTexts, type ShownBecause, type Stop } from "./messages.ts";
import { isSettled } from "./parse.ts";
import type { Field, Given, Problem, Registration, Variables, Words } from "./registration.ts";

type Shown = Pick<Page, "title" | "body" | "status"> & {
  /** Another origin that a form of this page may be sent to. */
  readonly formTo?: string;
  /** Looks again after so many seconds. */
  readonly refreshSeconds?: number;
};

export const languageOf = (context: Context): Language => languageAsked(context.req.header("accept-language"));

export const textsFor = (context: Context): SetupTexts => SETUP_TEXTS[languageOf(context)];

/** A page of the set-up. It tells other sites its origin and no more: without one GitHub, and we, could not tell where a form comes from. */
export async function setupPage(context: Context, { formTo, refreshSeconds, ...page }: Shown): Promise<Response> {
  const text = textsFor(context);
  const title = page.title === text.title ? page.title : `${page.title} · Patch Advocate`;
  const response = await answerPage(context, { language: languageOf(context), ...page, title });
  response.headers.set("referrer-policy", "strict-origin");
  if (refreshSeconds !== undefined) response.headers.set("refresh", String(refreshSeconds));
  if (formTo !== undefined) {
    const policy = PRIVATE_HEADERS["content-security-policy"] ?? "";
    response.headers.set(
      "content-security-policy",
      policy.replace("form-action 'self'", `form-action 'self' ${formTo}`),
    );
  }
  return response;
}

const STATUS: Readonly<Record<Stop["code"], Page["status"]>> = {
  "not-let-in": 403,
  "wrong-code": 403,
  "used-code": 403,
  "too-often": 403,
  "form-expired": 403,
  "nothing-begun": 403,
  "forged-state": 403,
  "late-state": 403,
  "no-code": 400,
  "not-reached": 500,
  "unknown-code": 422,
  refused: 422,
  "not-understood": 422,
  "made-elsewhere": 409,
  missing: 404,
  "too-large": 413,
  failed: 500,
};

/** Why it goes no further, and what to do. `again`: where to begin anew, relative to this page. */
export function stopPage(context: Context, stop: Stop, again: string | null): Promise<Response> {
  const text = textsFor(context);
  const { title, text: words } = text.stop(stop);
  const link = stop.code === "not-reached" ? text.retry : text.again;
  return setupPage(context, {
    title,
    body: html`<h1>${title}</h1>
<p role="alert">${words}</p>
${again === null ? "" : html`<p><a href="${again}">${link}</a></p>`}`,
    status: STATUS[stop.code],
  });
}

/** The way in for whoever is not at this machine. `action`: where the code is tried, relative to this page. */
export function enterPage(context: Context, stop: Stop | null, { code, action }: { code: string; action: string }) {
  const text = textsFor(context);
  const said = stop === null ? null : text.stop(stop);
  const title = said?.title ?? text.title;
  return setupPage(context, {
    title,
    body: html`<h1>${title}</h1>
${said === null ? "" : html`<p role="alert">${said.text}</p>`}
<form method="post" action="${action}">
<label for="code">${text.enter.code}</label>
<input id="code" name="code" required autocomplete="off" spellcheck="false" maxlength="100" value="${code.slice(0, 100)}">
<p class="soft">${text.enter.hint}</p>
<button class="go">${text.enter.button}</button>
</form>`,
    status: stop === null ? 200 : STATUS[stop.code],
  });
}

export type FormParts = {
  readonly token: string;
  readonly given: Given;
  readonly words: Words;
  readonly problems: readonly Problem[];
  /** Why credentials can only be shown; null: they can be written. */
  readonly onlyShown: Exclude<ShownBecause, "asked"> | null;
  readonly inTheWay: readonly string[];
};

/** The form with what to choose. */
export function formPage(context: Context, parts: FormParts): Promise<Response> {
  const { token, given, problems, onlyShown, inTheWay } = parts;
  const text = textsFor(context);
  const { form } = text;
  return setupPage(context, {
    title: text.title,
    body: html`<h1>${text.title}</h1>
<p>${form.intro}</p>
${problems.length === 0 ? "" : html`<p class="wrong" role="alert">${form.wrong}</p>`}
<form method="post" action="setup" novalidate>
<input type="hidden" name="token" value="${token}">
${field("organization", { parts, form, label: form.organization, hint: form.organizationHint })}
${
  given.placedBy === null
    ? field("host", { parts, form, label: form.host, hint: form.hostHint })
    : html`<p>${form.hostFixed(given.webUrl, given.placedBy)}</p>`
}
${field("publicUrl", { parts, form, label: form.publicUrl, hint: form.publicUrlHint, settledBy: settled("PUBLIC_URL", given) })}
${field("proxyUrl", { parts, form, label: form.proxyUrl, hint: form.proxyUrlHint, settledBy: settled("WEBHOOK_PROXY_URL", given) })}
<h2 id="keep">${form.keep}</h2>
${problemOf("keep", problems, form)}
<p>${onlyShown === null ? form.keepHint : onlyShown === "not-writable" ? form.notWritable : form.inTheWay(inTheWay)}</p>
${onlyShown === null ? html`<button class="go" name="keep" value="file">${form.toFile}</button>` : ""}
<button class="${onlyShown === null ? "plain" : "go"}" name="keep" value="show">${form.toShow}</button>
</form>`,
    status: problems.length === 0 ? 200 : 422,
  });
}

const settled = (variable: "PUBLIC_URL" | "WEBHOOK_PROXY_URL", given: Given): string | null =>
  isSettled(variable, given) ? variable : null;

type FieldParts = {
  readonly parts: FormParts;
  readonly form: SetupTexts["form"];
  readonly label: string;
  readonly hint: string;
  readonly settledBy?: string | null;
};

function field(name: Exclude<Field, "keep">, { parts, form, label, hint, settledBy = null }: FieldParts): Html {
  const isWrong = parts.problems.some((problem) => problem.field === name);
  const described = isWrong ? `${name}-hint ${name}-problem` : `${name}-hint`;
  return html`<label for="${name}">${label}</label>
<input id="${name}" name="${name}" autocomplete="off" spellcheck="false" maxlength="600" value="${parts.words[name].slice(0, 600)}" aria-describedby="${described}"${isWrong ? html` aria-invalid="true"` : ""}${settledBy === null ? "" : html` readonly`}>
${problemOf(name, parts.problems, form)}
<p class="soft" id="${name}-hint">${settledBy === null ? hint : form.fixed(settledBy)}</p>`;
}

function problemOf(name: Field, problems: readonly Problem[], form: SetupTexts["form"]): Html | string {
  const problem = problems.find((each) => each.field === name);
  return problem === undefined ? "" : html`<p class="wrong" id="${name}-problem">${form.problem(problem)}</p>`;
}

type Confirming = { readonly registration: Registration; readonly manifest: Manifest; readonly action: string };

/** What GitHub will be asked for, whole, and the button that asks. */
export function confirmPage(context: Context, { registration, manifest, action }: Confirming): Promise<Response> {
  const { confirm } = textsFor(context);
  const { origin, host } = new URL(action);
  return setupPage(context, {
    title: confirm.title,
    formTo: origin,
    body: html`<h1>${confirm.title}</h1>
<p>${confirm.intro}</p>
<table>
<caption>${confirm.asked}</caption>
${row(confirm.at, origin)}
${row(confirm.owner, registration.organization ?? confirm.ownAccount)}
${row(confirm.page, registration.publicUrl)}
${row(confirm.hook, registration.proxyUrl === null ? manifest.hook_attributes.url : confirm.proxied(registration.proxyUrl))}
${row(confirm.credentials, confirm.keep[registration.keep])}
${row(
  confirm.permissions,
  Object.entries(manifest.default_permissions).map(([name, access]) => html`${name}: ${confirm.access[access]}<br>`),
)}
${row(confirm.events, manifest.default_events.join(", "))}
</table>
<form method="post" action="${action}">
<input type="hidden" name="manifest" value="${JSON.stringify(manifest)}">
<p>${confirm.name}</p>
<button class="go">${confirm.button(host)}</button>
</form>
<p><a href="../setup">${confirm.change}</a></p>`,
    status: 200,
  });
}

const row = (name: string, value: string | readonly Html[]): Html =>
  html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;

type Storing = {
  readonly name: string;
  readonly variables: Variables;
  readonly because: ShownBecause;
  readonly inTheWay: readonly string[];
  readonly token: string;
};

/** The credentials, for a secret store. */
export function credentialsPage(context: Context, { name, variables, because, inTheWay, token }: Storing) {
  const { credentials: text } = textsFor(context);
  const title = text.title(name);
  const lines = Object.entries(variables).map(([key, value]) => `${key}=${value}`);
  return setupPage(context, {
    title,
    body: html`<h1>${title}</h1>
<p>${text.because[because]}</p>
<p><strong>${text.once}</strong></p>
${inTheWay.length === 0 ? "" : html`<p>${text.unset(inTheWay)}</p>`}
<table>
<caption>${text.what}</caption>
<thead><tr><th scope="col">${text.variable}</th><th scope="col">${text.meaning}</th></tr></thead>
<tbody>
${Object.keys(variables).map((key) => html`<tr><th scope="row"><code>${key}</code></th><td>${text.meanings[key] ?? ""}</td></tr>`)}
</tbody>
</table>
<label for="variables">${text.lines}</label>
<textarea id="variables" readonly rows="${lines.length + 4}" spellcheck="false">
${lines.join("\n")}</textarea>
<form method="post" action="start">
<input type="hidden" name="token" value="${token}">
<button class="go">${text.button}</button>
</form>`,
    status: 200,
  });
}

type Failing = { readonly reason: string | null; readonly path: string | null; readonly token: string };

/** The App is there, but the server behind it did not start. `path`: where its credentials are, if in a file. */
export function notStartedPage(context: Context, { reason, path, token }: Failing): Promise<Response> {
  const { start } = textsFor(context);
  return setupPage(context, {
    title: start.failed,
    body: html`<h1>${start.failed}</h1>
<p>${path === null ? start.shown : start.written(path)}</p>
${reason === null ? "" : html`<p role="alert">${start.because(reason)}</p>`}
<form method="post" action="start">
<input type="hidden" name="token" value="${token}">
<button class="go">${start.button}</button>
</form>`,
    status: reason === null ? 200 : 500,
  });
}
