// Lets people do on the emulated GitHub what a script says.
import type { GitHub } from "../support/github/github.ts";
import type { Act } from "./script.ts";
import { CASES, CODE, OWNERS } from "./seed.ts";

type Ref = Awaited<ReturnType<ReturnType<GitHub["as"]>["openPullRequest"]>>;
type Patch = Ref & {
  readonly author: string;
  state: "open" | "closed" | "merged";
  isDraft: boolean;
  title: string;
  askedAt: number;
};

export type People = {
  readonly act: (act: Act) => Promise<void>;
  readonly patches: readonly Ref[];
  readonly tickets: readonly Ref[];
};

type Parts = {
  readonly github: GitHub;
  /** The text of the newest mail to somebody. */
  readonly newestMailTo: (address: string) => string | null;
  /** Presses a button on the page behind a mail's link, again and again until somebody answers. */
  readonly press: (path: string, form: string) => Promise<void>;
};

const MAIL_LINK = /\/answer\/[\w-]{43}/;
/** Far enough that no run reaches it. */
const PATIENCE_UNTIL = "2026-05-11";

/** One patch with its case is there from the beginning. */
export async function gatherPeople({ github, newestMailTo, press }: Parts): Promise<People> {
  const patches: Patch[] = [];
  const tickets: (Ref & { isClosed: boolean })[] = [];
  let releases = 0;

  const open = async (by: string, repository: string, body: string | null): Promise<void> => {
    const title = `Write large tables in pieces, part ${patches.length + 1}`;
    const branch = `pieces-${patches.length + 1}`;
    const ref = await github.as(by).openPullRequest({ repository, title, branch, body });
    patches.push({ ...ref, author: by, state: "open", isDraft: false, title, askedAt: 0 });
  };
  const openTicket = async (severity: string): Promise<void> => {
    const customer = tickets.length % 2 === 0 ? "shinshu-bank" : "delta-rail";
    const body = `It ends without an error.\n\nCustomer: ${customer}\nSeverity: ${severity}`;
    const title = `The export stops, number ${tickets.length + 1}`;
    tickets.push({ ...(await github.as("dana").openIssue({ repository: CASES, title, body })), isClosed: false });
  };
  const patchAt = (index: number) => patches[index % Math.max(patches.length, 1)];
  const ticketAt = (index: number) => tickets[index % Math.max(tickets.length, 1)];

  async function act(given: Act): Promise<void> {
    switch (given.kind) {
      case "open":
        // Only readers of a private repository can open something there.
        if (given.repository === CODE[1] && given.by === "stranger") return;
        return open(given.by, given.repository, given.links ? `Case: ${CASES}#1` : null);
      case "open-ticket":
        return openTicket(given.severity);
      case "say-on-ticket": {
        const ticket = ticketAt(given.ticket);
        if (ticket !== undefined) await github.as("kenji").comment(ticket, given.text);
        return;
      }
      case "close-ticket": {
        const ticket = ticketAt(given.ticket);
        if (ticket === undefined || ticket.isClosed) return;
        ticket.isClosed = true;
        return github.as("dana").closeIssue(ticket);
      }
      case "release": {
        releases += 1;
        return github
          .as("mira")
          .createRelease(given.repository, { tag: `v1.${releases}.0`, name: `Release ${releases}` });
      }
      case "answer": {
        const link = MAIL_LINK.exec(newestMailTo(OWNERS[given.owner] ?? OWNERS[0]) ?? "")?.[0];
        if (link === undefined) return;
        const words =
          given.answer === "deciders"
            ? "answer=deciders"
            : `answer=wait&until=${PATIENCE_UNTIL}&reason=The+release+comes+first.`;
        return press(link, words);
      }
      default: {
        const patch = patchAt(given.patch);
        if (patch !== undefined) await actOn(patch, given);
      }
    }
  }

  type OnPatch = Extract<Act, { readonly patch: number }>;

  async function actOn(patch: Patch, given: OnPatch): Promise<void> {
    const isOpen = patch.state === "open";
    switch (given.kind) {
      case "say":
        if (given.by === "stranger" && patch.repository === CODE[1]) return;
        await github.as(given.by).comment(patch, given.text);
        return;
      case "link": {
        const ticket = ticketAt(given.ticket);
        if (ticket === undefined) return;
        await github.as("dana").comment(patch, `/case ${given.verb} ${CASES}#${ticket.number}`);
        return;
      }
      case "review":
        if (isOpen) await github.as(given.by).review(patch, { state: given.state, body: "See the pieces." });
        return;
      case "push":
        if (isOpen)
          await github.as(patch.author).push(patch, { "src/pieces.c": `/* ${patch.number} ${Date.now()} */\n` });
        return;
      case "draft":
        if (!isOpen) return;
        patch.isDraft = !patch.isDraft;
        return patch.isDraft ? github.as(patch.author).convertToDraft(patch) : github.as(patch.author).markReady(patch);
      case "merge":
        if (!isOpen || patch.isDraft) return;
        patch.state = "merged";
        return github.as("mira").merge(patch);
      case "close":
        if (!isOpen) return;
        patch.state = "closed";
        return github.as("mira").close(patch);
      case "reopen":
        if (patch.state !== "closed") return;
        patch.state = "open";
        return github.as("mira").reopen(patch);
      case "ask":
        if (isOpen) await github.as("dana").requestReview(patch, { users: ["noel"] });
        return;
      case "retitle":
        patch.title = `${patch.title}, again`;
        return github.as("dana").editPullRequest(patch, { title: patch.title });
      case "unlabel": {
        const [label] = github.labelsOn(patch);
        if (label !== undefined) await github.as("mira").removeLabel(patch, label);
      }
    }
  }

  await openTicket("S2");
  await open("sb-dev1", CODE[0], `Case: ${CASES}#1`);
  await act({ kind: "link", patch: 0, ticket: 0, verb: "link" });
  return { act, patches, tickets };
}
