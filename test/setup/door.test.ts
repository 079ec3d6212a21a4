// Who is let in to the set-up page.
import { expect, test } from "vitest";
import { createDoor, isFromThisMachine } from "../../src/setup/door.ts";
import { createPending } from "../../src/setup/pending.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const HOUR = 3_600_000;

test.each<[string, { peer?: string; httpVersion?: string; headers?: Record<string, string> }, boolean]>([
  ["localhost", {}, true],
  ["its number", { headers: { host: "127.0.0.1:3000" } }, true],
  ["IPv6", { peer: "::1", headers: { host: "[::1]:3000" } }, true],
  ["IPv4 within IPv6", { peer: "::ffff:127.0.0.1" }, true],
  ["the loopback's other numbers", { peer: "127.8.8.8" }, true],
  ["the own network", { peer: "192.168.1.7" }, false],
  ["a container's bridge", { peer: "172.17.0.1" }, false],
  ["the internet", { peer: "203.0.113.9" }, false],
  ["nobody known", { peer: "" }, false],
  ["a name that was made to point here", { headers: { host: "evil.example:3000" } }, false],
  ["a name that only begins like ours", { headers: { host: "localhost.evil.example" } }, false],
  ["no name", { headers: { host: "" } }, false],
  ["a proxy that says for whom", { headers: { "x-forwarded-for": "203.0.113.9" } }, false],
  ["a proxy that says it for this machine", { headers: { "x-forwarded-for": "127.0.0.1" } }, false],
  ["a proxy by the standard", { headers: { forwarded: "for=203.0.113.9" } }, false],
  ["a proxy that says only the scheme", { headers: { "x-forwarded-proto": "https" } }, false],
  ["a proxy with a header of its own", { headers: { "x-real-ip": "203.0.113.9" } }, false],
  ["a proxy that names itself", { headers: { via: "1.1 proxy" } }, false],
  ["a proxy that says nothing but speaks as proxies do", { httpVersion: "1.0" }, false],
])("who comes by %s", (_name, { peer = "127.0.0.1", httpVersion = "1.1", headers = {} }, isHere) => {
  const all = new Headers({ host: "localhost:3000", ...headers });

  expect(isFromThisMachine({ peer, httpVersion, headers: all })).toBe(isHere);
});

test("the code opens once, and guessing is slow", () => {
  const door = createDoor();
  const at = { source: "203.0.113.9", now: NOW };

  expect(door.code).toMatch(/^[\w-]{24}$/);
  expect(door.tryCode("", at)).toBe("wrong");
  expect(door.tryCode(` ${door.code} `, at)).toBe("right");
  expect(door.tryCode(door.code, at)).toBe("used");
  expect(Array.from({ length: 8 }, () => door.tryCode("guess", at)).at(-1)).toBe("too-often");
  expect(door.tryCode("guess", { ...at, now: NOW + 60_000 })).toBe("wrong");
});

test("a cookie counts at its own door for a day, and only whole", () => {
  const door = createDoor();
  const cookie = door.admit(NOW);
  const guest = door.guestOf(cookie, NOW + 23 * HOUR);
  if (guest === null) throw new Error("not let in");

  expect(door.guestOf(cookie, NOW + 24 * HOUR)).toBe(null);
  expect(door.guestOf(cookie.replace(/^\d+/, String(NOW + 99 * HOUR)), NOW)).toBe(null);
  expect(door.guestOf(`${cookie}x`, NOW)).toBe(null);
  expect(door.guestOf(undefined, NOW)).toBe(null);
  expect(createDoor().guestOf(cookie, NOW)).toBe(null);
  expect(door.isFormToken(guest, door.formToken(guest))).toBe(true);
  expect(door.isFormToken({ id: "another" }, door.formToken(guest))).toBe(false);
});

const REGISTRATION = { organization: null, host: null, publicUrl: "https://p", proxyUrl: null, keep: "file" } as const;

test("a way back from GitHub is its browser's own, counts once, and for an hour", () => {
  const pending = createPending();
  const begin = (id: string) =>
    pending.begin({ id }, { registration: REGISTRATION, pageUrl: "https://p", now: NOW }).state;
  const [first, second] = [begin("a"), begin("b")];

  expect(pending.take({ id: "a" }, second, NOW).kind).toBe("forged");
  expect(pending.take({ id: "c" }, first, NOW).kind).toBe("none");
  const taken = pending.take({ id: "a" }, first, NOW);
  expect(taken.kind).toBe("taken");
  expect(pending.take({ id: "a" }, first, NOW).kind).toBe("none");
  if (taken.kind === "taken") taken.putBack();
  expect(pending.take({ id: "a" }, first, NOW).kind).toBe("taken");
  expect(pending.take({ id: "b" }, second, NOW + HOUR).kind).toBe("late");
  const newer = begin("b");
  expect(pending.take({ id: "b" }, second, NOW).kind).toBe("forged");
  expect(pending.of({ id: "b" }, NOW)?.state).toBe(newer);
});
