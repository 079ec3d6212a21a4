// A repository that goes to another owner, whoever tells of it first: its pull requests go along, the old owner's cases and customers do not.
import { expect, onTestFinished, test } from "vitest";
import { seeRepository } from "../../src/github/installation-store.ts";
import {
  DIALECTS,
  INSTALLATION,
  OWNER,
  openTestDatabase,
  REPOSITORY,
  seedInstallation,
  seedPatch,
} from "../effects/databases.ts";

test.each(DIALECTS)(
  "on %s, what is older than what is known changes no owner, what is newer takes the patches along",
  async (on) => {
    const { database, close } = await openTestDatabase(on);
    onTestFinished(close);
    const { db } = database;
    await seedInstallation(database);
    await seedInstallation(database, { installation: 901, owner: 501, repository: 71 });
    const stays = await seedPatch(database, { repository: 71, number: 1 });
    const goes = await seedPatch(database, { number: 1 });
    const made = { owner_id: OWNER, made_by: "1", made_where: "here", made_at: 0 } as const;
    const words = { title: "", state: "open", stamps: "{}", created_at: 0 } as const;
    const { id } = await db
      .insertInto("cases")
      .values({ owner_id: OWNER, reference: "CASE-1", ...words })
      .returning("id")
      .executeTakeFirstOrThrow();
    for (const patch_id of [stays, goes]) {
      await db
        .insertInto("links")
        .values({ case_id: id, patch_id, state: "confirmed", ...made })
        .execute();
      await db
        .insertInto("patch_customers")
        .values({ patch_id, customer_id: "shinshu-bank", owner_id: OWNER })
        .execute();
    }
    await db.updateTable("repositories").set({ seen_at: 50 }).execute();
    const see = (installationId: number, ownerId: number, seenAt: number) =>
      database.transaction((tx) =>
        seeRepository(tx, {
          id: REPOSITORY,
          nodeId: `R_${REPOSITORY}`,
          installationId,
          ownerId,
          owner: `owner-${ownerId}`,
          name: `repo-${REPOSITORY}`,
          visibility: "public",
          defaultBranch: "main",
          isArchived: false,
          seenAt,
        }),
      );
    const known = async () => ({
      owner: (await db.selectFrom("patches").select("owner_id").where("id", "=", goes).executeTakeFirst())?.owner_id,
      links: (await db.selectFrom("links").select("patch_id").orderBy("patch_id").execute()).map((row) => row.patch_id),
      customers: (await db.selectFrom("patch_customers").select("patch_id").orderBy("patch_id").execute()).map(
        (row) => row.patch_id,
      ),
    });
    const both = [goes, stays];

    await see(901, 501, 40);
    expect(await known()).toEqual({ owner: OWNER, links: both, customers: both });
    await see(INSTALLATION, OWNER, 60);
    expect(await known()).toEqual({ owner: OWNER, links: both, customers: both });
    // As when the new owner's installation tells that the repository was added, before the transfer itself is told of.
    await see(901, 501, 70);
    expect(await known()).toEqual({ owner: 501, links: [stays], customers: [stays] });
  },
);
