// A command as one would write it, for each verb. Apart, because every refusal ends with one. No
// real-looking customer, case or person stands in them: a refusal can be read by everybody, and must not look like a leak.
import { code, type PublicText } from "../effects/public-text.ts";
import type { Language } from "../policy/policy.ts";
import type { Verb } from "./command.ts";

const examples: Record<Language, Record<Verb, string>> = {
  en: {
    link: "/case link REF",
    unlink: "/case unlink REF",
    severity: "/case severity S2",
    customer: "/case customer ID",
    summary: "/case summary The export stops at 2 GB; the fix lifts the limit",
    stake: "/case stake The renewal in March depends on it",
    workaround: "/case workaround Export in two parts",
    "needed-by": "/case needed-by 2027-03-31 go-live",
    report: "/case report 2027-03-15",
    waiting: "/case waiting author",
    snooze: "/case snooze 2w until the release is out",
    unsnooze: "/case unsnooze",
    ask: "/case ask @someone",
    take: "/case take 2027-03-15",
    quiet: "/case quiet 2w",
    escalate: "/case escalate The customer cannot go live",
    later: "/case later 2027-03-15 after the feature freeze",
    landed: "/case landed #123",
    superseded: "/case superseded #123",
    status: "/case status",
    why: "/case why",
    help: "/case help",
  },
  ja: {
    link: "/case link REF",
    unlink: "/case unlink REF",
    severity: "/case severity S2",
    customer: "/case customer ID",
    summary: "/case summary エクスポートが 2 GB で止まる。修正で上限をなくす",
    stake: "/case stake 3 月の契約更新に関わる",
    workaround: "/case workaround 2 回に分けてエクスポートする",
    "needed-by": "/case needed-by 2027-03-31 本番稼働",
    report: "/case report 2027-03-15",
    waiting: "/case waiting author",
    snooze: "/case snooze 2w リリース待ち",
    unsnooze: "/case unsnooze",
    ask: "/case ask @someone",
    take: "/case take 2027-03-15",
    quiet: "/case quiet 2w",
    escalate: "/case escalate 本番稼働ができない",
    later: "/case later 2027-03-15 機能凍結のあと",
    landed: "/case landed #123",
    superseded: "/case superseded #123",
    status: "/case status",
    why: "/case why",
    help: "/case help",
  },
};

/** An example of the command, in code form: nobody in it is notified and nothing is linked. */
export const exampleOf = (verb: Verb, language: Language): PublicText => code(examples[language][verb], "none");
