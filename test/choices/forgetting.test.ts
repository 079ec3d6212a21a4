// How long a question's page still tells what was answered: the sweeper forgets it ninety days after it could last be answered.
import pino from "pino";
import { describe, expect, test } from "vitest";
import { createSweeper } from "../../src/sweeper.ts";
import { DIALECTS } from "../support/databases.ts";
import { DAY, NOW, setStage } from "./stage.ts";

describe.each(DIALECTS)("on %s", (on) => {
  test("an old question is forgotten, and no other", async () => {
    const stage = await setStage({ on });
    const old = await stage.ask();
    stage.setNow(NOW + DAY);
    const newer = await stage.ask();
    const statuses = () =>
      Promise.all([old, newer].map(async (token) => (await fetch(`${stage.url}/answer/${token}`)).status));

    const at = (now: number) => createSweeper({ ...stage.wiring, log: pino({ level: "silent" }), now: () => now });
    await at(NOW + 104 * DAY).runOnce();
    stage.setNow(NOW + 104 * DAY);
    expect(await statuses()).toEqual([410, 410]);
    await at(NOW + 104 * DAY + 1).runOnce();
    expect(await statuses()).toEqual([404, 410]);
  });
});
