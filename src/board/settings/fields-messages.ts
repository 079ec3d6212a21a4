// What the fields of customers, people and cases are called on a page. Apart, because forms, previews and histories name the same ones.
import type { Language } from "../../policy/policy.ts";

/** By the field's name in a file, without the numbers of entries. */
type Labels = Readonly<Record<string, string>>;

const LABELS: Readonly<Record<Language, Labels>> = {
  en: {
    id: "Id",
    name: "Name",
    timezone: "Time zone",
    confidential: "Confidential",
    owner: "Account owner",
    "owner.name": "Account owner, name",
    "owner.email": "Account owner, e-mail",
    "owner.language": "Account owner, language",
    "owner.slack": "Account owner, Slack member id",
    "owner.github": "Account owner, GitHub login",
    "owner.deputy": "Deputy",
    "owner.deputy.name": "Deputy, name",
    "owner.deputy.email": "Deputy, e-mail",
    "owner.deputy.language": "Deputy, language",
    "owner.deputy.slack": "Deputy, Slack member id",
    "owner.deputy.github": "Deputy, GitHub login",
    consultant: "Consultant",
    "consultant.github": "Consultant, GitHub login",
    logins: "GitHub logins",
    organizations: "GitHub organisations",
    domains: "E-mail domains",
    ids: "Ids elsewhere",
    contacts: "Contacts",
    "contacts[]": "Contact",
    "contacts[].name": "Contact, name",
    "contacts[].email": "Contact, e-mail",
    "contacts[].language": "Contact, language",
    contracts: "Contracts",
    "contracts[]": "Contract",
    "contracts[].plan": "Contract, plan",
    "contracts[].tier": "Contract, tier",
    "contracts[].from": "Contract, first day",
    "contracts[].until": "Contract, last day",
    "contracts[].targets": "Contract, targets",
    github: "GitHub login",
    email: "E-mail",
    language: "Language",
    slack: "Slack member id",
    hours: "Working hours",
    title: "Title",
    customer: "Customer",
    severity: "Severity",
    state: "State",
    summary: "Summary",
    stake: "Stake",
    workaround: "Workaround",
    "needed-by": "Needed by",
    report: "Next report",
    assignee: "Assignee",
    url: "Address",
  },
  ja: {
    id: "ID",
    name: "名前",
    timezone: "タイムゾーン",
    confidential: "機密扱い",
    owner: "お客様担当",
    "owner.name": "お客様担当の名前",
    "owner.email": "お客様担当のメールアドレス",
    "owner.language": "お客様担当の言語",
    "owner.slack": "お客様担当の Slack メンバー ID",
    "owner.github": "お客様担当の GitHub ログイン名",
    "owner.deputy": "代理",
    "owner.deputy.name": "代理の名前",
    "owner.deputy.email": "代理のメールアドレス",
    "owner.deputy.language": "代理の言語",
    "owner.deputy.slack": "代理の Slack メンバー ID",
    "owner.deputy.github": "代理の GitHub ログイン名",
    consultant: "コンサルタント",
    "consultant.github": "コンサルタントの GitHub ログイン名",
    logins: "GitHub ログイン名",
    organizations: "GitHub の組織",
    domains: "メールのドメイン",
    ids: "ほかのシステムでの ID",
    contacts: "ご担当者",
    "contacts[]": "ご担当者",
    "contacts[].name": "ご担当者の名前",
    "contacts[].email": "ご担当者のメールアドレス",
    "contacts[].language": "ご担当者の言語",
    contracts: "契約",
    "contracts[]": "契約",
    "contracts[].plan": "契約のプラン",
    "contracts[].tier": "契約のティア",
    "contracts[].from": "契約の開始日",
    "contracts[].until": "契約の最終日",
    "contracts[].targets": "契約の目標時間",
    github: "GitHub ログイン名",
    email: "メールアドレス",
    language: "言語",
    slack: "Slack メンバー ID",
    hours: "勤務時間",
    title: "タイトル",
    customer: "お客様",
    severity: "重大度",
    state: "状態",
    summary: "概要",
    stake: "商談への影響",
    workaround: "回避策",
    "needed-by": "必要な日",
    report: "次回報告日",
    assignee: "担当者",
    url: "アドレス",
  },
};

/** "Contract 2, last day" for `contracts[1].until`; a field that is not known here keeps its name in the file. */
export function fieldLabel(field: string, language: Language): string {
  const labels = LABELS[language];
  const index = /\[(\d+)\]/.exec(field)?.[1];
  const place = field.replace(/\[\d+\]/g, "[]");
  const target = /^contracts\[\]\.targets\.(S[1-4])$/.exec(place)?.[1];
  const elsewhere = /^ids\.(.+)$/.exec(place)?.[1];
  if (elsewhere !== undefined) return language === "en" ? `Id at ${elsewhere}` : `${elsewhere} での ID`;
  const known = labels[target === undefined ? place : "contracts[].targets"] ?? field;
  const word = target === undefined ? known : language === "en" ? `${known} ${target}` : `${known}（${target}）`;
  return index === undefined ? word : numbered(word, Number(index) + 1, language);
}

const numbered = (word: string, n: number, language: Language): string =>
  language === "en" ? word.replace(/^[^,]+/, (noun) => `${noun} ${n}`) : `${word}（${n} 件目）`;

/** A value as a page shows it. */
export function valueWords(field: string, value: string | null, language: Language): string {
  const none = language === "en" ? "nothing" : "なし";
  if (value === null) return none;
  if (field !== "confidential") return value;
  if (language === "en") return value === "true" ? "yes" : "no";
  return value === "true" ? "はい" : "いいえ";
}
