// The account owner answers in Slack, by the buttons that really reached them; the customer reads of it in their feed, in their own words.
import { describe, expect, test } from "vitest";
import { parseCases } from "../../src/cases/import.ts";
import { checkCaseCustomers, importCases } from "../../src/cases/store-import.ts";
import { addFeed } from "../../src/feeds/store.ts";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { formOf, pressOf, sendFromSlack, wordsOfBlocks } from "../support/slack-press.ts";
import { startApp } from "../support/start-app.ts";

const POLICY = `version: 1
mode: act
support: ["@acme-db/support"]
maintainers: [mira]
escalation: { deciders: [noel], comment: false }
digest: false
cases: { repositories: [acme-db/cases], references: [{ pattern: "CASE-[0-9]+", url: "https://support.acme.example/{ref}" }] }
`;

const CUSTOMERS = `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    owner: { name: Sato, slack: U0123 }
    consultant: { github: kenji }
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2025-04-01, until: 2027-03-31 }
people:
  - { github: kenji, name: Kenji, slack: U0456 }
  - { github: noel, name: Noel, slack: U0789 }
`;

const CASES = `reference,title,customer,severity,state,summary,stake,workaround,needed_by,next_report,assignee,url
CASE-7,Nightly export stops,shinshu-bank,S2,open,The export stops at 2 GB.,The renewal depends on it.,none,,,,
`;

const TOKEN = "f".repeat(43);

/** The buttons of a message, by what they answer. */
function buttonsOf(blocks: readonly unknown[] | undefined): Readonly<Record<string, string>> {
  const values = [...JSON.stringify(blocks).matchAll(/"value":"([\w-]{43}:(\w+))"/g)];
  return Object.fromEntries(values.map(([, value, answer]) => [answer, value ?? ""]));
}

describe.each(DIALECTS)("on %s", (on) => {
  test("a wait by a form, then a press; the fix ships, and the customer's feed tells it all without a name", async () => {
    const story = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      customers: CUSTOMERS,
      channels: ["slack"],
      github: withOwnerPolicy(POLICY),
    });
    const { github } = story;
    const slack = story.channels.slack;
    slack?.answer(({ path }) => (path === "/api/views.open" ? { status: 200, body: { ok: true } } : undefined));
    const callsTo = (method: string) =>
      (slack?.calls ?? []).filter(({ path }) => path === `/api/${method}`).map(({ raw }) => new URLSearchParams(raw));
    await story.database.transaction((tx) =>
      addFeed(tx, { token: TOKEN, ownerId: github.idOf("acme-db"), customerId: "shinshu-bank", createdAt: Date.now() }),
    );
    const feed = async () => {
      const text = await (await fetch(`${story.url}/feeds/${TOKEN}`)).text();
      return [...text.matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) => title).slice(1);
    };
    const cases = parseCases(CASES, "csv");
    if (cases.kind !== "cases") throw new Error(JSON.stringify(cases.problems));
    const ownerId = github.idOf("acme-db");
    const checked = await checkCaseCustomers(story.database.db, ownerId, cases.cases);
    if (checked.kind !== "cases") throw new Error(JSON.stringify(checked.problems));
    await story.database.transaction((tx) => importCases(tx, { ownerId, cases: checked.cases, now: Date.now() }));
    const patch = await github
      .as("sb-dev1")
      .openPullRequest({ repository: "acme-db/engine", title: "Export in pieces" });
    const linked = await github.as("kenji").comment(patch, "/case link CASE-7");
    await story.settle();
    await story.advance({ hours: 1 });
    const asked = await github.as("kenji").comment(patch, "/case escalate");
    await story.settle();
    await story.advanceTo("2026-03-03T12:00:00Z");
    expect([...story.reactionsOn(linked), ...story.reactionsOn(asked)]).toEqual(["+1", "+1"]);

    const [first] = story.slackTo("U0123");
    const buttons = buttonsOf(first?.blocks);
    expect(Object.keys(buttons)).toEqual(["deciders", "wait", "no"]);
    const press = async (payload: unknown) => {
      const answer = await sendFromSlack(story.url, payload, { at: Date.now() });
      await story.settle();
      return answer;
    };
    const message = { channel: first?.channel ?? "", ts: first?.ts ?? "" };

    // Somebody else's press does nothing.
    await press(pressOf({ user: "U0456", value: buttons.deciders ?? "", message }));
    await press(pressOf({ user: "U0123", value: buttons.wait ?? "", message }));
    const view = JSON.parse(callsTo("views.open").at(-1)?.get("view") ?? "{}") as { private_metadata: string };
    const form = { user: "U0123", metadata: view.private_metadata };
    const bad = await press(formOf({ ...form, until: "2026-03-01", reason: "Soon." }));
    expect(JSON.parse(bad.text)).toEqual({
      response_action: "errors",
      errors: { until: "That day is not in the future. The first possible day is 2026-03-04." },
    });
    const good = await press(formOf({ ...form, until: "2026-03-05", reason: "Their year closes first." }));
    expect(good).toEqual({ status: 200, text: "" });
    const [updated] = callsTo("chat.update");
    expect([updated?.get("channel"), updated?.get("ts")]).toEqual([message.channel, message.ts]);
    expect(buttonsOf(JSON.parse(updated?.get("blocks") ?? "[]"))).toEqual({});
    expect(wordsOfBlocks(JSON.parse(updated?.get("blocks") ?? "[]"))[1]).toMatch(
      /^Sato answered on 2026-03-03 12:00 \(UTC\): Wait until 2026-03-05\./,
    );
    expect(wordsOfBlocks(story.slackTo("U0456").at(-1)?.blocks)).toContain("Their year closes first.");

    await story.advanceTo("2026-03-05T12:00:00Z");
    const again = story.slackTo("U0123").at(-1);
    const now = { channel: again?.channel ?? "", ts: again?.ts ?? "" };
    const putForward = pressOf({ user: "U0123", value: buttonsOf(again?.blocks).deciders ?? "", message: now });
    await press(putForward);
    await press(putForward);
    expect(story.slackTo("U0789")).toHaveLength(1);
    expect(story.labelsOn(patch)).toContain("escalated");

    await github.as("mira").merge(patch);
    await story.settle();
    await story.advanceTo("2026-03-06T12:00:00Z");
    await github.as("mira").createRelease("acme-db/engine", { tag: "v2.4.0", name: "Engine 2.4" });
    await story.settle();
    expect(await feed()).toEqual([
      "Case CASE-7 (Nightly export stops): the fix is in release v2.4.0",
      "Case CASE-7 (Nightly export stops): the developers have accepted the fix",
      "Case CASE-7 (Nightly export stops): a fix has been written and is with the developers",
    ]);
    // Reminded in between, as its severity asks for.
    expect(story.commentsOn(patch).map((comment) => comment.split("\n")[0])).toEqual(["Hello @mira,"]);
    story.labelsOn(patch);
    story.slackTo("U0123");
    story.slackTo("U0456");
    story.slackTo("U0789");
    await story.expectNothingElse();
  });
});
