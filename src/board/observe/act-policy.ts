// The policy to commit so that the app acts: the file that holds now with its mode changed and nothing else, or a sensible first one. Pure.
import { isMap, parseDocument } from "yaml";
import { parsePolicy } from "../../policy/parse.ts";
import type { Language } from "../../policy/policy.ts";

/** The text with `mode: act`, its words and comments as they are; null where that cannot be had without a person. */
export function actingText(text: string): string | null {
  const replaced = text.replace(/^(mode[ \t]*:[ \t]*)(["']?)observe\2(?=\s|$)/m, "$1act");
  const added = `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}mode: act\n`;
  return [replaced, added, withMode(text)].find((each) => each !== null && saysToAct(each)) ?? null;
}

/** Written anew, with its comments. */
function withMode(text: string): string | null {
  const document = parseDocument(text, { logLevel: "silent" });
  if (!isMap(document.contents)) return null;
  document.set("mode", "act");
  return document.toString({ lineWidth: 0 });
}

function saysToAct(text: string): boolean {
  const parsed = parsePolicy(text, { where: "the policy" });
  return parsed.kind === "policy" && parsed.partial.mode === "act";
}

export type FirstPolicy = {
  readonly language: Language;
  readonly timezone: string;
  /** Who looks after customers, as far as that is known. */
  readonly support: readonly string[];
};

const COMMENTS: Readonly<
  Record<
    Language,
    { readonly support: string; readonly maintainers: string; readonly calendar: string; readonly limits: string }
  >
> = {
  en: {
    support: 'Who looks after customers: accounts, and teams as "@organisation/team".',
    maintainers: "Who is reminded where nobody is asked for a review; CODEOWNERS come before them.",
    calendar: "Nobody is reminded outside these hours.",
    limits: "How much is said at most.",
  },
  ja: {
    support: 'お客様を担当する方: アカウント名、チームは "@組織名/チーム名"',
    maintainers: "レビュー担当者がいないときに連絡する方（CODEOWNERS が優先されます）",
    calendar: "この時間帯以外には連絡しません",
    limits: "連絡の上限",
  },
};

/** A policy for whoever has none. */
export function firstPolicy({ language, timezone, support }: FirstPolicy): string {
  const comments = COMMENTS[language];
  return `version: 1
mode: act
language: ${language}
# ${comments.support}
support: [${support.map((login) => JSON.stringify(login)).join(", ")}]
# ${comments.maintainers}
maintainers: []
# ${comments.calendar}
calendar: { timezone: ${JSON.stringify(timezone)}, days: [mon, tue, wed, thu, fri], hours: "09:00-17:00" }
# ${comments.limits}
reminders: { every: 5d, limit: 2, per-repository-per-day: 5, per-maintainer-per-week: 3 }
`;
}

/** Where GitHub lets somebody write it: the file's own page, or that of a new file with the right name. */
export function editAddress(
  webUrl: string,
  file: {
    readonly owner: string;
    readonly name: string;
    readonly branch: string;
    readonly path: string;
    readonly isNew: boolean;
  },
): string {
  const encoded = (path: string) => path.split("/").map(encodeURIComponent).join("/");
  const repository = `${webUrl}/${encoded(`${file.owner}/${file.name}`)}`;
  const branch = encoded(file.branch === "" ? "HEAD" : file.branch);
  return file.isNew
    ? `${repository}/new/${branch}?filename=${encodeURIComponent(file.path)}`
    : `${repository}/edit/${branch}/${encoded(file.path)}`;
}
