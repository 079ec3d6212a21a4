// The API's own description: it is valid by itself, and its examples are as it says.
import { expect, test } from "vitest";
import { DESCRIPTION, undescribed } from "./described.ts";

test("every example is as its schema says", () => {
  const wrong: string[] = [];
  let count = 0;
  for (const [path, operations] of Object.entries(DESCRIPTION.paths))
    for (const [method, { responses }] of Object.entries(operations))
      for (const [status, { content = {} }] of Object.entries(responses))
        for (const [type, { example }] of Object.entries(content)) {
          if (example === undefined) continue;
          count += 1;
          wrong.push(...undescribed({ path, method, status: Number(status), type, body: example }));
        }
  expect(wrong).toEqual([]);
  expect(count).toBe(7);
});

test("what is not described is told", () => {
  const type = "application/json";
  expect(undescribed({ path: "/waiting", method: "get", status: 200, type, body: { patches: [{}] } })).not.toEqual([]);
  expect(undescribed({ path: "/waiting", method: "get", status: 204, type, body: {} })).toEqual([
    "get /waiting 204 application/json is not described",
  ]);
});
