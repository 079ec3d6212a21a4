// Writes src/board/tokens.css: of Primer's tokens (https://primer.style) those that board.css and the charts use, light and dark. Primer is
// a development dependency, since the whole of it is 57 MB.
//   npm run tokens
import { readFileSync, writeFileSync } from "node:fs";

const THEMES = "node_modules/@primer/primitives/dist/css/functional/themes";
const used = new Set(
  readFileSync("src/board/board.css", "utf8")
    .matchAll(/var\((--[A-Za-z0-9-]+)/g)
    .map(([, name = ""]) => name),
);
const light = tokensOf("light");
const dark = tokensOf("dark");

writeFileSync(
  "src/board/tokens.css",
  `/* Made by scripts/primer-tokens.ts of @primer/primitives; not to be changed by hand. */
:root{color-scheme:light;${light}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}
:root[data-theme=dark]{color-scheme:dark;${dark}}
`,
);

function tokensOf(theme: string): string {
  const values = new Map<string, string>();
  for (const [, name = "", value = ""] of readFileSync(`${THEMES}/${theme}.css`, "utf8").matchAll(
    /(--[\w-]+):\s*([^;]+);/g,
  ))
    if (!values.has(name)) values.set(name, value);
  const resolved = (name: string): string => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`Primer has no token ${name}`);
    return value.replace(/var\((--[\w-]+)\)/g, (_, other: string) => resolved(other));
  };
  return [...used]
    .toSorted()
    .map((name) => `${name}:${resolved(name)}`)
    .join(";");
}
