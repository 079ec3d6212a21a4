// How somebody who runs the demo gets to the board: as the account owner by the link that is mailed to them, as anybody else by the
// emulated GitHub. Apart, because it happens before the story.
import type { Printer } from "./print.ts";
import type { Stage } from "./stage.ts";
import { CUSTOMERS } from "./world.ts";

const ACCOUNT_OWNER = "sato@acme.example";

/** Imports the customers, installs the App, and asks on the sign-in page for Sato's link, as she would. */
export async function invite(stage: Stage, printer: Printer): Promise<void> {
  await stage.bringCustomers(CUSTOMERS);
  stage.github.announceInstallations();
  await stage.settle();
  const response = await fetch(`${stage.url}/sign-in/mail`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ email: ACCOUNT_OWNER }).toString(),
  });
  if (!response.ok) throw new Error(`the sign-in page answered ${response.status}`);
  const link = await mailedLink(stage);
  printer.line();
  printer.title("Open the board and watch the story there:");
  printer.line("  as Sato, who owns the account of Shinshu Bank and has no login on GitHub, by the link in her mail:");
  printer.line(`    ${link}`);
  printer.line("  or, by the emulated GitHub, as dana (support), boss (owner), noel (decider), mira (maintainer):");
  printer.line(`    ${stage.url}/sign-in`);
}

/** The newest link that was mailed to Sato. */
async function mailedLink(stage: Stage): Promise<string> {
  await stage.settle();
  const mail = stage.mails.findLast(({ recipients }) => recipients.includes(ACCOUNT_OWNER));
  const link = /https?:\S+\/sign-in\/link\/[\w-]+/.exec(mail?.text ?? "")?.[0];
  if (link === undefined) throw new Error(`no link was mailed to ${ACCOUNT_OWNER}`);
  return link;
}
