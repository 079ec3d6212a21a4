// The mail with a link that signs its addressee in: asked for on the sign-in page, sent only to a registered address. Whether there is one
// is told to nobody.
import type { NewNotice } from "../../notify/notice.ts";
import { enqueueNotices } from "../../notify/store.ts";
import type { Wiring } from "../../patches/wiring.ts";
import { registeredByEmail } from "../people-store.ts";
import { newToken } from "../secrets.ts";
import { keepSignInLink, linksMailedSince } from "../session-store.ts";
import { signInMail } from "./mail-messages.ts";

const HOUR = 60 * 60_000;
/** More in an hour would only be somebody else's doing. */
const PER_HOUR = 3;

/** Mails a link to a registered address. To any other nothing is sent; the answer is the same. */
export async function mailSignInLink(wiring: Wiring, publicUrl: string, email: string): Promise<void> {
  const { database, now } = wiring;
  const { db } = database;
  const at = now();
  const address = email.trim().toLowerCase();
  const [registered] = await registeredByEmail(db, address);
  if (registered === undefined) return;
  if ((await linksMailedSince(db, address, at - HOUR)) >= PER_HOUR) return;
  const token = newToken();
  const language = registered.language ?? "en";
  await database.transaction(async (tx) => {
    await keepSignInLink(tx, { token, email: address, at });
    const to = {
      key: `mail:${address}`,
      name: registered.name,
      login: null,
      email: address,
      // To the registered address only: that is what proves who they are.
      slack: null,
      language,
      timezone: registered.timezone ?? "UTC",
      hours: null,
    };
    const notice: NewNotice = {
      key: `sign-in:${token.slice(0, 12)}`,
      ownerId: registered.ownerId,
      patchId: null,
      kind: "sign-in",
      because: "asked for on the sign-in page",
      runAfter: at,
      channel: "person",
      to,
      thread: null,
      isUrgent: true,
      message: signInMail({ language, name: registered.name, url: `${publicUrl}/sign-in/link/${token}` }),
    };
    await enqueueNotices(tx, [notice], at);
  });
  database.hint("notices");
}
