// Whoever asks where a patch stands gets a short table, how it came about, or what they may write.
import { describe, expect, test } from "vitest";
import { DIALECTS } from "../support/databases.ts";
import { withOwnerPolicy } from "../support/owner-policy.ts";
import { ACME_POLICY, SHINSHU, startApp } from "../support/start-app.ts";

const NOW = "2026-03-02T09:00:00Z";
const PATCH = { repository: "acme-db/engine", title: "Fix the lock", body: "See CASE-77." };

const STATUS = `| This pull request | |
| --- | --- |
| Linked cases | 1 (S2) |
| Proposed, not confirmed | 1 |
| Turn | maintainers, since 2026-03-04 10:00: \`sb-dev1\` pushed an update after a maintainer’s request |
| Working time of this turn | 7 working hours 30 minutes |
| Next | a reminder, 2026-03-06 10:00: a reminder is due after 2 working days without a response |

Times are in \`UTC\`.`;

const WHY = `What started and stopped the clock here:

- 2026-03-02 09:00: \`sb-dev1\` opened it, ready for review → maintainers’ turn, the clock runs
- 2026-03-03 11:30: \`mira\` requested changes → author’s turn, the clock stops
- 2026-03-04 10:00: \`sb-dev1\` pushed an update after a maintainer’s request → maintainers’ turn, the clock runs

**Next:** a reminder, 2026-03-06 10:00: a reminder is due after 2 working days without a response.

Times are in \`UTC\`.`;

const HEAD = "This is what you can write here, at the start of a line:\n\n| Write | It does |\n| --- | --- |\n";
const LINK =
  "| `/case link REF` | links a case to this pull request, or confirms a proposed link; on a case, name the pull request |\n";
const GRAVE_LINK = "| `/case link REF S2` | the same, and says how grave the case is, S1 (worst) to S4 |\n";
const UNLINK = "| `/case unlink REF` | takes a link away, or drops a proposed one |\n";
const TURN = `| \`/case waiting maintainer\` | hands it to the maintainers |
| \`/case waiting author\` | hands it to the author’s side |
| \`/case snooze 2w reason\` | puts it off for a time or until a day (\`2027-03-15\`); the clock stops |
| \`/case unsnooze\` | ends that |
| \`/case ask @someone\` | says who is asked from now on |
`;
const TAKE =
  "| `/case take 2027-03-15` | you have it in hand: no reminders until that day, at most 10 working days, twice |\n";
const QUIET = "| `/case quiet 2w` | no reminders on this pull request for a time or until a day; the clock runs on |\n";
const QUIET_ME =
  "| `/case quiet me` | you are not mentioned any more in any repository of this owner, or not for a time: `/case quiet me 4w` |\n";
const END = `| \`/case escalate reason\` | takes it a step up: to the account owner, then to those who decide; only what can be decided on goes |
| \`/case escalate anyway reason\` | the same although something is missing, for a case of \`S1\` or by the account owner |
| \`/case later 2027-03-15 reason\` | decides to come back to it on that day; reminders and escalation wait until then |
| \`/case landed #123\` | says by which other commit or pull request the change came in |
| \`/case superseded #123\` | says which pull request takes its place; cases and waiting time move over |
`;
const ASK = "| `/case status` | shows where it stands |\n| `/case why` | shows how it came to stand there |\n";
const HELP = "| `/case help` | shows this |";

const patchTable = (number: number, proposed: string, author: string) => `| \`acme-db/engine#${number}\` | |
| --- | --- |
| Linked cases | \`acme-db/cases#1\` (S1) |
${proposed}| Turn | maintainers, since 2026-03-02 09:00: \`${author}\` opened it, ready for review |
| Working time of this turn | 0 minutes |
| Next | a reminder, 2026-03-02 13:00: a reminder is due after 4 working hours without a response |`;

const CASE_STATUS = `${patchTable(1, "| Proposed, not confirmed | `CASE-77` |\n", "sb-dev1")}

${patchTable(2, "", "mira")}

Times are in \`UTC\`.`;

const patchWhy = (
  number: number,
  author: string,
) => `What started and stopped the clock of \`acme-db/engine#${number}\`:

- 2026-03-02 09:00: \`${author}\` opened it, ready for review → maintainers’ turn, the clock runs

**Next:** a reminder, 2026-03-02 13:00: a reminder is due after 4 working hours without a response.

Times are in \`UTC\`.`;

const CASE_WHY = `${patchWhy(1, "sb-dev1")}\n\n${patchWhy(2, "mira")}`;

describe.each(DIALECTS)("on %s", (on) => {
  test("the author asks where it stands, a supporter how it came about, and each hears what they may write", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    await story.settle();
    await story.github.as("dana").comment(patch, "/case link CASE-1042 S2");
    await story.settle();
    await story.advanceTo("2026-03-03T11:30:00Z");
    await story.github.as("mira").review(patch, { state: "CHANGES_REQUESTED", body: "Please add a test." });
    await story.settle();
    await story.advanceTo("2026-03-04T10:00:00Z");
    await story.github.as("sb-dev1").push(patch);
    await story.settle();
    await story.advanceTo("2026-03-05T09:30:00Z");
    const asked = await story.github.as("sb-dev1").comment(patch, "/case status");
    await story.settle();
    expect(story.reactionsOn(asked)).toEqual(["+1"]);
    expect(story.commentsOn(patch)).toEqual([STATUS]);

    const why = await story.github.as("dana").comment(patch, "/case why\n/case help");
    await story.settle();
    expect(story.reactionsOn(why)).toEqual(["+1"]);
    expect(story.commentsOn(patch).slice(1)).toEqual([
      WHY,
      `${HEAD}${LINK}${GRAVE_LINK}${UNLINK}${TURN}${QUIET}${QUIET_ME}${END}${ASK}${HELP}`,
    ]);

    const maintainer = await story.github.as("mira").comment(patch, "/case help");
    await story.settle();
    expect(story.reactionsOn(maintainer)).toEqual(["+1"]);
    expect(story.commentsOn(patch).slice(3)).toEqual([
      `${HEAD}${LINK}${UNLINK}${TURN}${TAKE}${QUIET}${QUIET_ME}${END}${ASK}${HELP}`,
    ]);

    const stranger = await story.github.as("stranger").comment(patch, "/case help\n/case status");
    await story.settle();
    expect(story.reactionsOn(stranger).toSorted()).toEqual(["+1", "confused"]);
    expect(story.commentsOn(patch).slice(4)).toEqual([`${HEAD}${QUIET_ME}${HELP}`]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["awaiting maintainer", "customer", "severity: S2"]);
    await story.expectNothingElse();
  });

  test("on a case, what is asked and what is put off is asked and put off for all its patches", async () => {
    const story = await startApp({ on, now: NOW, customers: SHINSHU, github: withOwnerPolicy(ACME_POLICY) });
    const patch = await story.github.as("sb-dev1").openPullRequest(PATCH);
    const second = await story.github.as("mira").openPullRequest({ repository: "acme-db/engine", title: "Other" });
    const problem = await story.github.as("dana").openIssue({ repository: "acme-db/cases", title: "Locks" });
    await story.settle();
    const empty = await story.github.as("dana").comment(problem, "/case status");
    await story.settle();
    expect(story.reactionsOn(empty)).toEqual(["+1"]);
    expect(story.commentsOn(problem)).toEqual(["No pull request is linked here yet."]);

    const linking = await story.github
      .as("dana")
      .comment(
        problem,
        `/case link acme-db/engine#${patch.number} ${second.url} S1 customer=shinshu-bank\n/case status\n/case why`,
      );
    await story.settle();
    expect(story.reactionsOn(linking)).toEqual(["+1"]);
    expect(story.commentsOn(problem).slice(1)).toEqual([CASE_STATUS, CASE_WHY]);
    const labels = ["awaiting maintainer", "customer", "severity: S1"];
    expect(story.labelsOn(patch).toSorted()).toEqual(labels);
    expect(story.labelsOn(second).toSorted()).toEqual(labels);

    const mixed = await story.github
      .as("dana")
      .comment(
        problem,
        "/case take\n/case snooze 1w\n/case severity S3\n/case link acme-db/elsewhere#9\n/case link CASE-9\n/case ask @mira",
      );
    await story.settle();
    expect(story.reactionsOn(mixed).toSorted()).toEqual(["+1", "confused"]);
    expect(story.commentsOn(problem).slice(3)).toEqual([
      "`/case take`: It works only on a pull request. Please write it there.\n\n`/case link`: This app is not installed on `acme-db/elsewhere`. Whoever owns it can install it there.\n\n`/case link`: On a case, name a pull request as `owner/repo#12`, by its address, or as `#12`; `CASE-9` is none of these.\n\n`/case ask`: It works only on a pull request. Please write it there.",
    ]);
    expect(story.labelsOn(patch).toSorted()).toEqual(["customer", "severity: S3"]);
    expect(story.labelsOn(second).toSorted()).toEqual(["customer", "severity: S3"]);
    expect(story.labelsOn(problem)).toEqual([]);
    await story.expectNothingElse();
  });
});
