// Contracts that lapse are told to account owner and support, each moment once and in the customer's morning; customers and repositories hear nothing.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { startApp } from "../support/start-app.ts";

const POLICY = `version: 1
support: [dana]
digest: false
targets: { none: 400d }
`;
const customers = (more = "") => `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    timezone: Asia/Tokyo
    owner: { name: Sato, email: sato@acme.example, language: ja }
    contacts: [{ name: Ito, email: ito@shinshu-bank.example, language: ja }]
    logins: [sb-dev1]
    contracts:
      - { plan: subscription, tier: gold, from: 2026-01-01, until: 2026-05-29 }
${more}  - id: kiso-rail
    name: Kiso Rail
    timezone: Asia/Tokyo
    owner: { name: Mori, email: mori@acme.example }
    contracts:
      - { plan: subscription, from: 2026-01-01, until: 2026-05-29 }
      - { plan: subscription, from: 2026-05-30, until: 2027-05-29 }
      - { plan: consulting, from: 2026-01-01, until: 2026-05-29 }
people:
  - { github: dana, name: Dana, email: dana@acme.example, timezone: Asia/Tokyo }
  - { github: sb-dev1, email: taro@shinshu-bank.example }
`;
const RENEWED = "      - { plan: subscription, tier: gold, from: 2026-05-30, until: 2027-05-29 }\n";

const WHAT_IT_MEANS = `After the last day on which a contract counts, the customer’s patches
lose their labels, and nobody is reminded of them as a customer’s.
Neither customers nor repositories are told of any of this.

Has it been renewed? Import the contract that follows, and nothing more
is said.`;

const BOTH = (first: string) => `Hello Dana,

${first}

${WHAT_IT_MEANS}`;

const IN_JAPANESE = (line: string) => `Sato 様

${line}

契約が有効な最終日を過ぎると、お客様のパッチからラベルが外れ、お客様の案
件としてのお願いもお送りしなくなります。この件がお客様やリポジトリに伝わ
ることはありません。

更新済みの場合は、次の契約を取り込んでください。以後のお知らせは止まりま
す。`;

describe.each(DIALECTS)("on %s", (on) => {
  test("at each warning, on the day and at the end of the grace, what falls on one morning in one message", async () => {
    const story = await startApp({
      on,
      now: "2026-03-02T09:00:00Z",
      customers: customers(),
      channels: ["mail"],
      github: withOwnerPolicy(POLICY),
    });
    const patch = await story.github.as("sb-dev1").openPullRequest({ repository: "acme-db/engine", title: "Fix it" });
    const texts = (address: string) => story.mailsTo(address).map(({ subject, text }) => [subject, text]);
    // Sixty days before 29 May is Monday, 30 March; nine in Tokyo is midnight here.
    await story.advanceTo("2026-03-29T23:59:00Z");
    expect(texts("dana@acme.example")).toEqual([]);
    await story.advanceTo("2026-03-30T00:00:00Z");
    expect(texts("dana@acme.example")).toEqual([
      [
        "2 contracts are about to end, or have ended",
        BOTH(`- Kiso Rail: the consulting contract ends on 2026-05-29 (in 60 days). It
  counts until 2026-06-28.
- Shinshu Bank: the subscription (gold) ends on 2026-05-29 (in 60 days).
  It counts until 2026-06-28.`),
      ],
    ]);
    await story.advanceTo("2026-03-30T12:00:00Z");
    expect(texts("sato@acme.example")).toEqual([
      [
        "Shinshu Bank 様のサブスクリプション契約（gold）: 2026-05-29（あと 60 日）に終了します",
        IN_JAPANESE(`- Shinshu Bank 様のサブスクリプション契約（gold）は 2026-05-29（あと 60
  日）に終了します。2026-06-28 までは有効な契約として扱います。`),
      ],
    ]);
    expect(texts("mori@acme.example").map(([subject]) => subject)).toEqual([
      "Kiso Rail: the consulting contract ends on 2026-05-29 (in 60 days)",
    ]);

    await story.advanceTo("2026-05-29T12:00:00Z");
    expect(texts("mori@acme.example").map(([subject]) => subject)).toEqual([
      "Kiso Rail: the consulting contract ends on 2026-05-29 (in 60 days)",
      "Kiso Rail: the consulting contract ends on 2026-05-29 (in 14 days)",
      "Kiso Rail: the consulting contract ends on 2026-05-29 (today)",
    ]);
    expect(texts("sato@acme.example")).toHaveLength(3);
    // Renewed in the grace: the end of that grace is none any more.
    await story.importCustomers(customers(RENEWED));
    await story.advanceTo("2026-07-31T12:00:00Z");
    expect(texts("sato@acme.example")).toHaveLength(3);
    expect(texts("mori@acme.example").at(-1)?.[0]).toBe(
      "Kiso Rail: the consulting contract ended on 2026-05-29 (30 days ago)",
    );
    expect(texts("mori@acme.example")).toHaveLength(4);
    expect(texts("dana@acme.example")).toHaveLength(4);
    expect(story.commentsOn(patch)).toEqual([]);
    story.labelsOn(patch);
    await story.expectNothingElse();
  });

  test("nobody is told while the owner's policy observes, and once it acts what came last", async () => {
    const story = await startApp({
      on,
      now: "2026-05-18T09:00:00Z",
      customers: customers(),
      channels: ["mail"],
      github: withOwnerPolicy(`${POLICY}mode: observe\n`),
    });
    await story.advanceTo("2026-05-20T09:00:00Z");
    expect(story.mailsTo("dana@acme.example")).toEqual([]);
    await story.github.as("boss").commit("acme-db/.github", { ".github/patch-advocate.yml": POLICY });
    await story.advanceTo("2026-05-21T09:00:00Z");
    expect(story.mailsTo("dana@acme.example").map(({ subject }) => subject)).toEqual([
      "2 contracts are about to end, or have ended",
    ]);
    expect(story.mailsTo("sato@acme.example")).toHaveLength(1);
    expect(story.mailsTo("mori@acme.example")).toHaveLength(1);
    expect(story.checkRunsOn("acme-db/.github")).toHaveLength(1);
    await story.expectNothingElse();
  });
});
