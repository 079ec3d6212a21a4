// Whether an account is our own app's: what we did ourselves is never taken for somebody's act.
import type { GitHub } from "./client.ts";
import type { Account } from "./payload.ts";

/** Asks GitHub once who we are; bots of other apps are not ours. */
export async function isOurs(
  github: GitHub,
  installationId: number,
  account: Account | null | undefined,
): Promise<boolean> {
  if (account === null || account === undefined || !account.login.endsWith("[bot]")) return false;
  const us = await github.botIdentity(installationId);
  return account.id === us.userId;
}
