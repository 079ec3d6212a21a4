// What somebody reads on a page of the board, as lines of text: headings, links with where they lead, tables a row a line, fields with what
// is in them. Apart, so that stories compare whole pages without their markup.

/** The text of the page's own part, without its frame. */
export function pageText(page: { readonly body: string }): string {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(page.body)?.[1] ?? page.body;
  return textOf(main);
}

const BLOCKS =
  "p|div|section|nav|form|details|summary|table|caption|thead|tbody|ul|ol|dl|dt|dd|figure|figcaption|svg|fieldset|legend|pre|blockquote";

function textOf(html: string): string {
  const marked = html
    .replace(/<input[^>]*type="hidden"[^>]*>/g, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g, (_, name: string, options: string) => {
      const all = [...options.matchAll(/<option value="([^"]*)"( selected)?[^>]*>(.*?)<\/option>/g)];
      const chosen = all.find(([, , isSelected]) => isSelected !== undefined) ?? all[0];
      return `<${name}: ${chosen?.[3] ?? ""}>`.replace(/[<>]/g, (sign) => (sign === "<" ? "\u0001" : "\u0002"));
    })
    .replace(/<textarea[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g, "\u0001$1: $2\u0002")
    .replace(/<input([^>]*)>/g, (_, attributes: string) => {
      const of = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
      const isBox = of("type") === "checkbox" || of("type") === "radio";
      return `\u0001${of("name")}: ${isBox ? (/ checked/.test(attributes) ? "x" : "") : of("value")}\u0002`;
    })
    .replace(/<button[^>]*>([\s\S]*?)<\/button>/g, "\u0001$1\u0002")
    .replace(/<a [^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g, "[$2]($1)")
    .replace(/<time [^>]*title="([^"]*)"[^>]*>([\s\S]*?)<\/time>/g, "$2 {$1}")
    .replace(/<h([1-6])[^>]*>/g, (_, level: string) => `\n\n${"#".repeat(Number(level))} `)
    .replace(/<\/h[1-6]>/g, "\n")
    .replace(/<tr[^>]*>/g, "\n")
    .replace(/<\/t[hd]>\s*(?=<t[hd])/g, " | ")
    .replace(/<li[^>]*>/g, "\n- ")
    .replace(/<br>/g, " / ")
    .replace(/<text[^>]*>/g, "\n")
    .replace(new RegExp(`</?(?:${BLOCKS})(?:\\s[^>]*)?>`, "g"), "\n")
    .replace(/<[^>]+>/g, "");
  return decoded(marked)
    .split("\n")
    .map((line) => line.replace(/[ \t]+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}

const decoded = (text: string): string =>
  text
    .replaceAll("\u0001", "<")
    .replaceAll("\u0002", ">")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
