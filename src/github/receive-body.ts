// A payload as the column `body` holds it. Apart and light, because the thread that commits needs it as well as the main thread.
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

const LARGEST_BYTES = 64 * 1024 * 1024;
/** Level 1, in small chunks: a payload of 20 KB becomes 2 KB. */
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 4096 };

/**
 * Compresses a payload and takes it away: its memory is given back at once. Left to the garbage collector, thousands of payloads
 * a second make it stop everything for long.
 */
export function packBody(body: Uint8Array<ArrayBuffer>): Uint8Array {
  const packed = zstdCompressSync(body, { ...OPTIONS, pledgedSrcSize: body.length });
  body.buffer.transfer(0);
  return packed;
}

const INSTALLATION = Buffer.from('"installation":{"id":');

/**
 * Whose a payload is, found without parsing it: within a text of somebody's the quotes are escaped. Null where GitHub writes it in another
 * way than it does. Only whose turn comes rests on it.
 */
export function installationIn(body: Uint8Array): number | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const at = bytes.lastIndexOf(INSTALLATION);
  if (at < 0) return null;
  const from = at + INSTALLATION.length;
  const digits = /^\d{1,15}(?=[,}])/.exec(bytes.toString("latin1", from, from + 16))?.[0];
  return digits === undefined ? null : Number(digits);
}

/** Most payloads fit into one piece. No size that Buffer's pool has, since what is given back must not be shared. */
const UNPACKED_CHUNK = 48 * 1024;

/** The payload's text. Throws when the bytes are not what packBody made. */
export function unpackBody(packed: Uint8Array): string {
  const body = zstdDecompressSync(packed, { chunkSize: UNPACKED_CHUNK, maxOutputLength: LARGEST_BYTES });
  const text = body.toString("utf8");
  if (body.buffer instanceof ArrayBuffer && body.buffer.byteLength === UNPACKED_CHUNK) body.buffer.transfer(0);
  return text;
}
