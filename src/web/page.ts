// The frame of every page: its look for phones and desks, light and dark, and the headers that keep it private and without scripts.
import { createHash } from "node:crypto";
import type { Context } from "hono";
import { html, raw } from "hono/html";
import type { Language } from "../policy/policy.ts";

export type Html = ReturnType<typeof html>;

export type Page = {
  readonly language: Language;
  readonly title: string;
  /** What else stands in the page's head, such as where its feed is. */
  readonly head?: Html;
  readonly body: Html;
  readonly status: 200 | 400 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 500;
};

const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--text:#1f2328;--soft:#59636e;--line:#d1d9e0;--box:#f6f8fa;--link:#0969da;--go:#1f883d;--stop:#cf222e;--plain:#59636e;--wrong:#cf222e;--on:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#f0f6fc;--soft:#9198a1;--line:#3d444d;--box:#151b23;--link:#4493f8;--go:#238636;--stop:#b62324;--plain:#656c76;--wrong:#f85149}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.6 -apple-system,BlinkMacSystemFont,"Segoe UI","Hiragino Sans","Noto Sans JP",sans-serif;overflow-wrap:anywhere}
main{max-width:44rem;margin:0 auto;padding:1rem 1rem 3rem}
h1{font-size:1.5rem;line-height:1.3;margin:1rem 0}
h2{font-size:1.2rem;line-height:1.4;margin:2rem 0 .5rem}
h3{font-size:1rem;margin:1.25rem 0 .25rem}
a{color:var(--link)}
p,ul,table,blockquote{margin:.75rem 0}
ul{padding-left:1.5rem}
th,td{text-align:left;vertical-align:top;padding:.15rem 1rem .15rem 0}
caption{text-align:left;color:var(--soft);font-size:.9rem;padding-bottom:.25rem}
th{font-weight:600;overflow-wrap:break-word}
blockquote{border-left:4px solid var(--line);padding-left:.75rem;color:var(--soft)}
code{font:.875em ui-monospace,Menlo,Consolas,monospace;background:var(--box);padding:.1em .3em;border-radius:4px}
hr{border:0;border-top:1px solid var(--line);margin:2rem 0}
.soft{color:var(--soft);font-size:.9rem}
.box,form{border:1px solid var(--line);background:var(--box);border-radius:8px;padding:1rem;margin:1rem 0}
.box>:first-child,form>:first-child{margin-top:0}
.box>:last-child,form>:last-child{margin-bottom:0}
label{display:block;font-weight:600;margin:.75rem 0 .25rem}
input,textarea{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--soft);border-radius:6px;padding:.5rem}
input[type=date]{width:auto;min-width:12rem;max-width:100%}
textarea{min-height:6rem}
[aria-invalid=true]{border-color:var(--wrong);border-width:2px}
.wrong{color:var(--wrong);font-weight:600;margin:.25rem 0}
.steps{list-style:none;padding:0}
.steps li{position:relative;border-left:2px solid var(--line);margin-left:.5rem;padding:0 0 .6rem 1.25rem}
.steps li:last-child{border-color:transparent;padding-bottom:0}
.steps li::before{content:"";position:absolute;left:-.5rem;top:.4rem;width:.875rem;height:.875rem;border-radius:50%;border:2px solid var(--soft);background:var(--ground)}
.steps .done{border-color:var(--go)}
.steps .done::before{background:var(--go);border-color:var(--go)}
.steps .current{font-weight:600}
.steps .current::before{background:var(--link);border-color:var(--link)}
.steps .soft{font-weight:400;margin-left:.5rem}
.steps .ahead{color:var(--soft)}
dl{margin:.75rem 0}
dt{font-weight:600}
dd{margin:0 0 .5rem}
button{font:inherit;font-weight:600;color:var(--on);background:var(--plain);border:0;border-radius:6px;padding:.6rem 1rem;margin-top:.75rem;min-height:44px;cursor:pointer}
button.go{background:var(--go)}
button.stop{background:var(--stop)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
`;

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** On every answer of ours to a browser: kept nowhere, found by no search, framed by nobody, and its address told to nobody. */
export const PRIVATE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": POLICY,
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** The whole page, with its headers. */
export async function answerPage(context: Context, { language, title, head, body, status }: Page): Promise<Response> {
  const document = await html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
${head ?? ""}<style>${raw(STYLE)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
  return context.html(document, status, PRIVATE_HEADERS);
}

/** The language that a browser asks for first, of those that we speak. */
export function languageAsked(acceptLanguage: string | undefined): Language {
  const first = /(?:^|[\s,])(en|ja)\b/i.exec((acceptLanguage ?? "").slice(0, 200))?.[1];
  return first?.toLowerCase() === "ja" ? "ja" : "en";
}
