// A process that can die at any await, within one process: everything that it has of the world goes through a fuse, and once that is blown
// nothing of it reaches the database or GitHub any more, as after kill -9. An open transaction is rolled back.
import type { KyselyPlugin } from "kysely";
import type { Database } from "../../src/db/database.ts";

export type Fuse = {
  readonly guardDatabase: (database: Database) => Database;
  readonly guardFetch: (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;
  /** It dies at the `at`-th point from now on. */
  readonly dieAt: (at: number) => void;
  /** The `at`-th point from now on fails, as where a connection is lost, and it lives on. */
  readonly failAt: (at: number) => void;
  readonly isBlown: () => boolean;
  /** Resolves when it dies. */
  readonly blown: Promise<void>;
  /** Ends it here and now. */
  readonly blow: () => void;
};

class Died extends Error {
  constructor() {
    super("this process has died");
  }
}

const WRITES = /^(Insert|Update|Delete|Raw|Merge)/;

export function createFuse(hear: (what: "crash" | "database") => void): Fuse {
  let isBlown = false;
  let deaths: number[] = [];
  let failures: number[] = [];
  let resolve = (): void => undefined;
  const blown = new Promise<void>((done) => {
    resolve = done;
  });

  const blow = (): void => {
    isBlown = true;
    resolve();
  };
  const check = (): void => {
    if (isBlown) throw new Died();
  };
  /** Where something of the outside has just changed or is about to. */
  const point = (): void => {
    check();
    deaths = deaths.map((left) => left - 1);
    failures = failures.map((left) => left - 1);
    if (deaths.some((left) => left === 0)) {
      hear("crash");
      blow();
      check();
    }
    if (failures.includes(0)) {
      hear("database");
      throw new Error("the connection to the database was lost");
    }
  };

  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (WRITES.test(node.kind)) point();
      else check();
      return node;
    },
    transformResult: async ({ result }) => {
      check();
      return result;
    },
  };

  return {
    guardDatabase: (database) => ({
      ...database,
      db: database.db.withPlugin(plugin),
      transaction: async (work) => {
        check();
        const result = await database.transaction((tx) => work(tx.withPlugin(plugin)));
        point();
        return result;
      },
      hint: (topic) => {
        if (!isBlown) database.hint(topic);
      },
    }),
    guardFetch: (fetch) => async (input, init) => {
      point();
      const answer = await fetch(input, init);
      point();
      return answer;
    },
    dieAt: (at) => deaths.push(at),
    failAt: (at) => failures.push(at),
    isBlown: () => isBlown,
    blown,
    blow,
  };
}
