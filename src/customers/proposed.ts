// Which customers the addresses in a pull request's commits point to: proposals only, since anyone can write any address into a commit.
import { type OwnerId, ownerId } from "../github/refs.ts";
import type { Wiring } from "../patches/wiring.ts";
import type { Customer } from "./customer.ts";
import { customersByDomain } from "./store.ts";

/** Asks GitHub for the commits (the first hundred), so it is looked up only where somebody asked and may be told. */
export async function customersByCommits(
  wiring: Wiring,
  pull: { installationId: number; ownerId: number; owner: string; repo: string; number: number },
): Promise<readonly Customer[]> {
  const octokit = await wiring.github.installation(pull.installationId);
  const { data } = await octokit.rest.pulls.listCommits({
    owner: pull.owner,
    repo: pull.repo,
    pull_number: pull.number,
    per_page: 100,
  });
  const domains = new Set(data.flatMap(({ commit }) => domainsOf([commit.author?.email, commit.committer?.email])));
  const owner: OwnerId = ownerId(pull.ownerId);
  const found = new Map<string, Customer>();
  for (const domain of domains) {
    for (const customer of await customersByDomain(wiring.database.db, owner, domain)) found.set(customer.id, customer);
  }
  return [...found.values()];
}

const domainsOf = (addresses: readonly (string | null | undefined)[]): readonly string[] =>
  addresses.flatMap((address) => address?.split("@").at(-1)?.toLowerCase() ?? []);
