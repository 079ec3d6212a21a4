// GitHub for bench/load, in a process of its own: sends an organisation's deliveries, answers what the product asks, and measures from
// outside when each was answered and when what it asks for stood on GitHub. Lean, because the emulator of the tests, which holds every
// request against GitHub's descriptions, would cost more than what is measured.
import { createServer } from "node:http";
import { z } from "zod";
import { answerApi, createAnswers } from "./load-answers.ts";
import { createTraffic } from "./load-traffic.ts";
import { createWorld } from "./load-world.ts";

const given = z
  .object({
    seed: z.number(),
    repositories: z.number(),
    secret: z.string(),
    webhookPath: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""));
const asked = z.discriminatedUnion("do", [
  z.object({ do: z.literal("ports"), ports: z.array(z.number()) }),
  z.object({ do: z.literal("install") }),
  z.object({
    do: z.literal("day"),
    millis: z.number(),
    perHour: z.number(),
    commandsAnHour: z.number(),
    bursts: z.array(z.object({ at: z.number(), millis: z.number(), perSecond: z.number() })),
    duplicates: z.number(),
    late: z.number(),
    lost: z.number(),
  }),
  z.object({ do: z.literal("flood"), count: z.number() }),
  z.object({ do: z.literal("figures") }),
]);

const world = createWorld(given.seed, { repositories: given.repositories });
const traffic = createTraffic({ world, ...given });
const answers = createAnswers(world, traffic);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    const text = Buffer.concat(chunks).toString();
    const { status, body, link } = answerApi(answers, {
      method: request.method ?? "GET",
      url,
      body: text === "" ? {} : JSON.parse(text),
    });
    response.writeHead(status, {
      "content-type": "application/json",
      "x-ratelimit-remaining": "12000",
      "x-ratelimit-resource": "core",
      ...(link === undefined ? {} : { link }),
    });
    response.end(body === null ? undefined : JSON.stringify(body));
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ done: "listen", port: typeof address === "object" && address !== null ? address.port : 0 });
});

process.on("message", (message) => {
  const order = asked.parse(message);
  const done = (said: object = {}) => process.send?.({ done: order.do, ...said });
  switch (order.do) {
    case "ports":
      traffic.sendTo(order.ports);
      done();
      return;
    case "install":
      traffic.install().then(() => done());
      return;
    case "day":
      traffic.replay(order).then(() => done());
      return;
    case "flood":
      traffic.flood(order.count).then((figures) => done(figures));
      return;
    case "figures":
      done({ ...traffic.figures(), requests: answers.counts() });
  }
});
process.on("disconnect", () => process.exit(0));
