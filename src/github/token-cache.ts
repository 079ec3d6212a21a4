// Installations' tokens, each used for 59 minutes of its hour. Ours instead of Octokit's, whose own cannot be told to forget one that GitHub has
// taken back, and asks api.github.com for a new one whatever the server.

const USED_MILLIS = 59 * 60_000;
const MOST_TOKENS = 15_000;

/** As Octokit's strategy for apps wants it; the key of a token for all that an installation may do is the installation's id. */
export type TokenCache = {
  readonly get: (key: string) => string | undefined;
  readonly set: (key: string, value: string) => void;
  readonly forget: (installationId: number) => void;
};

export function createTokenCache(now: () => number): TokenCache {
  const kept = new Map<string, { readonly value: string; readonly until: number }>();
  return {
    get: (key) => {
      const found = kept.get(key);
      return found !== undefined && found.until > now() ? found.value : undefined;
    },
    set: (key, value) => {
      const oldest = kept.keys().next().value;
      if (kept.size >= MOST_TOKENS && oldest !== undefined) kept.delete(oldest);
      kept.set(key, { value, until: now() + USED_MILLIS });
    },
    forget: (installationId) => {
      kept.delete(String(installationId));
    },
  };
}
