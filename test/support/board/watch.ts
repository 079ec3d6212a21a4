// The demo's whole story on a stage, and browsers signed in to its board: what pictures and page tests are made of.
import { NO_ACCESS } from "../../../src/board/access.ts";
import { keepAccess } from "../../../src/board/access-store.ts";
import { hashesOf, newToken, sessionSecrets } from "../../../src/board/secrets.ts";
import { keepSession } from "../../../src/board/session-store.ts";
import { personKeyOf, type SignedIn } from "../../../src/board/signed-in.ts";
import { LINK_LIFE_MILLIS, pagePath } from "../../../src/customer-page/link.ts";
import { makeLink } from "../../../src/customer-page/store.ts";
import { openDatabase } from "../../../src/db/database.ts";
import { createPrinter } from "../../../src/demo/print.ts";
import { openStage, type Stage } from "../../../src/demo/stage.ts";
import { BEGIN, tellStory } from "../../../src/demo/story.ts";
import { CUSTOMERS, WORLD } from "../../../src/demo/world.ts";
import { newFeedToken } from "../../../src/feeds/feed.ts";

export type Watched = {
  readonly stage: Stage;
  /** A session's cookie for this person, as a browser keeps it: a login, or `sato`, the account owner who came by mail. */
  readonly cookieFor: (who: string) => Promise<{ name: string; value: string; url: string }>;
  /** The path of the page that one of the customer's contacts has a link to. */
  readonly customersPage: () => Promise<string>;
  readonly close: () => Promise<void>;
};

/** Tells the story to its end, without a word. */
export async function watchStory(): Promise<Watched> {
  const stage = await openStage({ now: BEGIN, github: WORLD });
  await stage.bringCustomers(CUSTOMERS);
  stage.github.announceInstallations();
  await stage.settle();
  await tellStory({ stage, printer: createPrinter(() => undefined), pause: async () => undefined });
  const database = await openDatabase(stage.databaseUrl);
  const secrets = await sessionSecrets(database, []);
  return {
    stage,
    cookieFor: async (who) => {
      const person: SignedIn =
        who === "sato"
          ? { kind: "mail", email: "sato@acme.example", name: "Sato" }
          : { kind: "github", id: stage.github.idOf(who), login: who, name: who };
      const token = newToken();
      // What GitHub said when they signed in; what they are is asked when they come to the board.
      const maintained = await database.db
        .selectFrom("repositories")
        .select("id")
        .where("name", "in", maintainedBy(who))
        .execute();
      const access = { ...NO_ACCESS, repositoryIds: maintained.map(({ id }) => id) };
      const personKey = personKeyOf(person);
      await keepAccess(database.db, { ownerId: stage.github.idOf("acme-db"), personKey }, { access, readAt: 0 });
      await keepSession(database.db, {
        tokenHash: hashesOf(() => secrets, token)[0],
        personKey,
        person,
        browser: "a browser that a test drives",
        createdAt: Date.now(),
      });
      return { name: "patch-advocate", value: token, url: stage.url };
    },
    customersPage: async () => {
      const token = newFeedToken();
      const at = Date.now();
      await database.transaction((tx) =>
        makeLink(tx, {
          token,
          ownerId: stage.github.idOf("acme-db"),
          customerId: "shinshu-bank",
          contact: { name: "Ito", email: "ito@shinshu-bank.example", language: "ja" },
          madeBy: "@dana",
          createdAt: at,
          expiresAt: at + LINK_LIFE_MILLIS,
        }),
      );
      return pagePath(token);
    },
    close: async () => {
      await database.close();
      await stage.close();
    },
  };
}

const maintainedBy = (login: string): readonly string[] =>
  (WORLD.repositories ?? []).flatMap(({ name, collaborators = {} }) =>
    collaborators[login] === "write" ? [name.slice(name.indexOf("/") + 1)] : [],
  );
