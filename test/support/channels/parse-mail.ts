// A mail as a reader's program shows it, read off the bytes that an SMTP server got. Apart, because tests must not trust the library that
// wrote them.

export type Mail = {
  /** The envelope's recipients: to whom it was really handed. */
  readonly recipients: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Unfolded and decoded, by lower-case name. One that stands twice is a list with a comma, which no test expects. */
  readonly headers: Readonly<Record<string, string>>;
};

type Part = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** @throws where it is not a mail with a text and an HTML part. */
export function parseMail(raw: Buffer, recipients: readonly string[]): Mail {
  const whole = splitPart(raw.toString("latin1"));
  const parts = leavesOf(whole);
  const bodyOf = (type: string): string => {
    const part = parts.find(({ headers }) => (headers["content-type"] ?? "text/plain").startsWith(type));
    return part === undefined ? "" : decodeBody(part);
  };
  return {
    recipients,
    from: whole.headers.from ?? "",
    to: whole.headers.to ?? "",
    subject: whole.headers.subject ?? "",
    text: bodyOf("text/plain"),
    html: bodyOf("text/html"),
    headers: whole.headers,
  };
}

function splitPart(text: string): Part {
  const end = text.indexOf("\r\n\r\n");
  const head = end === -1 ? text : text.slice(0, end);
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon === -1) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = decodeWords(line.slice(colon + 1).trim());
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return { headers, body: end === -1 ? "" : text.slice(end + 4) };
}

function leavesOf(part: Part): readonly Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(part.headers["content-type"] ?? "")?.[1];
  if (boundary === undefined) return [part];
  return part.body
    .split(new RegExp(`(?:^|\r\n)--${boundary.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?:--)?[ \t]*(?:\r\n|$)`))
    .filter((text) => text.includes("\r\n\r\n"))
    .flatMap((text) => leavesOf(splitPart(text)));
}

function decodeBody({ headers, body }: Part): string {
  const bytes = decodeTransfer(headers["content-transfer-encoding"]?.toLowerCase() ?? "7bit", body);
  return bytes.toString("utf8").replace(/\r\n/g, "\n").trimEnd();
}

function decodeTransfer(encoding: string, body: string): Buffer {
  if (encoding === "base64") return Buffer.from(body, "base64");
  if (encoding === "quoted-printable") return decodeQuoted(body.replace(/=\r\n/g, ""));
  return Buffer.from(body, "latin1");
}

const decodeQuoted = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );

/** RFC 2047; space between two encoded words is none. */
function decodeWords(value: string): string {
  const joined = value.replace(/\?=\s+=\?/g, "?==?");
  const bytes = joined.replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
    (kind.toUpperCase() === "B" ? Buffer.from(text, "base64") : decodeQuoted(text.replaceAll("_", " "))).toString(
      "latin1",
    ),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}
