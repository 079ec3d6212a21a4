// The hidden line that says which effect a comment of ours is. Apart, because what is written once is looked for by it later.

/** The comment's body with its key, unseen by readers. */
export function withMarker(markdown: string, key: string): string {
  return `${markdown.trimEnd()}\n\n<!-- patch-advocate ${encodeURIComponent(key)} -->\n`;
}

/** The key of the effect that a body says it is, or null. Anybody can write one: it counts only in a comment of our own bot. */
export function markerOf(body: string): string | null {
  const start = body.lastIndexOf("<!-- patch-advocate ");
  const key = /^<!-- patch-advocate ([\w!~*'().%-]{1,1000}) -->/.exec(start < 0 ? "" : body.slice(start))?.[1];
  if (key === undefined) return null;
  try {
    return decodeURIComponent(key);
  } catch {
    return null;
  }
}
