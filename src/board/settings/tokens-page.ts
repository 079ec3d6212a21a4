// The page of API tokens, and the one moment at which a new one is shown.
import { html } from "hono/html";
import { MOST_DAYS, USUAL_DAYS } from "../../api/token.ts";
import type { ApiToken } from "../../api/token-store.ts";
import type { Html } from "../../web/page.ts";
import { csrfField } from "../forms.ts";
import { ownerPath } from "../paths.ts";
import { dayElement, shortDay } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import { SETTINGS_TEXTS } from "./messages.ts";
import { TOKENS_TEXTS } from "./tokens-messages.ts";

export type TypedToken = { readonly name: string; readonly scope: string; readonly days: string };

export type TokenField = "wrongName" | "wrongScope" | "wrongDays";

export type TokensShown = {
  readonly viewer: Viewer;
  readonly tokens: readonly ApiToken[];
  readonly typed: TypedToken;
  readonly wrong: readonly TokenField[];
  readonly done: "revoked" | "gone" | null;
  readonly now: number;
};

export const EMPTY_TOKEN: TypedToken = { name: "", scope: "read", days: String(USUAL_DAYS) };

export const tokensPath = (viewer: Viewer): string => ownerPath(viewer, "/settings/tokens");

export function tokensBody({ viewer, tokens, typed, wrong, done, now }: TokensShown): Html {
  const text = TOKENS_TEXTS[viewer.language];
  const invalid = (field: TokenField) =>
    wrong.includes(field) ? html` aria-invalid="true" aria-describedby="wrong"` : "";
  return html`<p><a href="${ownerPath(viewer, "/settings")}">${SETTINGS_TEXTS[viewer.language].back}</a></p>
<h1>${text.title}</h1>
${done === null ? "" : html`<p class="${done === "gone" ? "warning" : "done"}" role="status">${text.done[done]}</p>`}
<p>${text.what}</p>
${tokens.length === 0 ? html`<p class="box empty">${text.none}</p>` : tokensTable(viewer, tokens, now)}
<h2>${text.makeTitle}</h2>
${wrong.length === 0 ? "" : html`<div role="alert" id="wrong">${wrong.map((field) => html`<p class="wrong">${text[field]}</p>`)}</div>`}
<form method="post" action="${tokensPath(viewer)}">${csrfField(viewer)}
<label for="name">${text.name}</label>
<input class="field" id="name" name="name" maxlength="100" required value="${typed.name}"${invalid("wrongName")}>
<label for="scope">${text.scope}</label>
<select id="scope" name="scope"${invalid("wrongScope")}>${(["read", "write"] as const).map(
    (scope) =>
      html`<option value="${scope}"${typed.scope === scope ? html` selected` : ""}>${text.scopes[scope]}</option>`,
  )}</select>
<label for="days">${text.days}</label>
<input id="days" name="days" type="number" min="1" max="${MOST_DAYS}" required value="${typed.days}"${invalid("wrongDays")}>
<p><button class="go">${text.make}</button></p>
</form>`;
}

function tokensTable(viewer: Viewer, tokens: readonly ApiToken[], now: number): Html {
  const text = TOKENS_TEXTS[viewer.language];
  return html`<table class="cards">
<caption class="hidden">${text.title}</caption>
<thead><tr><th scope="col">${text.name}</th><th scope="col">${text.begins}</th><th scope="col">${text.scope}</th><th scope="col">${text.madeBy}</th><th scope="col">${text.lastUsed}</th><th scope="col">${text.until}</th><th scope="col">${text.act}</th></tr></thead>
<tbody>${tokens.map(
    (token) => html`<tr><th scope="row">${token.name}</th>
<td data-label="${text.begins}"><code>${token.prefix}…</code></td>
<td data-label="${text.scope}">${text.scopeNames[token.scope]}</td>
<td data-label="${text.madeBy}">${token.madeBy}, ${dayElement(token.createdAt, viewer)}</td>
<td data-label="${text.lastUsed}">${token.lastUsedAt === null ? text.never : dayElement(token.lastUsedAt, viewer)}</td>
<td data-label="${text.until}">${untilOf(viewer, token, now)}</td>
<td>${
      isInForce(token, now)
        ? html`<form method="post" action="${tokensPath(viewer)}/${token.id}/revoke">${csrfField(viewer)}<button class="stop">${text.revoke}<span class="hidden"> ${text.of(token.name)}</span></button></form>`
        : ""
    }</td></tr>
`,
  )}</tbody>
</table>`;
}

const isInForce = ({ revokedAt, expiresAt }: ApiToken, now: number): boolean => revokedAt === null && expiresAt > now;

function untilOf(viewer: Viewer, { revokedAt, expiresAt }: ApiToken, now: number): Html | string {
  const text = TOKENS_TEXTS[viewer.language];
  if (revokedAt !== null) return text.revokedOn(shortDay(revokedAt, viewer));
  return expiresAt <= now ? text.over(shortDay(expiresAt, viewer)) : dayElement(expiresAt, viewer);
}

/** Shown once: only its hash is kept. */
export function madeTokenBody(
  viewer: Viewer,
  made: { readonly name: string; readonly token: string; readonly url: string },
): Html {
  const text = TOKENS_TEXTS[viewer.language];
  return html`<h1>${text.madeTitle(made.name)}</h1>
<p class="warning">${text.onceOnly}</p>
<label for="token">${text.token}</label>
<input class="field" id="token" readonly value="${made.token}">
<p>${text.use}</p>
<pre><code>curl -H "Authorization: Bearer ${made.token}" ${made.url}/api/v1/waiting</code></pre>
<p><a href="${tokensPath(viewer)}">${text.toTokens}</a></p>`;
}
