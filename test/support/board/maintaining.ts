// A maintainer's browser: the board shows them the repositories in which GitHub let them write when they signed in.
import { NO_ACCESS } from "../../../src/board/access.ts";
import { keepAccess } from "../../../src/board/access-store.ts";
import type { Story } from "../start-app.ts";
import { type Browser, signedIn } from "./sign-in.ts";

export async function signedInMaintainer(
  app: Story,
  { login, repositories }: { readonly login: string; readonly repositories: readonly string[] },
): Promise<Browser> {
  const rows = await app.database.db
    .selectFrom("repositories")
    .select(["id", "owner_id"])
    .where("name", "in", repositories)
    .execute();
  const who = { ownerId: rows[0]?.owner_id ?? 0, personKey: `github:${app.github.idOf(login)}` };
  const access = { ...NO_ACCESS, repositoryIds: rows.map(({ id }) => id) };
  await keepAccess(app.database.db, who, { access, readAt: 0 });
  return signedIn(app, { login });
}
