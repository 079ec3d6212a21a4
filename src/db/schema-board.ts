// The tables behind the board, as types: who is signed in and may see what, links for customers' contacts, tokens for programs, and who did
// what there. Apart from the others only for length: the same rules hold (ids from GitHub are numbers, times are epoch milliseconds).
import type { Generated } from "kysely";

type Millis = number;
type Json = string;

/** Somebody signed in with a browser. Only the token's hash is kept. */
type SessionTable = {
  token_hash: string;
  /** `github:ID` or `mail:ADDRESS`: one person may have several. */
  person_key: string;
  /** JSON: the SignedIn person. */
  person: Json;
  /** What the browser calls itself, shortened. */
  browser: string;
  created_at: Millis;
  seen_at: Millis;
  /** The last moment, however often it is used. */
  expires_at: Millis;
  revoked_at: Millis | null;
};

/** What somebody is to an owner, as it was asked last. */
type BoardAccessTable = {
  owner_id: number;
  person_key: string;
  /** JSON: the Access. */
  access: Json;
  read_at: Millis;
};

/** A mailed link that signs its addressee in. */
type SignInLinkTable = {
  token_hash: string;
  email: string;
  created_at: Millis;
  expires_at: Millis;
};

/** The link to a customer's page that one of their contacts has. */
type ContactLinkTable = {
  id: Generated<number>;
  token_hash: string;
  /** The token's first characters, by which people know which one it is. */
  prefix: string;
  owner_id: number;
  customer_id: string;
  /** JSON: { name, email, language } */
  contact: Json;
  made_by: string;
  created_at: Millis;
  expires_at: Millis;
  revoked_at: Millis | null;
};

/** Each time that such a link was opened. */
type ContactLinkOpeningTable = { id: Generated<number>; link_id: number; at: Millis; what: "page" | "feed" };

/** What a program may show to the API. */
type ApiTokenTable = {
  id: Generated<number>;
  token_hash: string;
  prefix: string;
  owner_id: number;
  name: string;
  /** `read`: what the board shows. `write`: imports too. */
  scope: "read" | "write";
  made_by: string;
  created_at: Millis;
  expires_at: Millis;
  last_used_at: Millis | null;
  revoked_at: Millis | null;
};

/** What was changed about a customer: by whom, how, and what it was before and after (JSON of the customer; null: was or is not there). */
type CustomerChangeTable = {
  id: Generated<number>;
  owner_id: number;
  customer_id: string;
  at: Millis;
  by: string;
  how: "command" | "page" | "api";
  before: Json | null;
  after: Json | null;
};

/** What people did on the board, for the log. `subject`: `patch:ID`, `case:ID`, `customer:ID`, `settings`. */
type BoardActTable = {
  id: Generated<number>;
  owner_id: number;
  at: Millis;
  person_key: string;
  person: string;
  kind: string;
  subject: string;
  /** One line in plain words, without secrets. */
  words: string;
};

export type BoardSchema = {
  sessions: SessionTable;
  board_access: BoardAccessTable;
  sign_in_links: SignInLinkTable;
  contact_links: ContactLinkTable;
  contact_link_openings: ContactLinkOpeningTable;
  api_tokens: ApiTokenTable;
  customer_changes: CustomerChangeTable;
  board_acts: BoardActTable;
};
