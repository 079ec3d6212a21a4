// What is chosen on the set-up page, and what is known before: the words between the form, the manifest and the credentials.

/** What was chosen: for whom the App is made, where, and how GitHub and people reach this server. */
export type Registration = {
  /** The organisation that will own the App; null: the account of whoever makes it. */
  readonly organization: string | null;
  /** The host of a GitHub Enterprise Server or of a ghe.com; null: where the environment says that GitHub is. */
  readonly host: string | null;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** A channel that passes webhooks on to this machine; null: GitHub reaches it under `publicUrl`. */
  readonly proxyUrl: string | null;
  readonly keep: Keep;
};

/** `file`: written into `.env`. `show`: shown once, for a secret store. */
export type Keep = "file" | "show";

/** What the environment says already. */
export type Given = {
  readonly webhookPath: string;
  readonly publicUrl: string | null;
  readonly proxyUrl: string | null;
  /** Where people open GitHub in a browser. */
  readonly webUrl: string;
  /** The variable that says where GitHub is; null: it may be chosen on the page. */
  readonly placedBy: string | null;
  /** Variables that the process's own environment sets: it wins over `.env`. */
  readonly own: ReadonlySet<string>;
};

/** The form as it was sent. */
export type Words = {
  readonly organization: string;
  readonly host: string;
  readonly publicUrl: string;
  readonly proxyUrl: string;
  readonly keep: string;
};

export type Field = keyof Words;

export type Problem = {
  readonly field: Field;
  readonly code:
    | "not-a-login"
    | "not-a-host"
    | "not-an-address"
    | "address-missing"
    | "not-reachable"
    | "proxy-is-inside"
    | "cannot-keep";
};

/** What is written into `.env` or a secret store, in this order. */
export type Variables = Readonly<Record<string, string>>;
