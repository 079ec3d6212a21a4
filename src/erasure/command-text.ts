// A command's words when they are erased: still known to have run, by a hash, so that it never runs twice.
import { createHash } from "node:crypto";

export const erasedCommand = (text: string): string =>
  `erased:${createHash("sha256").update(text).digest("base64url")}`;
