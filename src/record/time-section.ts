// How long decisions took, and what that saved: a section of the record of its own, since it must say exactly how it is computed.
import { html } from "hono/html";
import type { WorkingTime } from "../patches/working-time.ts";
import type { Language } from "../policy/policy.ts";
import type { Html } from "../web/page.ts";
import { RECORD_TEXTS, type TimeRow } from "./messages.ts";
import { FEWEST_OTHERS, FEWEST_OWN, type TimeSaved, type Typical } from "./record.ts";

type Showing = {
  readonly language: Language;
  readonly dayMillis: number;
  readonly words: (time: WorkingTime) => string;
};

const HOUR = 3_600_000;

const ROWS: readonly TimeRow[] = ["own", "before", "others", "untilAsked", "sinceAsked"];

export function timeSection(times: TimeSaved, { language, dayMillis, words }: Showing): Html {
  const text = RECORD_TEXTS[language];
  const counted = new Intl.NumberFormat(language);
  const wordsOf = (millis: number) => words({ millis, dayMillis });
  const fewestOf = (row: TimeRow) => counted.format(row === "others" ? FEWEST_OTHERS : FEWEST_OWN);
  const day = new Intl.NumberFormat(language, { style: "unit", unit: "hour", unitDisplay: "long" }).format(
    dayMillis / HOUR,
  );
  return html`<h2>${text.time}</h2>
${savedSentences(times, language, wordsOf).map((sentence) => html`<p>${sentence}</p>`)}
<div class="wide" role="region" aria-label="${text.what}" tabindex="0"><table><caption>${text.what}</caption>
<thead><tr><th scope="col">${text.compared}</th><th scope="col" class="number">${text.howMany}</th><th scope="col">${text.typical}</th></tr></thead>
<tbody>${ROWS.map((row) => {
    const { count, millis } = times[row];
    return html`
<tr><th scope="row">${text.timeRow[row]}</th><td class="number">${counted.format(count)}</td><td>${millis === null ? text.tooFew(fewestOf(row)) : wordsOf(millis)}</td></tr>`;
  })}
</tbody>
</table></div>
<p class="soft small">${text.computed(fewestOf("own"), fewestOf("others"), day)}</p>`;
}

/** What may be said of time saved, against each thing that can be compared with; else that nothing can. */
function savedSentences(
  { own, before, others }: TimeSaved,
  language: Language,
  wordsOf: (millis: number) => string,
): readonly string[] {
  const text = RECORD_TEXTS[language];
  const against = (other: Typical, saved: (time: string) => string, notSaved: (time: string) => string) => {
    if (own.millis === null || other.millis === null) return [];
    return [own.millis < other.millis ? saved(wordsOf(other.millis - own.millis)) : notSaved(wordsOf(other.millis))];
  };
  const said = [
    ...against(before, text.savedBefore, text.notSavedBefore),
    ...against(others, text.savedOthers, text.notSavedOthers),
  ];
  return said.length === 0 ? [text.cannotSay] : said;
}
