// GitHub's grammar of names and mentions. Apart, because those who listen and those who speak must agree on it.

/** 1 to 39 letters, digits and hyphens; managed users end in an underscore and a short code. */
export const isLogin = (name: string): boolean => /^(?=.{1,39}$)[a-z\d][a-z\d-]*(?:_[a-z\d]+)?$/i.test(name);

/** A team's name in addresses. */
export const isTeamSlug = (slug: string): boolean => /^[a-z\d][a-z\d._-]{0,99}$/i.test(slug);

// Not inside a word, an address or a path; a login does not end in a hyphen, nor does a full stop belong to a team.
const MENTION =
  /(?<![a-z\d_.+\-/@`])@([a-z\d](?:[a-z\d-]{0,37}[a-z\d])?(?:_[a-z\d]{1,20})?)(?![a-z\d@_])(?:\/([a-z\d](?:[a-z\d._-]{0,98}[a-z\d_-])?)(?![a-z\d/@]))?/gi;
const MOST_MENTIONS = 50;

/** Who is addressed in texts without code and quotes: lower case, each once, in order, at most 50 of each. */
export function mentionsIn(texts: readonly string[]): { logins: readonly string[]; teams: readonly string[] } {
  const logins = new Set<string>();
  const teams = new Set<string>();
  for (const [, login = "", slug] of texts.flatMap((text) => [...text.matchAll(MENTION)])) {
    if (slug === undefined) logins.add(login.toLowerCase());
    else teams.add(`${login}/${slug}`.toLowerCase());
  }
  return { logins: [...logins].slice(0, MOST_MENTIONS), teams: [...teams].slice(0, MOST_MENTIONS) };
}
