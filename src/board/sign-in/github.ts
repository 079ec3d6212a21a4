// Signing in with GitHub: the App's own OAuth with state and PKCE, and what is asked with the token before it is thrown away. Apart from
// the routes, because it is the only part of the board that speaks to GitHub as a person.
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Config } from "../../config.ts";
import { boundedFetch, readWhole } from "../../github/transport.ts";
import type { SignedIn } from "../signed-in.ts";

const REQUEST_MILLIS = 10_000;
const MOST_PAGES = 10;

type GitHubConfig = Config["github"];

export type Began = { readonly state: string; readonly verifier: string; readonly redirectUri: string };

/** Where a browser goes to sign in (GitHub's "Generating a user access token for a GitHub App"; RFC 7636 for the challenge). */
export function authorizeUrl({ webUrl, client }: GitHubConfig, began: Began): string {
  const url = new URL(`${webUrl}/login/oauth/authorize`);
  url.search = new URLSearchParams({
    client_id: client?.id ?? "",
    redirect_uri: began.redirectUri,
    state: began.state,
    code_challenge: createHash("sha256").update(began.verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  return url.href;
}

const tokenAnswer = z.object({ access_token: z.string().optional(), error: z.string().optional() });
const user = z.object({ id: z.number().int(), login: z.string(), name: z.string().nullish() });
const repositoriesPage = z.object({
  repositories: z.array(z.object({ id: z.number().int(), permissions: z.object({ push: z.boolean() }).nullish() })),
});

/** Somebody whom GitHub named, with a way to ask where they may write. Forget it with the request: it holds their token. */
export type Arrived = {
  readonly person: Extract<SignedIn, { kind: "github" }>;
  /** Ids of the repositories of an installation of ours in which they may write; none where GitHub does not say. */
  readonly maintainedIn: (installationId: number) => Promise<readonly number[]>;
};

/** Exchanges a code; null where GitHub refuses it: used before, too old, or somebody else's. @throws where GitHub does not answer. */
export async function arrive(
  { webUrl, apiUrl, client }: GitHubConfig,
  given: { readonly code: string; readonly began: Began; readonly fetch: typeof globalThis.fetch },
): Promise<Arrived | null> {
  const { code, began, fetch } = given;
  const answer = await fetch(`${webUrl}/login/oauth/access_token`, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      client_id: client?.id ?? "",
      client_secret: client?.secret ?? "",
      code,
      redirect_uri: began.redirectUri,
      code_verifier: began.verifier,
    }).toString(),
    redirect: "error",
    signal: AbortSignal.timeout(REQUEST_MILLIS),
  });
  if (answer.status >= 500) throw new Error(`GitHub answered ${answer.status} to the exchange of a code`);
  const exchanged = tokenAnswer.safeParse(
    await readWhole(answer, answer.url)
      .then((whole) => whole.json())
      .catch(() => null),
  );
  const token = exchanged.success ? exchanged.data.access_token : undefined;
  if (token === undefined) return null;
  const ask = async (path: string): Promise<Response> =>
    boundedFetch(fetch)(`${apiUrl}${path}`, {
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": "patch-advocate",
      },
      signal: AbortSignal.timeout(REQUEST_MILLIS),
    });
  const named = await ask("/user");
  if (!named.ok) throw new Error(`GitHub answered ${named.status} when asked who signed in`);
  const { id, login, name } = user.parse(await named.json());
  return {
    person: { kind: "github", id, login, name: name?.trim() || login },
    maintainedIn: async (installationId) => {
      const ids: number[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const listed = await ask(`/user/installations/${installationId}/repositories?per_page=100&page=${page}`);
        if (!listed.ok) break;
        const { repositories } = repositoriesPage.parse(await listed.json());
        ids.push(...repositories.filter(({ permissions }) => permissions?.push === true).map((each) => each.id));
        if (repositories.length < 100) break;
      }
      return ids;
    },
  };
}
