import { describe, expect, test } from "vitest";
import { type AccessFacts, decideAccess, isLimitedTo } from "../../src/board/access.ts";
import { parseCustomers } from "../../src/customers/parse.ts";

const read = parseCustomers(
  `customers:
  - id: shinshu-bank
    name: Shinshu Bank
    owner: { name: Sato, email: sato@acme.example, github: sato, deputy: { name: Mori, email: Mori@acme.example } }
    consultant: { github: kenji }
  - id: other
    name: Other
    owner: { name: Lee, email: lee@acme.example }
`,
  "yaml",
);
const customers = read.kind === "file" ? read.file.customers : [];

const gitHub = (login: string) => ({ kind: "github", id: 1, login, name: login }) as const;
const mail = (email: string) => ({ kind: "mail", email, name: email }) as const;
const nobody: AccessFacts = {
  person: gitHub("somebody"),
  isMember: true,
  isOwner: false,
  isInSupport: false,
  isDecider: false,
  customers,
  maintains: [],
  reads: { language: null, timezone: "UTC" },
};

describe("what somebody may see of a board", () => {
  test.each<[string, Partial<AccessFacts>, readonly string[], readonly string[]]>([
    ["an owner of the organisation", { isOwner: true }, ["owner"], []],
    ["support", { isInSupport: true }, ["support"], []],
    ["a decider", { isDecider: true }, ["decider"], []],
    ["a consultant", { person: gitHub("Kenji") }, ["consultant"], ["shinshu-bank"]],
    ["an account owner with a login", { person: gitHub("sato") }, ["account-owner"], ["shinshu-bank"]],
    ["an account owner by mail", { person: mail("SATO@acme.example") }, ["account-owner"], ["shinshu-bank"]],
    ["a deputy by mail", { person: mail("mori@acme.example") }, ["deputy"], ["shinshu-bank"]],
    ["a decider by mail", { person: mail("lead@acme.example"), isDecider: true }, ["decider"], []],
    ["a member whom nothing names", {}, [], []],
    ["an address that nothing names", { person: mail("nobody@acme.example") }, [], []],
    ["whoever maintains a repository", { maintains: [7] }, ["maintainer"], []],
    ["support who maintains as well", { isInSupport: true, maintains: [7] }, ["support", "maintainer"], []],
    ["support who left", { isInSupport: true, isMember: false }, [], []],
    ["a consultant who left", { person: gitHub("kenji"), isMember: false }, [], []],
    ["who left and still maintains", { isInSupport: true, isMember: false, maintains: [7] }, ["maintainer"], []],
  ])("%s", (_, facts, roles, customerIds) => {
    const access = decideAccess({ ...nobody, ...facts });
    expect([access.roles, access.customerIds]).toEqual([roles, customerIds]);
  });

  test("only who is nothing but a maintainer sees less", () => {
    expect(isLimitedTo(decideAccess({ ...nobody, maintains: [7] }))).toBe(true);
    expect(isLimitedTo(decideAccess({ ...nobody, isInSupport: true, maintains: [7] }))).toBe(false);
  });
});
