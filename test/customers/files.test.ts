import { describe, expect, test } from "vitest";
import { parseCustomers } from "../../src/customers/parse.ts";
import { EXAMPLE, problemsIn, readFile } from "./builders.ts";

const HEADER =
  "id,name,timezone,confidential,owner_name,owner_email,owner_language,consultant_github,logins,organizations,domains,plan,tier,from,until\n";
const KEYS =
  "id, name, timezone, confidential, owner, consultant, logins, organizations, domains, ids, contacts, contracts";

test("the example of the description is read whole", () => {
  const { file } = readFile(EXAMPLE);
  expect(file).toEqual({
    customers: [
      {
        id: "shinshu-bank",
        name: "Shinshu Bank",
        timezone: "Asia/Tokyo",
        confidential: false,
        owner: {
          name: "Sato",
          email: "sato@acme.example",
          language: "ja",
          slack: "U0123",
          github: null,
          deputy: { name: "Mori", email: "mori@acme.example", language: null, slack: null, github: null },
        },
        consultant: { github: "kenji" },
        logins: ["sb-dev1"],
        organizations: ["shinshu-bank"],
        domains: ["shinshu-bank.example"],
        ids: { salesforce: "001xx", zendesk: "3600" },
        contacts: [{ name: "Ito", email: "ito@shinshu-bank.example", language: "ja" }],
        contracts: [
          {
            plan: "subscription",
            tier: "gold",
            from: "2026-04-01",
            until: "2027-03-31",
            targets: { S1: { amount: 2, unit: "h" } },
          },
          { plan: "consulting", tier: null, from: "2026-06-01", until: "2026-12-31", targets: {} },
        ],
      },
    ],
    people: [
      {
        github: "kenji",
        name: "Kenji",
        email: "kenji@acme.example",
        slack: "U0456",
        language: "ja",
        timezone: "Asia/Tokyo",
        hours: "09:00-18:00",
      },
    ],
  });
});

test.each(["", "# nothing yet\n", "customers:\n", "customers: []\npeople:\n"])("%j is an empty file", (text) => {
  expect(readFile(text).file).toEqual({ customers: [], people: [] });
});

test("an alias stands for what it names", () => {
  const text =
    "customers:\n  - { id: a, name: A, owner: &sato { name: Sato } }\n  - { id: b, name: B, owner: *sato }\n";
  expect(readFile(text).file.customers.map(({ owner }) => owner?.name)).toEqual(["Sato", "Sato"]);
});

describe("a YAML file that is wrong", () => {
  test("has every field's problem told at once, with its line, its column and what to write", () => {
    const text = `customers:
  - id: a b
    nmae: X
    timezone: Asia/Tokio
    confidential: "yes"
    owner: { name: Sato, email: sato.acme.example, language: de, slack: "@sato" }
    consultant: kenji
    logins: [12, "@ok", "not ok"]
    organizations: acme
    domains: ["@acme.example", "acme"]
    ids: { zendesk: 3600 }
    contacts: [{ name: "" }]
    contracts:
      - { plan: gold, from: 2026-02-30, until: 2026/03/01, targets: { S5: 1h, S1: soon } }
      - { plan: subscription, from: 2026-04-01, until: 2026-03-31 }
  -
  - 5
people:
  - { github: kenji, hours: 9-18, timezone: Mars }
`;
    expect(problemsIn(text)).toEqual([
      "2:5 customers[0].name: This is missing. Write it like Shinshu Bank.",
      '2:9 customers[0].id: "a b" is not an id of letters, digits, dots, hyphens and underscores, at most 64. Write one like shinshu-bank.',
      `3:5 customers[0].nmae: This key is not known. Known here are ${KEYS}.`,
      '4:15 customers[0].timezone: "Asia/Tokio" is not a time zone. Write Asia/Tokyo.',
      '5:19 customers[0].confidential: "yes" is not true or false. Write true or false, without quotes.',
      '6:33 customers[0].owner.email: "sato.acme.example" is not an e-mail address. Write one like sato@acme.example.',
      '6:62 customers[0].owner.language: "de" is not known here. Write en or ja.',
      '6:73 customers[0].owner.slack: "@sato" is not a Slack member id. Write the id in the member\'s profile, like U0123.',
      '7:17 customers[0].consultant: "kenji" does not belong here. Write keys and values; known are github.',
      "8:14 customers[0].logins[0]: 12 is not a login. Write a GitHub login (in quotes where it is only digits).",
      '8:25 customers[0].logins[2]: "not ok" is not a login. Write it as GitHub shows it, such as dana.',
      '9:20 customers[0].organizations: "acme" is not a list. Write it like [shinshu-bank].',
      '10:15 customers[0].domains[0]: "@acme.example" is not a domain. Write one like shinshu-bank.example, without @.',
      '10:32 customers[0].domains[1]: "acme" is not a domain. Write one like shinshu-bank.example, without @.',
      '11:21 customers[0].ids.zendesk: 3600 must be text. Put it in quotes: "3600".',
      "12:16 customers[0].contacts[0].email: This is missing. Write one like sato@acme.example.",
      '12:24 customers[0].contacts[0].name: "" is not a name of one line and at most 200 characters. Write it like Ito.',
      '14:17 customers[0].contracts[0].plan: "gold" is not known here. Write subscription or consulting.',
      '14:29 customers[0].contracts[0].from: "2026-02-30" is not a date of the calendar. Write year, month and day, such as 2026-12-29.',
      '14:48 customers[0].contracts[0].until: "2026/03/01" is not a date of the calendar. Write year, month and day, such as 2026-12-29.',
      "14:71 customers[0].contracts[0].targets.S5: This key is not known. Known here are S1, S2, S3, S4.",
      '14:83 customers[0].contracts[0].targets.S1: "soon" is not a duration. Write a number from 1 to 1000 and s, m, h, d or w, such as 5d.',
      "15:56 customers[0].contracts[1].until: The contract ends on 2026-03-31, before it begins on 2026-04-01. Write its last day, 2026-04-01 or later.",
      `16:4 customers[1]: This entry is empty. Write keys and values; known are ${KEYS}.`,
      `17:5 customers[2]: 5 does not belong here. Write keys and values; known are ${KEYS}.`,
      '19:29 people[0].hours: "9-18" is not working hours. Write two times of day in quotes, like "09:00-18:00".',
      '19:45 people[0].timezone: "Mars" is not a time zone. Write a name of the IANA list, such as Asia/Tokyo.',
    ]);
  });

  test("has both lines named where two claim the same", () => {
    const text = `customers:
  - { id: a, name: A, logins: [x, X], organizations: [o], domains: [a.example] }
  - { id: A, name: B, logins: [X], organizations: [O], domains: [A.example], contacts: [{ name: I, email: i@a.example }, { name: J, email: I@a.example }] }
  - { id: a, name: C }
people:
  - { github: kenji }
  - { github: Kenji }
`;
    expect(problemsIn(text)).toEqual([
      "3:11 The customers a and A, on lines 2 and 3, differ only in capital letters. Give one another id.",
      "3:32 The login X belongs to a and to A, on lines 2 and 3. Take it away from one of them.",
      "3:52 The organisation O belongs to a and to A, on lines 2 and 3. Take it away from one of them.",
      "3:66 The domain A.example belongs to a and to A, on lines 2 and 3. Take it away from one of them.",
      "3:140 The contact I@a.example of A stands twice, on line 3. Keep one.",
      "4:11 The customer a stands twice, on lines 2 and 4. Put both into one entry, or give one another id.",
      "7:15 The person Kenji stands twice, on lines 6 and 7. Keep one.",
    ]);
  });

  test.each([
    ["hello", '1:1 This is not a list with a name. Write "customers:" and the list below it.'],
    ["- a", '1:1 This is not a list with a name. Write "customers:" and the list below it.'],
    ["customer: []", "1:1 customer: This key is not known. Known here are customers, people."],
    ["customers: {}", "1:12 customers: This must be a list. Write each entry after a hyphen."],
    ["customers: []\ncustomers: []", "2:1 The key customers stands twice, on lines 1 and 2. Keep one."],
    ["customers:\n\t- id: a\n", "2:1 A tab indents this line. YAML indents with spaces: write two spaces instead."],
    [
      "customers: []\n---\npeople: []",
      "2:1 A second document begins here. Write everything as one: take the line `---` away.",
    ],
    [
      "customers: [",
      "1:13 This is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. Correct the line, or put the text in quotes.",
    ],
    ["customers: [*x]", "1:13 Nothing above is named &x. Write the value out."],
    ["customers: [{ 1: a }]", "1:15 A key must be a word. Put it in quotes, or take it away."],
  ])("%j: %s", (text, problem) => {
    expect(problemsIn(text)).toContain(problem);
  });
});

describe("CSV", () => {
  test("is read with byte order mark, CRLF and quotes; rows of one id are one customer, and nothing is computed", () => {
    const rows = [
      'sb,"Shinshu ""Bank"", Ltd",Asia/Tokyo,TRUE,Sato,sato@acme.example,ja,kenji,a b,org,sb.example,subscription,gold,2026-04-01,2027-03-31',
      "sb,,,,,,,, b  c,,,consulting,,2026-06-01,2026-12-31",
      "x,=1+1,,,,,,,,,,,,,",
      "",
    ];
    const { file } = readFile(`\ufeff${HEADER.trim()}\r\n${rows.join("\r\n")}`, "csv");
    expect(file.customers).toMatchObject([
      {
        id: "sb",
        name: 'Shinshu "Bank", Ltd',
        timezone: "Asia/Tokyo",
        confidential: true,
        owner: { name: "Sato", email: "sato@acme.example", language: "ja" },
        consultant: { github: "kenji" },
        logins: ["a", "b", "c"],
        organizations: ["org"],
        domains: ["sb.example"],
        contracts: [
          { plan: "subscription", tier: "gold", from: "2026-04-01", until: "2027-03-31" },
          { plan: "consulting", tier: null, from: "2026-06-01", until: "2026-12-31" },
        ],
      },
      { id: "x", name: "=1+1", timezone: "UTC", owner: null, contracts: [] },
    ]);
  });

  test("that is wrong has every problem told at once, with its line and cell", () => {
    const text = `${HEADER}sb,Shinshu,Asia/Tokyo,no,,sato@acme.example,,,a,o,,subscription,,4/1/2026,2027-03-31
sb,Shinshu B,UTC,,,,,,,,,gold,,2026-06-01,
,,,,,,,,,,,,,,
,N,,,,,,,,,,,,,
x,y
`;
    expect(problemsIn(text, "csv")).toEqual([
      '2:4 confidential: "no" is not true or false. Write true or false, without quotes.',
      "2:5 owner_name: This is missing. Write it like Sato.",
      '2:14 from: "4/1/2026" is not a date of the calendar. Write year, month and day, such as 2026-12-29.',
      "3:2 name: The rows of sb on lines 2 and 3 contradict each other. Write the same on both, or leave one empty.",
      "3:3 timezone: The rows of sb on lines 2 and 3 contradict each other. Write the same on both, or leave one empty.",
      '3:12 plan: "gold" is not known here. Write subscription or consulting.',
      "3:15 until: nothing is not a date. Write year, month and day, such as 2026-12-29.",
      '5:1 id: "" is not an id of letters, digits, dots, hyphens and underscores, at most 64. Write one like shinshu-bank.',
      "6:1 This row has 2 cells, the header 15. Put text that holds a comma in quotes, and leave a cell empty rather than out.",
    ]);
  });

  test("names both lines where two claim the same, also below text of several lines", () => {
    const text = `${HEADER}a,"A",,,,,,,x,,,,,,\n\nb,B,,,,,,,,,,subscription,"go\nld",2026-04-01,2027-03-31\nc,C,,,,,,,X,,,,,,\n`;
    expect(problemsIn(text, "csv")).toEqual([
      '4:13 tier: "go\\nld" is not a tier of one line and at most 200 characters. Write it like gold.',
      "6:9 The login X belongs to a and to c, on lines 2 and 6. Take it away from one of them.",
    ]);
  });

  test.each([
    ["id;name\n", `1:1 The first line must be the header. Write ${HEADER.trim()}`],
    [
      `${HEADER}a,"b`,
      '2:1 A quote that opens in this file never closes. Close it, and write a quote inside quotes as "".',
    ],
    [
      `${HEADER}a,"b"c,,,,,,,,,,,,,\n`,
      '2:1 Text follows a closing quote on this line. Put the whole cell in quotes, and write a quote inside as "".',
    ],
    [
      `${HEADER}a,b"c,,,,,,,,,,,,,\n`,
      '2:1 A quote stands in the middle of a cell on this line. Put the whole cell in quotes, and write a quote inside as "".',
    ],
  ])("%j: %s", (text, problem) => {
    expect(problemsIn(text, "csv")).toEqual([problem]);
  });

  test("without any row, or without anything, is empty", () => {
    expect(parseCustomers(HEADER, "csv")).toMatchObject({ kind: "file", file: { customers: [], people: [] } });
    expect(parseCustomers("", "csv")).toMatchObject({ kind: "file", file: { customers: [], people: [] } });
  });
});
