// Where a request comes from, for limits. Apart, because behind a proxy every request seems to come from it.
import ipaddr from "ipaddr.js";

const INNER = new Set(["loopback", "private", "uniqueLocal", "linkLocal"]);

/**
 * The address that a limit is counted by. What a proxy says in X-Forwarded-For counts only where the peer is on our own network, and
 * only from its end on: whatever stands before was written by whoever asks. Of an IPv6 address the network counts, which is one customer's.
 */
export function sourceOf(peer: string | undefined, forwardedFor: string | undefined): string {
  let source = addressOf(peer);
  const said = (forwardedFor ?? "").slice(-500).split(",");
  while (source !== null && isInner(source) && said.length > 0) {
    const before = addressOf(said.pop());
    if (before === null) break;
    source = before;
  }
  if (source === null) return "unknown";
  if (source.kind() === "ipv4") return source.toString();
  return source.toNormalizedString().split(":").slice(0, 4).join(":");
}

type Address = ReturnType<typeof ipaddr.process>;

const isInner = (address: Address): boolean => INNER.has(address.range());

function addressOf(text: string | undefined): Address | null {
  const plain = (text ?? "").trim();
  return ipaddr.isValid(plain) ? ipaddr.process(plain) : null;
}
