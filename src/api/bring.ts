// What a PUT brings: the file in its body, and writing it. The same rules as by command or page; only who brings it differs.
import type { Context } from "hono";
import { checkCaseCustomers, checkCases, importAllCases, importedCasesWords } from "../cases/store-import.ts";
import { importedWords } from "../customers/changes.ts";
import { decodeFile, type FileFormat, type FileProblem } from "../customers/file.ts";
import { holdCustomers, planStored, writePlanned } from "../customers/store-import.ts";
import type { Database } from "../db/database.ts";
import { readCasesText, readCustomersText } from "../work/read-file.ts";
import type { ApiEnv } from "./enter.ts";
import { answer, problem } from "./problem.ts";
import { keepTokenAct, tokenAuthor } from "./store.ts";

type Brought =
  | { readonly kind: "file"; readonly text: string; readonly format: FileFormat }
  | { readonly kind: "refused"; readonly response: Response };

/** JSON is YAML too. */
const FORMATS: Readonly<Record<string, FileFormat>> = {
  "application/json": "yaml",
  "application/yaml": "yaml",
  "application/x-yaml": "yaml",
  "text/yaml": "yaml",
  "text/csv": "csv",
};

export const MOST_BODY_BYTES = 8 * 1024 * 1024;

type Bringing = { readonly database: Database; readonly now: number };

export async function bringCustomers(context: Context<ApiEnv>, { database, now }: Bringing): Promise<Response> {
  const brought = await readBody(context);
  if (brought.kind === "refused") return brought.response;
  const { token } = context.var;
  const parsed = await readCustomersText(brought.text, brought.format);
  if (parsed.kind === "problems") return wrong(context, parsed.problems);
  const isPreview = context.req.query("preview") === "true";
  const of = { ownerId: token.ownerId, read: parsed };
  const plan = isPreview
    ? await planStored(database.db, of)
    : await database.transaction(async (tx) => {
        await holdCustomers(tx, { ownerId: token.ownerId, now });
        const made = await planStored(tx, of);
        if (made.kind === "problems") return made;
        const who = { by: tokenAuthor(token), how: "api" as const };
        await writePlanned(tx, made, { ownerId: token.ownerId, now, who });
        await keepTokenAct(tx, token, { kind: "customers-imported", words: importedWords(made.changes), at: now });
        return made;
      });
  if (plan.kind === "problems") return wrong(context, plan.problems);
  const { people, ...customers } = plan.changes;
  return answer(context, { preview: isPreview, customers, people });
}

export async function bringCases(context: Context<ApiEnv>, { database, now }: Bringing): Promise<Response> {
  const brought = await readBody(context);
  if (brought.kind === "refused") return brought.response;
  const { token } = context.var;
  const { ownerId } = token;
  const parsed = await readCasesText(brought.text, brought.format);
  const checked = parsed.kind === "problems" ? parsed : await checkCaseCustomers(database.db, ownerId, parsed.cases);
  if (checked.kind === "problems") return wrong(context, checked.problems);
  const isPreview = context.req.query("preview") === "true";
  const of = { ownerId, cases: checked.cases, now };
  const cases = await checkCases(database.db, of);
  if (!isPreview)
    await importAllCases(database, of, async (tx, changes) => {
      const words = importedCasesWords(changes);
      await keepTokenAct(tx, token, { kind: "cases-imported", words, at: now });
    });
  return answer(context, { preview: isPreview, cases });
}

async function readBody(context: Context<ApiEnv>): Promise<Brought> {
  const type = (context.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const format = FORMATS[type];
  if (format === undefined) {
    const detail = `Say in Content-Type what the body is: ${Object.keys(FORMATS).join(", ")}.`;
    return { kind: "refused", response: problem(context, 415, detail) };
  }
  const decoded = decodeFile(new Uint8Array(await context.req.arrayBuffer()));
  if (decoded.kind === "problems") return { kind: "refused", response: wrong(context, decoded.problems) };
  return { kind: "file", text: decoded.text, format };
}

function wrong(context: Context, problems: readonly FileProblem[]): Response {
  const detail =
    problems.length === 1
      ? "One thing is wrong in the body; nothing was imported. Correct it and send it again."
      : `${problems.length} things are wrong in the body; nothing was imported. Correct them and send it again.`;
  return problem(context, 422, detail, { problems });
}
