// Where things stand on the board: the only place that puts addresses together. Pure.
import type { Viewer } from "./viewer.ts";

/** The part of an address behind `/o/:owner`, such as `""` (what waits) or `"/insights"`. */
export const ownerPath = ({ owner }: Pick<Viewer, "owner">, rest = ""): string =>
  `/o/${encodeURIComponent(owner.login)}${rest}`;

type Pull = { readonly repository: string; readonly number: number };

/** `repository` is its name without the owner. */
export const patchPath = (viewer: Pick<Viewer, "owner">, { repository, number }: Pull): string =>
  ownerPath(viewer, `/r/${encodeURIComponent(repository)}/${number}`);

export const repositoryPath = (viewer: Pick<Viewer, "owner">, name: string): string =>
  ownerPath(viewer, `/r/${encodeURIComponent(name)}`);

export const casePath = (viewer: Pick<Viewer, "owner">, id: number): string => ownerPath(viewer, `/cases/${id}`);

export const customerPath = (viewer: Pick<Viewer, "owner">, id: string): string =>
  ownerPath(viewer, `/customers/${encodeURIComponent(id)}`);

/** A path of ours with these in its query; empty values are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Where somebody wanted to go before they signed in; anything that is not a page of ours leads to the first page. */
export function safeReturn(wanted: string | undefined): string {
  const base = "http://board.invalid";
  if (wanted === undefined || !wanted.startsWith("/o/") || wanted.length > 2000 || !URL.canParse(wanted, base))
    return "/";
  const url = new URL(wanted, base);
  return url.origin === base && url.pathname.startsWith("/o/") ? `${url.pathname}${url.search}` : "/";
}
