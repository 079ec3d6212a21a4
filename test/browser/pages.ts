// Every page of the board, as pictures and page tests open them: who looks, and where. A page that is not here is not looked at.
export type Looked = {
  readonly name: string;
  /** Null: the page that a customer's contact has a link to. */
  readonly path: string | null;
  /** A login, `sato` for the account owner who came by mail, or null for somebody who is not signed in. */
  readonly as: string | null;
};

export const LOOKED_AT: readonly Looked[] = [
  { name: "sign-in", path: "/sign-in", as: null },
  { name: "waiting", path: "/o/acme-db", as: "sato" },
  { name: "waiting-maintainer", path: "/o/acme-db", as: "mira" },
  { name: "patch", path: "/o/acme-db/r/engine/2", as: "dana" },
  { name: "patch-maintainer", path: "/o/acme-db/r/engine/2", as: "mira" },
  { name: "patch-waiting", path: "/o/acme-db/r/engine/3", as: "dana" },
  { name: "cases", path: "/o/acme-db/cases", as: "dana" },
  { name: "case", path: "/o/acme-db/cases/2", as: "dana" },
  { name: "customers", path: "/o/acme-db/customers", as: "dana" },
  { name: "customer", path: "/o/acme-db/customers/shinshu-bank", as: "sato" },
  { name: "contacts", path: "/o/acme-db/customers/shinshu-bank/contacts", as: "dana" },
  { name: "record", path: "/o/acme-db/customers/shinshu-bank/record/2026", as: "sato" },
  { name: "repositories", path: "/o/acme-db/repositories", as: "dana" },
  { name: "repository", path: "/o/acme-db/r/engine", as: "dana" },
  { name: "insights", path: "/o/acme-db/insights", as: "boss" },
  { name: "observe", path: "/o/acme-db/observe", as: "boss" },
  { name: "log", path: "/o/acme-db/log", as: "dana" },
  { name: "settings", path: "/o/acme-db/settings", as: "boss" },
  { name: "settings-customers", path: "/o/acme-db/settings/customers", as: "boss" },
  { name: "settings-import", path: "/o/acme-db/settings/customers/import", as: "boss" },
  { name: "settings-edit", path: "/o/acme-db/customers/shinshu-bank/edit", as: "boss" },
  { name: "settings-history", path: "/o/acme-db/customers/shinshu-bank/history", as: "boss" },
  { name: "settings-cases", path: "/o/acme-db/settings/cases", as: "boss" },
  { name: "settings-people", path: "/o/acme-db/settings/people", as: "boss" },
  { name: "settings-tokens", path: "/o/acme-db/settings/tokens", as: "boss" },
  { name: "settings-sessions", path: "/o/acme-db/settings/sessions", as: "boss" },
  { name: "customers-page", path: null, as: null },
  { name: "missing", path: "/o/acme-db/cases/999", as: "dana" },
];
