// The rules of every field of `customers.yml`, each with the sentence for what is wrong. Apart from the types, because only files need them.
import { z } from "zod";
import { choice, date, flag, login, timezone, workingDuration } from "../policy/leaves.ts";
import { mustBe, shown } from "../policy/problems.ts";

const MAX_LINE = 200;
const DOMAIN = /^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,63}$/u;
const LOCAL_PART = /^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}$/u;
const HOURS = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** A text field: what it is, what to write instead, and whether a text is one. */
export function textField(what: string, write: string, accepts: (text: string) => boolean) {
  const error = mustBe(what, write);
  const mistyped = ({ input }: { readonly input?: unknown }) => {
    if (input === undefined || input === null) return `This is missing. Write ${write}.`;
    // Only a number or a flag can have been meant as a text; YAML takes it for something else.
    return typeof input === "object" ? error({ input }) : `${input} must be text. Put it in quotes: "${input}".`;
  };
  return z.string({ error: mistyped }).refine(accepts, { error });
}

/** Text on one line, without control characters: it goes into headers of mails and cells of tables. */
export function lineField(what: string, example: string, most: number = MAX_LINE) {
  return textField(`${what} of one line and at most ${most} characters`, `it like ${example}`, (text) =>
    isLine(text, most),
  );
}

function isLine(text: string, most: number): boolean {
  return text.trim() !== "" && text.length <= most && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}

/** Keys and values where no other key is known. */
export function sectionField<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: ({ code, input }) => {
      if (code === "unrecognized_keys") return `This key is not known. Known here are ${keys}.`;
      if (input === null) return `This entry is empty. Write keys and values; known are ${keys}.`;
      return `${shown(input)} does not belong here. Write keys and values; known are ${keys}.`;
    },
  });
}

/** Null, or left out, is none. */
export const optional = <Field extends z.ZodType>(field: Field) => field.nullable().default(null);

function listField<Item extends z.ZodType>(item: Item, example: string) {
  return z
    .array(item, { error: mustBe("a list", `it like ${example}`) })
    .nullish()
    .transform((list) => list ?? []);
}

const email = textField("an e-mail address", "one like sato@acme.example", isEmail);
const slack = textField("a Slack member id", "the id in the member's profile, like U0123", (text) =>
  /^[UW][A-Z0-9]{2,20}$/.test(text),
);
const language = choice(["en", "ja"]);
const domain = textField("a domain", "one like shinshu-bank.example, without @", isDomain);

function isDomain(text: string): boolean {
  return text.length <= 253 && DOMAIN.test(text);
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  return at > 0 && text.length <= 254 && LOCAL_PART.test(text.slice(0, at)) && isDomain(text.slice(at + 1));
}

const reachable = {
  name: lineField("a name", "Sato"),
  email: optional(email),
  language: optional(language),
  slack: optional(slack),
  github: optional(login),
};

const targets = sectionField({
  S1: workingDuration.optional(),
  S2: workingDuration.optional(),
  S3: workingDuration.optional(),
  S4: workingDuration.optional(),
});

const contract = sectionField({
  plan: choice(["subscription", "consulting"]),
  tier: optional(lineField("a tier", "gold")),
  from: date,
  until: date,
  targets: targets.nullish().transform((given) => given ?? {}),
}).superRefine(({ from, until }, context) => {
  if (from <= until) return;
  const message = `The contract ends on ${until}, before it begins on ${from}. Write its last day, ${from} or later.`;
  context.addIssue({ code: "custom", path: ["until"], message });
});

/** One customer as a file writes it; what is left out gets its default. */
export const customerSchema = sectionField({
  id: textField(
    "an id of letters, digits, dots, hyphens and underscores, at most 64",
    "one like shinshu-bank",
    (text) => ID.test(text),
  ),
  name: lineField("a name", "Shinshu Bank"),
  timezone: timezone.nullish().transform((zone) => zone ?? "UTC"),
  confidential: flag.nullish().transform((given) => given ?? false),
  owner: optional(sectionField({ ...reachable, deputy: optional(sectionField(reachable)) })),
  consultant: optional(sectionField({ github: login })),
  logins: listField(login, "[sb-dev1, sb-dev2]"),
  organizations: listField(login, "[shinshu-bank]"),
  domains: listField(domain, "[shinshu-bank.example]"),
  ids: z
    .record(lineField("a name", "zendesk"), lineField("an id", '"3600"'), {
      error: (issue) =>
        issue.code === "invalid_key"
          ? `A name here is one line of at most ${MAX_LINE} characters. Write it like zendesk.`
          : `${shown(issue.input)} does not belong here. Write keys and values like { zendesk: "3600" }.`,
    })
    .nullish()
    .transform((ids) => Object.fromEntries(Object.entries(ids ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))),
  contacts: listField(
    sectionField({ name: lineField("a name", "Ito"), email, language: optional(language) }),
    "[{ name: Ito, email: ito@shinshu-bank.example }]",
  ),
  contracts: listField(contract, "[{ plan: subscription, from: 2026-04-01, until: 2027-03-31 }]"),
});

/** One of the `people`. */
export const personSchema = sectionField({
  github: login,
  name: optional(lineField("a name", "Kenji")),
  email: optional(email),
  slack: optional(slack),
  language: optional(language),
  timezone: optional(timezone),
  hours: optional(
    textField(
      "working hours",
      'two times of day in quotes, like "09:00-18:00"',
      (text) => HOURS.test(text) && text.slice(0, 5) !== text.slice(6),
    ),
  ),
});
