// How often one source may ask, and who counts as one: behind a proxy, within a network, and with forged headers.
import { describe, expect, test } from "vitest";
import { languageAsked } from "../../src/web/page.ts";
import { createRateLimit } from "../../src/web/rate-limit.ts";
import { sourceOf } from "../../src/web/source.ts";
import { setStage } from "../choices/stage.ts";

describe("the source of a request", () => {
  test.each([
    ["the peer where it is out on the internet", "203.0.113.7", undefined, "203.0.113.7"],
    ["not what the peer says of itself", "203.0.113.7", "198.51.100.1", "203.0.113.7"],
    ["whom our own proxy names", "127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["the last that a proxy wrote, not what was sent to it", "10.0.0.2", "1.2.3.4, 198.51.100.1", "198.51.100.1"],
    ["past a second proxy of ours", "::1", "198.51.100.1, 10.0.0.3", "198.51.100.1"],
    ["an IPv4 address in IPv6's clothes", "::ffff:203.0.113.7", undefined, "203.0.113.7"],
    ["an IPv6 network as one", "2001:db8:1:2:aaaa::1", undefined, "2001:db8:1:2"],
    ["the proxy itself where it names nobody", "10.0.0.2", "", "10.0.0.2"],
    ["the proxy itself where it names nonsense", "10.0.0.2", "1.2.3.4, <script>", "10.0.0.2"],
    ["nobody where there is no peer", undefined, "1.2.3.4", "unknown"],
  ])("is %s", (_, peer, forwardedFor, source) => {
    expect(sourceOf(peer, forwardedFor)).toBe(source);
  });
});

describe("the limit", () => {
  test("gives so many at once, and as many again within a minute", () => {
    const limit = createRateLimit(3);
    const take = (at: number) => limit.take("a", at);
    expect([take(0), take(0), take(0), take(0)]).toEqual([true, true, true, false]);
    expect([take(20_000), take(20_000)]).toEqual([true, false]);
    expect([take(600_000), take(600_000), take(600_000), take(600_000)]).toEqual([true, true, true, false]);
  });

  test("counts each source for itself, and a clock that is set back gives nothing", () => {
    const limit = createRateLimit(1);
    expect([limit.take("a", 5000), limit.take("b", 5000), limit.take("a", 0)]).toEqual([true, true, false]);
  });

  test("keeps no more sources than it may, and forgets who asked longest ago", () => {
    const limit = createRateLimit(1, 100);
    for (let n = 0; n < 10_000; n += 1) limit.take(`source ${n}`, 0);
    expect(limit.size()).toBe(100);
    expect(limit.take("source 9999", 0)).toBe(false);
    expect(limit.take("source 0", 0)).toBe(true);
  });
});

test.each(["/answer/x", "/feeds/x", "/slack/actions"])(
  "%s answers 429 to who asks too often, and others go on",
  async (path) => {
    const stage = await setStage({ on: "sqlite" });
    const ask = (from: string) =>
      fetch(`${stage.url}${path}`, { method: "HEAD", headers: { "x-forwarded-for": from } }).then(
        ({ status, headers }) => [status, headers.get("retry-after")],
      );
    const statuses: unknown[] = [];
    for (let n = 0; n < 1201; n += 1) statuses.push(...(await ask("198.51.100.1")));
    expect(statuses.slice(-2)).toEqual([429, "60"]);
    expect((await ask("198.51.100.2"))[0]).not.toBe(429);
  },
);

test.each([
  [undefined, "en"],
  ["", "en"],
  ["ja", "ja"],
  ["ja-JP,ja;q=0.9,en;q=0.8", "ja"],
  ["en-GB, ja", "en"],
  ["fr, ja", "ja"],
  ["jasmin", "en"],
])("a browser that asks for %j reads %s", (header, language) => {
  expect(languageAsked(header)).toBe(language);
});
