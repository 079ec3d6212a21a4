// Compares where the App is installed with GitHub's own list, once a day and after a gap: what came, went, was suspended or let in again without
// our being told. Apart from the comparison of each installation, which only those have that are known and let us in.

import type { Ran, Schedule, Turn } from "../../schedules/scheduler.ts";
import { faultOf } from "../faults.ts";
import type { Reacting } from "../handled.ts";
import type { InstallationRow } from "../installation-store.ts";
import type { WholeInstallation } from "../payload.ts";
import { installationChanged, stateOf } from "../react-installation.ts";
import { askInstallation, askInstallations, askRepositories } from "./ask-installations.ts";
import { decideInstallation, decideMissing } from "./decide-installations.ts";
import { allInstallations } from "./store.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The schedule of comparing where the App is installed. */
export const INSTALLATIONS = "installations";

export function installationsComparison(parts: Reacting): Schedule {
  return {
    name: INSTALLATIONS,
    everyMillis: DAY,
    isDueAtStart: true,
    run: async (at, turn) => {
      try {
        return await run(parts, at, turn);
      } catch (error) {
        const fault = faultOf(error, at);
        if (fault.kind === "unknown") throw error;
        parts.log.warn({ fault: fault.kind, because: fault.because }, "GitHub could not be asked for installations");
        return { done: 0, nextAt: fault.kind === "rate-limited" ? fault.untilAt : at + 10 * MINUTE };
      }
    },
  };
}

async function run(parts: Reacting, at: number, turn: Turn): Promise<Ran> {
  // Before the list, so that none that comes meanwhile is missing in it.
  const ours = new Map((await allInstallations(parts.database.db)).map((row) => [row.id, row]));
  const shown = await askInstallations(parts.github);
  let done = 0;
  for (const installation of shown) {
    if (turn.isStopped()) return { done, nextAt: at };
    const known = ours.get(installation.id);
    ours.delete(installation.id);
    const action = decideInstallation(known, { ...installation, state: stateOf(installation) }, at);
    if (action === null) continue;
    const isThere = action === "created" && stateOf(installation) === "active";
    await changed(parts, action, installation, isThere ? await askRepositories(parts.github, installation.id) : []);
    done += 1;
  }
  const missing = decideMissing([...ours.values()], { shown: shown.length, now: at });
  if (missing.because !== null) parts.log.error({ missing: ours.size }, missing.because);
  for (const row of missing.gone) {
    if (turn.isStopped()) return { done, nextAt: at };
    if ((await askInstallation(parts.github, row.id)) !== null) continue;
    await changed(parts, "deleted", toldOf(row), []);
    done += 1;
  }
  return { done };
}

async function changed(
  parts: Reacting,
  action: string,
  installation: WholeInstallation,
  repositories: Awaited<ReturnType<typeof askRepositories>>,
): Promise<void> {
  await installationChanged(parts, { action, installation, repositories });
  parts.log.warn({ installationId: installation.id, action }, "an installation had changed without our being told");
}

/** What is known of one that GitHub does not show any more. */
const toldOf = (row: InstallationRow): WholeInstallation => ({
  id: row.id,
  account: { id: row.owner_id, login: row.owner_login, type: row.owner_type },
  created_at: row.installed_at,
  permissions: {},
});
