// What may be chosen on the set-up page, and what is said of the rest.
import { describe, expect, test } from "vitest";
import { inTheWayOfAny, placeOf, variablesOf } from "../../src/setup/credentials.ts";
import { SETUP_TEXTS } from "../../src/setup/messages.ts";
import { parseWords } from "../../src/setup/parse.ts";
import type { Given, Problem, Words } from "../../src/setup/registration.ts";

const WORDS: Words = {
  organization: "acme-db",
  host: "",
  publicUrl: "https://patches.acme.example",
  proxyUrl: "",
  keep: "file",
};
const GIVEN: Given = {
  webhookPath: "/api/github/webhooks",
  publicUrl: null,
  proxyUrl: null,
  webUrl: "https://github.com",
  placedBy: null,
  own: new Set(),
};

const parse = (words: Partial<Words>, given: Partial<Given> = {}, canKeep = true) =>
  parseWords({ ...WORDS, ...words }, { given: { ...GIVEN, ...given }, canKeep });

const problemsOf = (...given: Parameters<typeof parse>) => {
  const parsed = parse(...given);
  return parsed.kind === "problems" ? parsed.problems.map(({ field, code }) => `${field}: ${code}`) : [];
};

test("what is chosen is read without its decoration", () => {
  expect(
    parse({ organization: " @acme-db ", host: " https://GHE.acme.example/ ", publicUrl: "https://P.example/x/" }),
  ).toEqual({
    kind: "registration",
    registration: {
      organization: "acme-db",
      host: "ghe.acme.example",
      publicUrl: "https://p.example/x",
      proxyUrl: null,
      keep: "file",
    },
  });
  expect(parse({ organization: "", host: "github.com", keep: "show" })).toMatchObject({
    registration: { organization: null, host: null, keep: "show" },
  });
});

test.each<[string, Partial<Words>, Partial<Given>, readonly string[]]>([
  ["an organisation's path", { organization: "acme/db" }, {}, ["organization: not-a-login"]],
  ["a name that begins with a hyphen", { organization: "-acme" }, {}, ["organization: not-a-login"]],
  ["a name that leads elsewhere", { organization: ".." }, {}, ["organization: not-a-login"]],
  ["a name too long", { organization: "a".repeat(40) }, {}, ["organization: not-a-login"]],
  ["a host with a path", { host: "ghe.example/api" }, {}, ["host: not-a-host"]],
  ["a host with a user", { host: "a@ghe.example" }, {}, ["host: not-a-host"]],
  ["no address", { publicUrl: " " }, {}, ["publicUrl: address-missing"]],
  ["another scheme", { publicUrl: "javascript:alert(1)" }, {}, ["publicUrl: not-an-address"]],
  ["a user in it", { publicUrl: "https://a:b@p.example" }, {}, ["publicUrl: not-an-address"]],
  ["a question in it", { publicUrl: "https://p.example/?a=b" }, {}, ["publicUrl: not-an-address"]],
  ["localhost", { publicUrl: "http://localhost:3000" }, {}, ["publicUrl: not-reachable"]],
  ["this machine's number", { publicUrl: "http://127.1:3000" }, {}, ["publicUrl: not-reachable"]],
  ["IPv6's localhost", { publicUrl: "http://[::1]:3000" }, {}, ["publicUrl: not-reachable"]],
  ["the own network", { publicUrl: "http://10.0.0.7" }, {}, ["publicUrl: not-reachable"]],
  ["a name inside", { publicUrl: "http://patches.internal" }, {}, ["publicUrl: not-reachable"]],
  ["the own network, where GitHub is in it", { publicUrl: "http://10.0.0.7", host: "ghe.example" }, {}, []],
  [
    "localhost, where GitHub is inside",
    { publicUrl: "http://localhost", host: "ghe.example" },
    {},
    ["publicUrl: not-reachable"],
  ],
  [
    "the own network, with data residency",
    { publicUrl: "http://10.0.0.7" },
    { webUrl: "https://acme.ghe.com" },
    ["publicUrl: not-reachable"],
  ],
  ["localhost with a channel", { publicUrl: "http://localhost:3000", proxyUrl: "https://smee.io/abc" }, {}, []],
  ["a channel inside", { proxyUrl: "http://localhost/abc" }, {}, ["proxyUrl: proxy-is-inside"]],
  ["a channel that is no address", { proxyUrl: "smee.io/abc" }, {}, ["proxyUrl: not-an-address"]],
])("%s", (_name, words, given, problems) => {
  expect(problemsOf(words, given)).toEqual(problems);
});

test("what the environment has settled wins over what is typed", () => {
  const given = {
    own: new Set(["PUBLIC_URL"]),
    publicUrl: "https://set.example",
    placedBy: "GHE_HOST",
    webUrl: "https://g",
  };

  expect(parse({ publicUrl: "https://other.example", host: "evil.example" }, given)).toMatchObject({
    registration: { publicUrl: "https://set.example", host: null },
  });
});

test("nothing is to be kept in a file that cannot be written", () => {
  expect(problemsOf({}, {}, false)).toEqual(["keep: cannot-keep"]);
  expect(problemsOf({ keep: "show" }, {}, false)).toEqual([]);
});

const APP = {
  id: 7,
  slug: "s",
  name: "n",
  pageUrl: "https://github.com/apps/s",
  clientId: "Iv1.7",
  clientSecret: "cs",
  webhookSecret: "ws",
  privateKey: "-----BEGIN",
};

describe("the variables", () => {
  const registration = {
    organization: null,
    host: null,
    publicUrl: "https://p.example",
    proxyUrl: null,
    keep: "file",
  } as const;
  const always = {
    APP_ID: "7",
    PRIVATE_KEY: Buffer.from("-----BEGIN").toString("base64"),
    WEBHOOK_SECRET: "ws",
    GITHUB_CLIENT_ID: "Iv1.7",
    GITHUB_CLIENT_SECRET: "cs",
  };

  test("say where the server is only if nothing else does", () => {
    expect(variablesOf({ app: APP, registration, given: GIVEN })).toEqual({
      ...always,
      PUBLIC_URL: "https://p.example",
    });
    expect(variablesOf({ app: APP, registration, given: { ...GIVEN, publicUrl: "https://p.example" } })).toEqual(
      always,
    );
  });

  test("take back a channel that is no longer wanted", () => {
    const given = { ...GIVEN, publicUrl: "https://p.example", proxyUrl: "https://smee.io/old" };

    expect(variablesOf({ app: APP, registration, given })).toEqual({ ...always, WEBHOOK_PROXY_URL: "" });
  });

  test("say where GitHub is, if it is not github.com", () => {
    expect([placeOf("ghe.acme.example"), placeOf("acme.ghe.com")]).toEqual([
      { GHE_HOST: "ghe.acme.example" },
      { GITHUB_API_URL: "https://api.acme.ghe.com" },
    ]);
  });

  test("that the process itself has stand in the way, even empty", () => {
    const own = new Set(["PATH", "WEBHOOK_SECRET", "PORT", "APP_ID", "PUBLIC_URL"]);

    expect(inTheWayOfAny({ ...GIVEN, own })).toEqual(["APP_ID", "WEBHOOK_SECRET", "PUBLIC_URL"]);
    expect(inTheWayOfAny({ ...GIVEN, own, publicUrl: "https://p.example" })).toEqual(["APP_ID", "WEBHOOK_SECRET"]);
  });
});

test("every problem is a sentence in both languages", () => {
  const codes: readonly Problem["code"][] = [
    "not-a-login",
    "not-a-host",
    "not-an-address",
    "address-missing",
    "not-reachable",
    "proxy-is-inside",
    "cannot-keep",
  ];
  const said = codes.map((code) =>
    (["en", "ja"] as const).map((language) => SETUP_TEXTS[language].form.problem({ field: "keep", code })),
  );

  expect(said).toMatchInlineSnapshot(`
    [
      [
        "This is no name of an account: letters, digits and single hyphens, 39 at most, such as acme-db.",
        "アカウント名ではありません。英数字とハイフンで 39 文字以内です。例：acme-db",
      ],
      [
        "This is no host: write it as github.acme.example, without a path.",
        "ホスト名ではありません。github.acme.example のように、パスを付けずにご入力ください。",
      ],
      [
        "This is no address: write it whole, such as https://patches.acme.example, without ? and #.",
        "アドレスではありません。https://patches.acme.example のように、? や # を付けずにすべてご入力ください。",
      ],
      [
        "Please say under which address this server is reached.",
        "このサーバーのアドレスをご入力ください。",
      ],
      [
        "GitHub cannot deliver webhooks to this address, since only your own machine or network knows it. Put a public one here, or fill in the webhook channel.",
        "ご自身のマシンまたは社内でしか使えないアドレスのため、GitHub は Webhook を配信できません。公開アドレスをご入力いただくか、Webhook のチャンネルをご入力ください。",
      ],
      [
        "GitHub cannot reach this channel: it needs a public address.",
        "GitHub はこのチャンネルに到達できません。公開アドレスが必要です。",
      ],
      [
        "The credentials cannot be kept in .env here: choose to be shown them.",
        "ここでは .env に書き込めません。表示するほうをお選びください。",
      ],
    ]
  `);
});
