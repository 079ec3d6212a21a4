// What there is after a run, in words that two runs share: whatever stands on GitHub, was told to people, or is kept of patches and cases.
import { z } from "zod";
import type { Database } from "../../src/db/database.ts";
import type { Mail } from "../support/channels/parse-mail.ts";
import type { Received } from "../support/channels/receiver.ts";
import type { GitHub } from "../support/github/github.ts";

/** Lines by heading. Where order counts (comments of one conversation) they stand in it, elsewhere they are sorted. */
export type Picture = Readonly<Record<string, readonly string[]>>;

type Parts = {
  readonly github: GitHub;
  readonly database: Database;
  readonly mails: readonly Mail[];
  readonly hooks: readonly Received[];
};

export async function takePicture({ github, database, mails, hooks }: Parts): Promise<Picture> {
  const { db } = database;
  const lines: Record<string, string[]> = {};
  const conversations = github.conversations();
  const names = new Map<string, string>();
  for (const ref of conversations) {
    const place = `${ref.repository}#${ref.number}`;
    const counts = new Map<string, number>();
    for (const { id, nodeId, author } of github.commentsOn(ref)) {
      const n = (counts.get(author) ?? 0) + 1;
      counts.set(author, n);
      names.set(String(id), `<comment ${n} of ${author} on ${place}>`);
      names.set(nodeId, `<comment ${n} of ${author} on ${place}>`);
    }
  }
  const tidy = (text: string): string =>
    decodeMarkers(text)
      .replaceAll(github.url, "https://github.example")
      .replaceAll(/\/answer\/[\w-]{43}/g, "/answer/…")
      .replaceAll(/\b3\d{7}\b|\b[A-Za-z0-9_=]{16,40}/g, (id) => names.get(id) ?? id);
  const add = (heading: string, items: readonly unknown[], isSorted = true) => {
    const told = items.map((item) => tidy(typeof item === "string" ? item : JSON.stringify(item)));
    lines[heading] = isSorted ? told.sort() : told;
  };
  /** At which minute we said or decided something depends on what delayed it; on which day does not. */
  const addByDay = (heading: string, items: readonly unknown[], isSorted = true) => {
    add(heading, items, false);
    const told = (lines[heading] ?? []).map(byDay);
    lines[heading] = isSorted ? told.sort() : told;
  };

  for (const ref of conversations) {
    const place = `${ref.repository}#${ref.number}`;
    const ours = github
      .commentsOn(ref)
      .filter(({ author }) => author === github.botLogin)
      .map(({ body, minimized }) => `${minimized ? "folded: " : ""}${body}`);
    // An answer waits for nothing that another's has to wait for: among answers no order is promised.
    const isAnswer = (body: string) => body.includes("<!-- patch-advocate reply");
    addByDay(`answers on ${place}`, ours.filter(isAnswer));
    addByDay(
      `comments on ${place}`,
      ours.filter((body) => !isAnswer(body)),
      false,
    );
    add(`labels on ${place}`, github.labelsOn(ref));
    for (const subject of [ref, ...github.commentsOn(ref)])
      add(`reactions on ${names.get(subject.nodeId) ?? place}`, github.reactionsOn(subject));
  }
  for (const repository of new Set(conversations.map((ref) => ref.repository)))
    add(`check runs in ${repository}`, github.checkRunsOn(repository));

  const mailsById = Map.groupBy(mails, ({ headers }) => headers["message-id"] ?? "");
  addByDay(
    "mails",
    [...mailsById.values()].flatMap((same) => [
      ...new Set(same.map(({ recipients, subject, text }) => `${recipients}: ${subject}\n${withoutShortWait(text)}`)),
    ]),
  );
  const hooksById = Map.groupBy(hooks, ({ body }) => String((body as { readonly id?: unknown }).id));
  addByDay(
    "events for outside",
    [...hooksById.values()].flatMap((same) => [
      ...new Set(same.map(({ raw }) => raw.replace(/"id":"evt_[0-9a-f]+"/, ""))),
    ]),
  );

  const patches = await db.selectFrom("patches").selectAll().execute();
  addByDay(
    "patches",
    patches.map(
      ({
        version: _v,
        due_at: _d,
        claimed_until: _c,
        decided_at: _a,
        observed_at: _o,
        seen_at: _s,
        label_names,
        observation,
        ...kept
      }) => ({
        ...kept,
        // What GitHub showed, and not when it was looked at.
        observation: observation?.replace(/"at":\d+/, "") ?? null,
        // A set: GitHub lists labels in the order in which they came.
        labels: z.array(z.string()).parse(JSON.parse(label_names)).sort(),
      }),
    ),
  );
  const facts = await db.selectFrom("facts").selectAll().execute();
  add(
    "facts",
    // An answer's key says when it was asked for, which a fault may delay.
    facts.map((fact) => ({ ...fact, key: fact.key.replace(/(?<=^answer:\d+:)\d+/, toDay) })),
  );
  const cases = await db.selectFrom("cases").selectAll().execute();
  add(
    "cases",
    // When each word was said, in whichever order they came.
    cases.map(({ id: _, stamps, ...kept }) => ({
      ...kept,
      stamps: Object.entries(z.record(z.string(), z.number()).parse(JSON.parse(stamps))).sort(),
    })),
  );
  const links = await db
    .selectFrom("links as l")
    .innerJoin("cases as c", "c.id", "l.case_id")
    .selectAll("l")
    .select("c.reference")
    .execute();
  addByDay(
    "links",
    links.map(({ case_id: _, ...kept }) => kept),
  );
  const commands = await db
    .selectFrom("commands")
    .select(["source", "text", "occurrence", "patch_id", "actor_login", "outcome"])
    .execute();
  add("commands", commands);
  const decisions = await db
    .selectFrom("decisions")
    .select(["patch_id", "kind", "because", "data"])
    .orderBy("id")
    .execute();
  const last = new Map(decisions.map((decision) => [decision.patch_id, decision]));
  // Between two acts it is decided as often as something arrives: only what was done, and where it ends, is one. What stands beside the because
  // of the latter is as it was when that was decided first, but for its reason.
  addByDay("decisions", [
    ...decisions.filter(({ kind }) => !QUIET.has(kind)),
    ...[...last.values()]
      .filter(({ kind }) => QUIET.has(kind))
      .map((each) => ({ ...each, data: JSON.stringify(reasonIn.parse(JSON.parse(each.data)).reason) })),
  ]);
  const effects = await db.selectFrom("effects").select(["key", "kind", "state", "because"]).execute();
  addByDay(
    "effects",
    // A patch's labels are one effect, whose reason is that of whichever decision was the first to want them.
    effects.map((effect) => (effect.kind === "labels" ? { ...effect, because: "" } : effect)),
  );
  addByDay(
    "notices",
    await db.selectFrom("notices").select(["key", "kind", "state", "recipient", "because"]).execute(),
  );
  addByDay(
    "escalations",
    await db
      .selectFrom("escalations")
      .select(["patch_id", "cause", "because", "state", "round", "outcome", "times_asked"])
      .execute(),
  );
  addByDay(
    "steps",
    await db
      .selectFrom("escalation_steps")
      .select(["key", "patch_id", "kind", "addressees", "because", "outcome"])
      .execute(),
  );
  addByDay("told", await db.selectFrom("told").select(["key", "kind"]).execute());
  addByDay(
    "customer events",
    await db.selectFrom("customer_events").select(["key", "customer_id", "kind", "at", "data"]).execute(),
  );
  const times = await db.selectFrom("patch_times").selectAll().execute();
  addByDay(
    "times",
    // Counted from when somebody was asked, which a fault may delay.
    times.map(({ escalated_decision_millis: millis, ...kept }) => ({ ...kept, isEscalated: millis !== null })),
  );
  addByDay(
    "reminders",
    await db.selectFrom("reminders").select(["patch_id", "round", "n", "state", "addressees"]).execute(),
  );
  add("label marks", await db.selectFrom("label_marks").selectAll().execute());
  add(
    "deliveries that failed",
    await db.selectFrom("deliveries").select(["event", "error"]).where("state", "in", ["failed", "pending"]).execute(),
  );
  return lines;
}

const toDay = (at: string): string => new Date(Number(at)).toISOString().slice(0, 10);

/** How much time had passed is counted anew whenever it is decided; since when stands beside it. */
function byDay(text: string): string {
  return text
    .replaceAll(/\b\d\d(:|&#58;)\d\d(:\d\d(\.\d+)?Z?)?\b/g, "…:…")
    .replaceAll(/(\d{4}-\d\d-\d\d)T…:…/g, "$1")
    .replaceAll(/ ?\b\d+ (working )?(hours?|minutes?)\b/g, "")
    .replaceAll(/\b17[67]\d{10}\b/g, toDay)
    .replaceAll(/(clockMillis|maintainer|author)(\\*"):\d+/g, "$1$2:…");
}

/** A wait of minutes may be none yet, which is said in other words; lines break elsewhere then. */
const withoutShortWait = (text: string): string =>
  text
    .replaceAll(/\n(?:回答待ちの期間：|Waiting: |Waited: )\d+ (?:分|時間|minutes?|hours?)(?=\n)/g, "")
    .replaceAll(/(?<=\P{ASCII})\n(?=\P{ASCII})/gu, "")
    .replaceAll(
      /現在、開発元の回答待ちです。|開発元の回答待ちの期間は、\d+ (?:分|時間)になりました。/g,
      "開発元の回答待ち。",
    );

const reasonIn = z.object({ reason: z.unknown() });

/** Decisions by which nothing is done. */
const QUIET = new Set(["wait", "none"]);

/** A marker's key is written as in an address. */
const decodeMarkers = (text: string): string =>
  text.replaceAll(
    /<!-- patch-advocate (\S+) -->/g,
    (_, key: string) => `<!-- patch-advocate ${decodeURIComponent(key)} -->`,
  );

/** What only one of two has, line by line. */
export function differences(undisturbed: Picture, disturbed: Picture): readonly string[] {
  const headings = [...new Set([...Object.keys(undisturbed), ...Object.keys(disturbed)])];
  return headings.flatMap((heading) => {
    const [before, after] = [undisturbed[heading] ?? [], disturbed[heading] ?? []];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    const [gone, come] = [without(before, after), without(after, before)];
    const missing = gone.map((line, index) => `  - ${fromWhereTheyDiffer(line, come[index])}`);
    const added = come.map((line, index) => `  + ${fromWhereTheyDiffer(line, gone[index])}`);
    return [
      `${heading}:`,
      ...missing,
      ...added,
      ...(missing.length + added.length === 0 ? ["  in another order"] : []),
    ];
  });
}

/** Of two long lines that begin alike, a little of what they share and then what they do not. */
function fromWhereTheyDiffer(line: string, other = ""): string {
  let same = 0;
  while (same < line.length && line[same] === other[same]) same += 1;
  return same < 200 ? line.slice(0, 1000) : `${line.slice(0, 80)} […] ${line.slice(same - 80, same + 300)}`;
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
