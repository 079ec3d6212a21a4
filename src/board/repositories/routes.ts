// The addresses of repositories: the list, and each with its policy. A maintainer sees their own only.
import { Hono } from "hono";
import { notFound } from "../enter.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { boardPage } from "../shell.ts";
import { gatherRepositories, gatherRepository } from "./gather.ts";
import { REPOSITORIES_TEXTS } from "./messages.ts";
import { repositoriesBody } from "./page.ts";
import { repositoryNamed } from "./repositories-store.ts";
import { repositoryBody } from "./repository-page.ts";

/** No name of a repository is longer. */
const LONGEST_NAME = 100;

/** To be mounted under `/o/:owner`. */
export function repositoryPages({ wiring }: BoardParts): Hono<BoardEnv> {
  const routes = new Hono<BoardEnv>();
  const { db } = wiring.database;

  routes.get("/repositories", async (context) => {
    const { viewer } = context.var;
    const written = context.req.query("after") ?? "";
    const after = written === "" || written.length > LONGEST_NAME ? null : written;
    const page = await gatherRepositories({ db, viewer, now: wiring.now() }, after);
    return boardPage(context, viewer, {
      title: REPOSITORIES_TEXTS[viewer.language].title,
      section: "repositories",
      body: repositoriesBody(viewer, { ...page, after }),
    });
  });

  routes.get("/r/:repository", async (context) => {
    const { viewer } = context.var;
    const repository = await repositoryNamed(db, viewer.owner.ownerId, context.req.param("repository"));
    if (repository === null) return notFound(context);
    if (viewer.isLimited && !viewer.repositoryIds.includes(repository.id)) return notFound(context);
    const now = wiring.now();
    const shown = await gatherRepository({ db, viewer, now }, repository);
    return boardPage(context, viewer, {
      title: repository.name,
      section: "repositories",
      body: repositoryBody({ viewer, shown, now, webUrl: wiring.addresses.webUrl }),
    });
  });

  return routes;
}
