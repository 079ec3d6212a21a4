// What a customer is, as `customers.yml` writes it: types and the rules of every field. Apart, because files, store and page share it.
import { z } from "zod";

/** A length as people write it. Whether `d` means a working day or a calendar day is for the reader of the field to say. */
export type Duration = { readonly amount: number; readonly unit: "s" | "m" | "h" | "d" | "w" };

export const SEVERITIES = ["S1", "S2", "S3", "S4"] as const;
export type Severity = (typeof SEVERITIES)[number];

export type Language = "en" | "ja";

/** `from` and `until` are days (YYYY-MM-DD) in the customer's time zone, both inclusive. `targets` are working time. */
export type Contract = {
  readonly plan: "subscription" | "consulting";
  readonly tier: string | null;
  readonly from: string;
  readonly until: string;
  readonly targets: Readonly<Partial<Record<Severity, Duration>>>;
};

/** Where somebody can be told something; a deputy has the same. */
export type Reachable = {
  readonly name: string;
  readonly email: string | null;
  readonly language: Language | null;
  readonly slack: string | null;
  readonly github: string | null;
};

/** The person who owns the account. */
export type AccountOwner = Reachable & { readonly deputy: Reachable | null };

export type Contact = { readonly name: string; readonly email: string; readonly language: Language | null };

export type Customer = {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly confidential: boolean;
  readonly owner: AccountOwner | null;
  readonly consultant: { readonly github: string } | null;
  readonly logins: readonly string[];
  readonly organizations: readonly string[];
  readonly domains: readonly string[];
  /** Their ids elsewhere (help desk, CRM), by the name of that place. */
  readonly ids: Readonly<Record<string, string>>;
  readonly contacts: readonly Contact[];
  readonly contracts: readonly Contract[];
};

/** Where a supporter, maintainer or decider hears things privately. */
export type Person = {
  readonly github: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly slack: string | null;
  readonly language: Language | null;
  readonly timezone: string | null;
  /** `HH:MM-HH:MM`, in their time zone. */
  readonly hours: string | null;
};

export type CustomersFile = { readonly customers: readonly Customer[]; readonly people: readonly Person[] };

const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;
const LOCAL_PART = /^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}$/u;
const DURATION = /^([1-9][0-9]{0,4})([smhdw])$/;
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

const isLine = (text: string) => text.trim() !== "" && text.length <= 200 && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
const isDomain = (text: string) => text.length <= 253 && DOMAIN.test(text);
const isHours = (text: string) =>
  /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text) && text.slice(0, 5) !== text.slice(6);

/** Whether `text` is a day that exists, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: "reject" });
    return true;
  } catch {
    return false;
  }
}

const knownZones = new Map<string, boolean>();

function isTimeZone(text: string): boolean {
  const known = knownZones.get(text);
  if (known !== undefined) return known;
  let isKnown = text.length <= 100;
  try {
    if (isKnown) new Temporal.ZonedDateTime(0n, text);
  } catch {
    isKnown = false;
  }
  // A file may hold any number of wrong ones; only as many are kept as there are right ones.
  if (knownZones.size < 1000) knownZones.set(text, isKnown);
  return isKnown;
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  return text.length <= 254 && LOCAL_PART.test(text.slice(0, Math.max(at, 0))) && isDomain(text.slice(at + 1));
}

/** A value as a message quotes it: short, on one line. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

/** What to say of a value that is missing or of the wrong type, where `example` is right. */
export function mistyped(value: unknown, example: string): string {
  if (value === undefined || value === null) return `This is missing. Write it as ${example}.`;
  if (typeof value === "number" || typeof value === "boolean")
    return `This must be text. Put it in quotes: "${String(value)}".`;
  return `This must be text. Write it as ${example}.`;
}

/** A text field: what it is, an example of it, and whether a text is one. */
export function textField(what: string, example: string, accepts: (text: string) => boolean) {
  return z
    .string({ error: (issue) => mistyped(issue.input, example) })
    .refine(accepts, { error: (issue) => `${quoted(issue.input)} is not ${what}. Write it as ${example}.` });
}

/** One of a few words. */
export function choiceField<const Choice extends string>(choices: readonly Choice[]) {
  const list = choices.join(", ");
  return z.enum(choices, {
    error: ({ input }) =>
      input === undefined || input === null
        ? `This is missing. Write one of ${list}.`
        : `${quoted(input)} is none of the choices. Write one of ${list}.`,
  });
}

/** Keys and values where no other key is known. */
export function sectionField<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `The keys here are ${keys}.`
        : `This must be keys and values. The keys here are ${keys}.`,
  });
}

function listField<Item extends z.ZodType>(item: Item, example: string) {
  return z
    .array(item, { error: () => `This must be a list. Write it as ${example}.` })
    .nullish()
    .transform((list) => list ?? []);
}

const optional = <Field extends z.ZodType>(field: Field) => field.nullable().default(null);

const lineField = (what: string, example: string) =>
  textField(`${what} (one line, at most 200 characters)`, example, isLine);
const dateField = textField("a day that exists", "2026-04-01", isDate);
const zoneField = textField("a time zone", "Asia/Tokyo", isTimeZone);
const emailField = textField("an e-mail address", "sato@acme.example", isEmail);
const loginField = textField("a login on GitHub", "sb-dev1 (without @)", (text) => LOGIN.test(text));
const slackField = textField("a Slack member id", "U0123ABC", (text) => /^[UW][A-Z0-9]{2,20}$/.test(text));
const languageField = choiceField(["en", "ja"]);

const durationField = textField("a length of time", "4h (s, m, h, d or w after the number)", (text) =>
  DURATION.test(text),
).transform(toDuration);

function toDuration(text: string): Duration {
  const unit = text.at(-1);
  return {
    amount: Number(text.slice(0, -1)),
    unit: unit === "s" || unit === "m" || unit === "h" || unit === "w" ? unit : "d",
  };
}

const reachable = {
  name: lineField("a name", "Sato"),
  email: optional(emailField),
  language: optional(languageField),
  slack: optional(slackField),
  github: optional(loginField),
};

const contractSchema = sectionField({
  plan: choiceField(["subscription", "consulting"]),
  tier: optional(lineField("a tier", "gold")),
  from: dateField,
  until: dateField,
  targets: sectionField({
    S1: durationField.optional(),
    S2: durationField.optional(),
    S3: durationField.optional(),
    S4: durationField.optional(),
  })
    .nullish()
    .transform((targets) => targets ?? {}),
}).superRefine((contract, context) => {
  if (contract.from <= contract.until) return;
  context.addIssue({
    code: "custom",
    path: ["until"],
    message: `The contract ends on ${contract.until}, before it begins on ${contract.from}. Write the last day that counts, ${contract.from} or later.`,
  });
});

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** One customer as a file writes it; what is left out gets its default. */
export const customerSchema = sectionField({
  id: textField("an id (letters, digits, dot, hyphen and underscore, at most 64)", "shinshu-bank", (text) =>
    ID.test(text),
  ),
  name: lineField("a name", "Shinshu Bank"),
  timezone: zoneField.nullish().transform((zone) => zone ?? "UTC"),
  confidential: z
    .boolean({ error: () => "This must be true or false, without quotes." })
    .nullish()
    .transform((flag) => flag ?? false),
  owner: optional(sectionField({ ...reachable, deputy: optional(sectionField(reachable)) })),
  consultant: optional(sectionField({ github: loginField })),
  logins: listField(loginField, "[sb-dev1, sb-dev2]"),
  organizations: listField(loginField, "[shinshu-bank]"),
  domains: listField(textField("a domain", "shinshu-bank.example (without @)", isDomain), "[shinshu-bank.example]"),
  ids: z
    .record(lineField("a name", "zendesk"), lineField("an id", '"3600"'), {
      error: () => 'This must be keys and values. Write it as { zendesk: "3600" }.',
    })
    .nullish()
    .transform((ids) => Object.fromEntries(Object.entries(ids ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))),
  contacts: listField(
    sectionField({ name: lineField("a name", "Ito"), email: emailField, language: optional(languageField) }),
    "[{ name: Ito, email: ito@shinshu-bank.example }]",
  ),
  contracts: listField(contractSchema, "[{ plan: subscription, from: 2026-04-01, until: 2027-03-31 }]"),
});

/** One of the `people`. */
export const personSchema = sectionField({
  github: loginField,
  name: optional(lineField("a name", "Kenji")),
  email: optional(emailField),
  slack: optional(slackField),
  language: optional(languageField),
  timezone: optional(zoneField),
  hours: optional(textField("working hours", '"09:00-18:00"', isHours)),
});

/** The customer in the file's own form (lengths as text), which is also how it is stored. */
export function toPlainCustomer(customer: Customer): unknown {
  const contracts = customer.contracts.map((contract) => ({ ...contract, targets: toPlainTargets(contract.targets) }));
  return { ...customer, contracts };
}

function toPlainTargets(targets: Contract["targets"]): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const severity of SEVERITIES) {
    const duration = targets[severity];
    if (duration !== undefined) plain[severity] = `${duration.amount}${duration.unit}`;
  }
  return plain;
}

/** @throws when what was stored is not a customer. */
export function storedCustomer(json: string): Customer {
  return customerSchema.parse(JSON.parse(json));
}

/** @throws when what was stored is not a person. */
export function storedPerson(json: string): Person {
  return personSchema.parse(JSON.parse(json));
}
