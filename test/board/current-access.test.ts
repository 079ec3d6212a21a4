// When GitHub is asked again who somebody is, and what is kept of its answers.
import pino from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { NO_ACCESS } from "../../src/board/access.ts";
import { accessOf, forgetAccessReadBefore, keepAccess } from "../../src/board/access-store.ts";
import { createCurrentAccess } from "../../src/board/current-access.ts";
import { keepSession, sessionByHashes } from "../../src/board/session-store.ts";
import { openDatabase } from "../../src/db/database.ts";
import type { People } from "../../src/people/people.ts";
import { DIALECTS, makeDatabase } from "../support/databases.ts";

const NOW = Date.parse("2026-06-10T03:00:00Z");
const DAY = 24 * 60 * 60_000;
const asked = () => Promise.reject(new Error("nobody is asked that"));

async function open(on: (typeof DIALECTS)[number]) {
  const made = await makeDatabase(on);
  const database = await openDatabase(made.url);
  onTestFinished(async () => {
    await database.close();
    await made.remove();
  });
  const person = { kind: "github", id: 9, login: "boss", name: "Boss" } as const;
  const session = { tokenHash: "here", personKey: "github:9", person, browser: "", createdAt: NOW };
  await keepSession(database.db, session);
  return { database, session: await sessionByHashes(database.db, ["here"], NOW) };
}

describe.each(DIALECTS)("on %s", (on) => {
  test("where one owner's GitHub does not answer, whoever left another is out all the same", async () => {
    const { database, session } = await open(on);
    if (session === null) throw new Error("no session");
    for (const ownerId of [70, 71])
      await keepAccess(
        database.db,
        { ownerId, personKey: session.personKey },
        { access: { ...NO_ACCESS, roles: ["owner"] }, readAt: NOW - DAY },
      );
    const people: People = {
      mayWrite: asked,
      publicOrganizations: asked,
      isMember: asked,
      isMemberNow: asked,
      roleIn: async (_, organization) => {
        if (organization === "suspended") throw new Error("the installation is suspended");
        return "none";
      },
      ownersOf: asked,
      membersOf: asked,
    };
    const currentAccess = createCurrentAccess({
      wiring: { database, github: { readsWaitUntil: () => null }, people, now: () => NOW },
      log: pino({ level: "silent" }),
    });
    const owner = (ownerId: number, login: string) =>
      ({ ownerId, login, type: "Organization", installationId: ownerId }) as const;
    expect((await currentAccess(owner(70, "suspended"), session))?.access.roles).toEqual(["owner"]);
    expect((await currentAccess(owner(71, "acme-db"), session))?.access.roles).toEqual([]);
  });

  test("while little is left of an installation's hour whoever has left is out after 40 minutes, not before", async () => {
    const { database, session } = await open(on);
    if (session === null) throw new Error("no session");
    const roles = { ...NO_ACCESS, roles: ["owner"] } as const;
    await keepAccess(database.db, { ownerId: 70, personKey: session.personKey }, { access: roles, readAt: NOW });
    const people: People = {
      mayWrite: asked,
      publicOrganizations: asked,
      isMember: asked,
      isMemberNow: asked,
      roleIn: async () => "none",
      ownersOf: asked,
      membersOf: asked,
    };
    const rolesAfter = async (minutes: number) => {
      const now = NOW + minutes * 60_000;
      const wiring = { database, github: { readsWaitUntil: () => NOW + DAY }, people, now: () => now };
      const owner = { ownerId: 70, login: "acme-db", type: "Organization", installationId: 70 } as const;
      const current = await createCurrentAccess({ wiring, log: pino({ level: "silent" }) })(owner, session);
      return current?.access.roles;
    };
    expect(await rolesAfter(39)).toEqual(["owner"]);
    expect(await rolesAfter(40)).toEqual([]);
  });

  test("what was kept at a sign-in is not forgotten while they are signed in, and is afterwards", async () => {
    const { database, session } = await open(on);
    if (session === null) throw new Error("no session");
    const who = { ownerId: 70, personKey: session.personKey };
    const known = { access: { ...NO_ACCESS, repositoryIds: [7] }, readAt: 0 };
    await keepAccess(database.db, who, known);
    await keepAccess(database.db, { ownerId: 70, personKey: "github:10" }, known);
    await database.transaction((tx) => forgetAccessReadBefore(tx, NOW - 30 * DAY));
    expect(await accessOf(database.db, 70, session.personKey)).toEqual(known);
    expect(await accessOf(database.db, 70, "github:10")).toBeNull();
    await database.db.deleteFrom("sessions").execute();
    await database.transaction((tx) => forgetAccessReadBefore(tx, NOW - 30 * DAY));
    expect(await accessOf(database.db, 70, session.personKey)).toBeNull();
  });
});
