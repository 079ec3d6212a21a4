// What a form sent, as a page of ours reads it. Apart, because answers, the board and the set-up all take forms.
import type { Context } from "hono";

export type Form = {
  /** What stands in a field; empty where it is missing or stands twice, since nobody means two answers. */
  readonly text: (name: string) => string;
  readonly all: (name: string) => readonly string[];
};

/** Nothing where it was no form. Multipart is read for files, whose text is the field's value. */
export async function readForm(context: Context): Promise<Form> {
  const type = context.req.header("content-type") ?? "";
  if (/^multipart\/form-data\b/i.test(type)) {
    const data = await context.req.formData();
    const values = new Map<string, string[]>();
    for (const [name, value] of data)
      values.set(name, [...(values.get(name) ?? []), typeof value === "string" ? value : await value.text()]);
    return formOf((name) => values.get(name) ?? []);
  }
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  const fields = new URLSearchParams(isForm ? await context.req.text() : "");
  return formOf((name) => fields.getAll(name));
}

function formOf(values: (name: string) => readonly string[]): Form {
  // PostgreSQL takes no text with this character, and no person writes it.
  const all = (name: string) => values(name).map((value) => value.replaceAll("\u0000", ""));
  return {
    all,
    text: (name) => {
      const [value, ...others] = all(name);
      return others.length === 0 ? (value ?? "") : "";
    },
  };
}
