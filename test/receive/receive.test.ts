// What the webhook's path answers, through a real server. What is refused never reaches the keeper.
import { afterEach, expect, test, vi } from "vitest";
import { createReceiver } from "../../src/github/receive.ts";
import { createMetrics } from "../../src/metrics.ts";
import { begin, log, memoryKeeper, NOW, type Sent, sign, startReceiver } from "./support.ts";

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

async function start(options: Partial<Parameters<typeof startReceiver>[0]> = {}) {
  const keeper = memoryKeeper();
  const receiver = await startReceiver({ keep: keeper.keep, ...options });
  stop = receiver.stop;
  return { ...receiver, ...keeper };
}

test("a signed delivery is kept, byte for byte, before it is answered", async () => {
  const receiver = await start();
  const body = '{"zen":"Ünïcode stays  as it is\\r\\n"}';

  const answer = await receiver.send({ body, headers: { "x-github-delivery": "d-1", "x-github-event": "issues" } });

  expect([answer.status, answer.text]).toEqual([202, "kept\n"]);
  expect(receiver.kept).toMatchObject([{ id: "d-1", event: "issues", receivedAt: NOW }]);
  expect(receiver.textOf(0)).toBe(body);
});

test("GitHub's own example of a signature is accepted", async () => {
  const receiver = await start({ secrets: ["It's a Secret to Everybody"] });
  const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  const answer = await receiver.send({ body: "Hello, World!", headers: { "x-hub-signature-256": signature } });

  expect(answer.status).toBe(202);
});

test("while the secret is changed, both the old and the new one are accepted and no other", async () => {
  const receiver = await start({ secrets: ["new", "old"] });

  expect((await receiver.send({ secret: "new" })).status).toBe(202);
  expect((await receiver.send({ secret: "old" })).status).toBe(202);
  expect((await receiver.send({ secret: "new old" })).status).toBe(401);
});

const BAD_SIGNATURE = "the signature in X-Hub-Signature-256 is missing or was made with another secret\n";
const NO_HEADERS = "X-GitHub-Event and X-GitHub-Delivery must say what this is\n";
const NOT_JSON = "set the webhook's content type to application/json\n";
const refusals: ReadonlyArray<[name: string, sent: Sent, status: number, text: string]> = [
  ["an unsigned delivery", { headers: { "x-hub-signature-256": undefined } }, 401, BAD_SIGNATURE],
  ["one signed with another secret", { secret: "guessed" }, 401, BAD_SIGNATURE],
  ["a signature of another body", { headers: { "x-hub-signature-256": sign("[]") } }, 401, BAD_SIGNATURE],
  ["a signature that is too short", { headers: { "x-hub-signature-256": "sha256=00" } }, 401, BAD_SIGNATURE],
  ["a signature of the old kind", { headers: { "x-hub-signature-256": "sha1=00" } }, 401, BAD_SIGNATURE],
  ["one without an event", { headers: { "x-github-event": undefined } }, 400, NO_HEADERS],
  ["an event of strange characters", { headers: { "x-github-event": "<script>" } }, 400, NO_HEADERS],
  ["one without a GUID", { headers: { "x-github-delivery": undefined } }, 400, NO_HEADERS],
  ["a GUID of 101 characters", { headers: { "x-github-delivery": "a".repeat(101) } }, 400, NO_HEADERS],
  ["a GUID with a quote", { headers: { "x-github-delivery": "a'b" } }, 400, NO_HEADERS],
  ["a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }, 415, NOT_JSON],
  ["no content type", { headers: { "content-type": undefined } }, 415, NOT_JSON],
  ["something like JSON", { headers: { "content-type": "application/jsonp" } }, 415, NOT_JSON],
  ["a PUT", { method: "PUT" }, 405, "send deliveries with POST\n"],
];

test.each(refusals)("%s is refused", async (_name, sent, status, text) => {
  const receiver = await start();

  const answer = await receiver.send(sent);

  expect([answer.status, answer.text]).toEqual([status, text]);
  expect(receiver.kept).toEqual([]);
});

test("a content type may name its charset", async () => {
  const receiver = await start();

  const answer = await receiver.send({ headers: { "content-type": "application/json; charset=utf-8" } });

  expect(answer.status).toBe(202);
});

test("what is larger than GitHub sends is refused by its length, and cut off where it hides its length", async () => {
  const receiver = await start({ limits: { bodyBytes: 1000, bytesInFlight: 100_000 } });
  const large = "x".repeat(1001);
  const chunked = begin(receiver.port, { body: large, headers: { "transfer-encoding": "chunked" } });

  chunked.outgoing.end(large);

  const text = "the body is larger than GitHub sends\n";
  expect(await receiver.send({ body: large })).toMatchObject({ status: 413, text });
  expect(await chunked.answered).toMatchObject({ status: 413, text });
  expect((await receiver.send({ body: "x".repeat(1000) })).status).toBe(202);
  expect(receiver.kept).toHaveLength(1);
});

test("many large bodies at once are bounded: who comes too much is asked to come again, and then may", async () => {
  let arrived = 0;
  const receiver = await start({
    limits: { bodyBytes: 100_000, bytesInFlight: 250_000 },
    onRequest: (incoming) => {
      incoming.on("data", (chunk: Buffer) => {
        arrived += chunk.length;
      });
    },
  });
  const body = "x".repeat(60_000);
  const slow = Array.from({ length: 4 }, () => begin(receiver.port, { body, headers: { "content-length": "60000" } }));
  for (const { outgoing } of slow) outgoing.write(body.slice(1));
  await vi.waitFor(() => expect(arrived).toBe(4 * 59_999));

  const refused = await receiver.send({ body });
  for (const { outgoing } of slow) outgoing.end("x");
  const answers = await Promise.all(slow.map(({ answered }) => answered));
  const again = await receiver.send({ body });

  expect(refused).toMatchObject({ status: 503, text: "too much is arriving at once; send it again later\n" });
  expect(refused.headers["retry-after"]).toBe("10");
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  expect(again.status).toBe(202);
});

test("bodies that hide their length count as they arrive", async () => {
  const receiver = await start({ limits: { bodyBytes: 100_000, bytesInFlight: 50_000 } });
  const headers = { "transfer-encoding": "chunked" };
  const { answered, outgoing } = begin(receiver.port, { body: "x".repeat(60_000), headers });

  outgoing.end("x".repeat(60_000));

  expect((await answered).status).toBe(503);
  expect((await receiver.send({ body: "x".repeat(40_000) })).status).toBe(202);
});

test("a sender that goes away in the middle gives its room back", async () => {
  let isGone = false;
  let arrived = 0;
  const receiver = await start({
    limits: { bodyBytes: 100_000, bytesInFlight: 100_000 },
    onRequest: (incoming) => {
      incoming.on("data", (chunk: Buffer) => {
        arrived += chunk.length;
      });
      incoming.on("close", () => {
        isGone = true;
      });
    },
  });
  const body = "x".repeat(90_000);
  const { answered, outgoing } = begin(receiver.port, { body, headers: { "content-length": "90000" } });
  answered.catch(() => undefined);
  outgoing.write(body.slice(1));
  await vi.waitFor(() => expect(arrived).toBe(89_999));
  outgoing.destroy();
  await vi.waitFor(() => expect(isGone).toBe(true));

  expect((await receiver.send({ body })).status).toBe(202);
});

test("a body that never ends is given up", async () => {
  const receiver = await start({ requestMillis: 200 });
  const { answered, outgoing } = begin(receiver.port, { body: "{}", headers: { "content-length": "2" } });

  outgoing.write("{");

  expect((await answered).status).toBe(408);
  expect(receiver.kept).toEqual([]);
});

test("what could not be kept is answered 503, and the next is tried anew", async () => {
  let isAway = true;
  const receiver = await start({
    keep: async () => {
      if (isAway) throw new Error("disk full");
    },
  });

  const refused = await receiver.send();
  isAway = false;
  const again = await receiver.send();

  expect(refused).toMatchObject({ status: 503, text: "the delivery could not be kept; send it again later\n" });
  expect(refused.headers["retry-after"]).toBe("10");
  expect(again.status).toBe(202);
});

test("without a secret nothing is received at all", () => {
  const { keep } = memoryKeeper();
  const make = () => createReceiver({ secrets: () => [], keep, now: () => NOW, log, metrics: createMetrics() });

  expect(make).toThrow("deliveries cannot be received without a webhook secret");
});
