// Which hosts lie inside: addresses that only our own network reaches, and names that can only mean such. Apart, because an event for outside
// must never be led to one of them by a redirect or a name server.
import ipaddr from "ipaddr.js";

/** Whether an IP address is one of the public internet; what is no address is not. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` reads an IPv4 address out of the IPv6 one that wraps it.
  const parsed = ipaddr.process(address);
  if (parsed.range() === "unicast" && !isCompatibleWithIpv4(parsed)) return true;
  // 64:ff9b::/96 and 2002::/16 carry an IPv4 address, which counts.
  const inner = embeddedIpv4(parsed);
  return inner !== null && inner.range() === "unicast";
}

/** `::127.0.0.1`, as IPv6 once wrote IPv4: out of use, and nowhere on the public internet (RFC 4291, 2.5.5.1). */
const isCompatibleWithIpv4 = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address instanceof ipaddr.IPv6 && address.parts.slice(0, 6).every((part) => part === 0);

function embeddedIpv4(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | null {
  if (!(address instanceof ipaddr.IPv6)) return null;
  const bytes = address.toByteArray();
  if (address.range() === "rfc6052") return new ipaddr.IPv4(bytes.slice(12));
  return address.range() === "6to4" ? new ipaddr.IPv4(bytes.slice(2, 6)) : null;
}

const INTERNAL_ENDINGS = [".internal", ".intranet", ".local", ".localhost", ".localdomain", ".lan", ".home.arpa"];

/** Whether whoever wrote this host meant one inside: a private address, a name of one word, or one that no public name ends in. */
export function isNamedInternal(hostname: string): boolean {
  const host = bareHost(hostname);
  if (ipaddr.isValid(host)) return !isPublicAddress(host);
  return !host.includes(".") || INTERNAL_ENDINGS.some((ending) => host.endsWith(ending));
}

/** A URL's host without the brackets of IPv6 and the dot at the end, in lower case. */
export const bareHost = (hostname: string): string =>
  hostname
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "")
    .toLowerCase();
