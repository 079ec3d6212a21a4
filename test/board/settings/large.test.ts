// Files as large as they come: ten thousand customers are shown and imported by two presses, and what is larger than is read gets a page.
import { expect, test } from "vitest";
import { signedIn } from "../../support/board/sign-in.ts";
import { startApp } from "../../support/start-app.ts";

const HEADER =
  "id,name,timezone,confidential,owner_name,owner_email,owner_language,consultant_github,logins,organizations,domains,plan,tier,from,until";
const rowOf = (_: unknown, n: number) =>
  `customer-${n},株式会社 ${n} "quoted" & <b>,Asia/Tokyo,false,Sato,sato@acme.example,ja,kenji,dev-${n},org-${n},c${n}.example,subscription,gold,2026-04-01,2027-03-31`;

/** As a browser sends it: not written in percent signs, so that it is as long as it is. */
const multipart = (fields: Readonly<Record<string, string>>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
};

test("ten thousand rows are seen and imported, and more than is read is told as a page", {
  timeout: 120_000,
}, async () => {
  const app = await startApp({ on: "sqlite", now: "2026-03-02T09:00:00Z" });
  const boss = await signedIn(app, { login: "boss" });
  const path = "/o/acme-db/settings/customers/import";
  const headers = { cookie: `${boss.cookie.name}=${boss.cookie.value}`, origin: app.url };
  const csrf = /name="csrf" value="([^"]+)"/.exec((await boss.open(path)).body)?.[1] ?? "";
  const press = async (fields: Readonly<Record<string, string>>) => {
    const form = multipart({ csrf, ...fields });
    const response = await fetch(`${app.url}${path}`, { method: "POST", headers, body: form, redirect: "manual" });
    return { status: response.status, body: await response.text() };
  };
  const file = `\ufeff${HEADER}\r\n${Array.from({ length: 10_000 }, rowOf).join("\r\n")}\r\n`.replaceAll(
    '"quoted"',
    "quoted",
  );

  const seen = await press({ file, text: "" });
  expect([
    seen.status,
    seen.body.includes("10,000 added, 0 changed, 0 unchanged"),
    seen.body.includes("and 9,800 more"),
  ]).toEqual([200, true, true]);
  const value = (name: string) =>
    (new RegExp(`name="${name}" value="([^"]*)"`).exec(seen.body)?.[1] ?? "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
  const done = await press({ text: value("text").replaceAll("\n", "\r\n"), seal: value("seal") });
  expect(done.status).toBe(303);
  const large = await press({ file: "x".repeat(8 * 1024 * 1024), text: "" });
  expect([large.status, large.body.includes("<h1>This is too large</h1>")]).toEqual([413, true]);
  // It would not come back whole with the second press: told before anything is shown.
  const lines = await press({ file: "#\n".repeat(4 * 1024 * 1024 - 10_000), text: "" });
  expect([lines.status, lines.body.includes("<h1>This is too large</h1>")]).toEqual([413, true]);
  const list = await boss.open("/o/acme-db/settings/customers?q=9999");
  expect([...list.body.matchAll(/customers\/(customer-\d+)\/edit/g)].map(([, id]) => id)).toEqual(["customer-9999"]);
});
