// Texts that were written for GitHub, on a page: they read the same, and nothing in them becomes markup.
import { describe, expect, test } from "vitest";
import { markdownText, pageText } from "../../../src/board/patch/public-words.ts";
import { code, escaped, literal, login, publicText, whereAllowed } from "../../../src/effects/public-text.ts";

const shown = async (html: ReturnType<typeof pageText>) => String(await html);

describe("a text for GitHub on a page", () => {
  test.each([
    ["code", publicText`${login("mira")} asked`, "<code>mira</code> asked"],
    ["bold", publicText`for **${literal("3 working days")}**`, "for <strong>3 working days</strong>"],
    ["code with backticks", code("a`b``c", "none"), "<code>a`b``c</code>"],
    [
      "what was escaped",
      escaped("<b>*x*</b> & @mira #1 https://evil.example", "none"),
      "&lt;b&gt;*x*&lt;/b&gt; &amp; @mira #1 https://evil.example",
    ],
    [
      "markup in code",
      code('<img src=x onerror="alert(1)">', "none"),
      "<code>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</code>",
    ],
    ["what all may read here", whereAllowed("full", literal("because of them"), literal("because")), "because of them"],
  ])("%s", async (_, text, expected) => {
    expect(await shown(pageText(text, { isLimited: false }))).toBe(expected);
  });

  test("whoever may know little reads what anybody may", async () => {
    const text = whereAllowed("full", escaped("Shinshu Bank", "full"), literal("somebody"));
    expect(await shown(pageText(text, { isLimited: true }))).toBe("somebody");
  });

  test("paragraphs and lists stay such", async () => {
    expect(await shown(markdownText("Hello @mira,\n\nOne\ntwo\n\n- a: `x`\n- b"))).toBe(
      "<p>Hello @mira,</p><p>One<br>two</p><ul><li>a: <code>x</code></li><li>b</li></ul>",
    );
  });
});
