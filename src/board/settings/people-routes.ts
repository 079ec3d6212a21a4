// Who hears things where, and a test message to somebody: the one message that is sent by a press alone, also while policies observe.
import { createHash } from "node:crypto";
import { Hono } from "hono";
import { z } from "zod";
import { customersOfOwner, peopleOfOwner } from "../../customers/store.ts";
import { ownerId as toOwnerId } from "../../github/refs.ts";
import type { NewNotice } from "../../notify/notice.ts";
import { storedRecipient } from "../../notify/row.ts";
import { enqueueNotices } from "../../notify/store.ts";
import { ownersPolicy } from "../../policy/effective.ts";
import type { Language } from "../../policy/policy.ts";
import { keepBoardAct } from "../acts-store.ts";
import { notFound } from "../enter.ts";
import type { BoardEnv, BoardParts } from "../parts.ts";
import { boardPage } from "../shell.ts";
import { shownPerson } from "../signed-in.ts";
import type { Viewer } from "../viewer.ts";
import { forSetUp } from "./guard.ts";
import { type Hearer, hearersOf } from "./hearers.ts";
import { PEOPLE_TEXTS, testMessage } from "./people-messages.ts";
import { peopleBody, peoplePath, type TestShown } from "./people-page.ts";
import { loginsOfParties, type SentTest, sentTest } from "./people-store.ts";

const A_PAGE = 100;
/** Pressed twice within it, a test goes out once. */
const ONE_TEST_MILLIS = 60_000;
const LOOK_AGAIN_SECONDS = 3;

export function peopleRoutes(parts: BoardParts): Hono<BoardEnv> {
  const { database, now, channels } = parts.wiring;
  const { db } = database;
  const routes = new Hono<BoardEnv>();

  const hearersFor = async ({ owner }: Viewer): Promise<readonly Hearer[]> => {
    const ownerId = toOwnerId(owner.ownerId);
    const { policy } = await ownersPolicy(db, ownerId);
    return hearersOf({
      customers: await customersOfOwner(db, ownerId),
      people: await peopleOfOwner(db, ownerId),
      policy,
      support: await loginsOfParties(db, ownerId, policy.support),
      deciders: await loginsOfParties(db, ownerId, policy.escalation.deciders),
      channels,
    });
  };

  routes.get(
    "/settings/people",
    forSetUp(async (context) => {
      const { viewer } = context.var;
      const all = await hearersFor(viewer);
      const page = pageIn(context.req.query("page"));
      const asked = context.req.query("test") ?? "";
      const row = /^[\w-]{16}$/.test(asked) ? await sentTest(db, viewer.owner.ownerId, `test:${asked}`) : null;
      const test = row === null ? null : shownTest(row, viewer.language);
      return boardPage(context, viewer, {
        title: PEOPLE_TEXTS[viewer.language].title,
        section: "settings",
        refreshSeconds: test?.kind === "sending" ? LOOK_AGAIN_SECONDS : null,
        body: peopleBody({
          viewer,
          channels,
          hearers: all.slice((page - 1) * A_PAGE, page * A_PAGE),
          total: all.length,
          unreached: all.filter(({ ways }) => ways.length === 0).length,
          self: all.find((each) => isThem(each, viewer)) ?? null,
          test,
          nextPage: all.length > page * A_PAGE ? page + 1 : null,
        }),
      });
    }),
  );

  routes.post(
    "/settings/people/test",
    forSetUp(async (context) => {
      const { viewer, form } = context.var;
      const to = form.text("to");
      const hearer = (await hearersFor(viewer)).find(({ recipient }) => recipient.key === to);
      if (hearer === undefined || hearer.ways.length === 0) return notFound(context);
      const at = now();
      const name = testName(viewer, to, at);
      await database.transaction(async (tx) => {
        await enqueueNotices(tx, [noticeOf(viewer, hearer, { key: `test:${name}`, at })], at);
        const words = `had a test message sent to ${hearer.recipient.name}`;
        await keepBoardAct(tx, viewer, { kind: "test-sent", subject: "settings", words, at });
      });
      database.hint("notices");
      return context.redirect(`${peoplePath(viewer)}?test=${name}`, 303);
    }),
  );
  return routes;
}

const testName = ({ owner }: Viewer, to: string, at: number): string =>
  createHash("sha256")
    .update(`${owner.ownerId} ${Math.floor(at / ONE_TEST_MILLIS)} ${to}`)
    .digest("base64url")
    .slice(0, 16);

function noticeOf(
  viewer: Viewer,
  { recipient }: Hearer,
  { key, at }: { readonly key: string; readonly at: number },
): NewNotice {
  return {
    channel: "person",
    key,
    kind: "test",
    ownerId: viewer.owner.ownerId,
    patchId: null,
    thread: null,
    // At once: somebody is looking for it.
    isUrgent: true,
    because: "somebody asked for a test on the board",
    runAfter: at,
    to: recipient,
    message: testMessage({
      language: recipient.language,
      name: recipient.name,
      askedBy: shownPerson(viewer.person),
      owner: viewer.owner.login,
    }),
  };
}

const isThem = ({ recipient }: Hearer, { person }: Viewer): boolean =>
  person.kind === "github"
    ? recipient.login?.toLowerCase() === person.login.toLowerCase()
    : recipient.email?.toLowerCase() === person.email.toLowerCase();

const outcome = z.object({ by: z.enum(["mail", "slack"]).optional(), because: z.string().optional() });

function shownTest({ state, outcome: json, recipientData }: SentTest, language: Language): TestShown {
  const { name } = storedRecipient(recipientData);
  const { by, because } = json === null ? {} : outcome.parse(JSON.parse(json));
  if (state === "done") return { kind: "sent", name, by: by === undefined ? "" : PEOPLE_TEXTS[language].byWay[by] };
  // What is tried again is told as well: whoever waits for it wants to know why nothing comes.
  if (because !== undefined) return { kind: "not-sent", name, because };
  return state === "due" ? { kind: "sending", name } : { kind: "not-sent", name, because: state };
}

const pageIn = (asked: string | undefined): number =>
  asked !== undefined && /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
