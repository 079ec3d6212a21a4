// Asking for fewer where GitHub fails: who cannot be shown is found, the others are shown, and a GitHub that is away is not asked a hundred times.
import { expect, test } from "vitest";
import { askInParts } from "../../../src/github/reconcile/in-parts.ts";

const HUNDRED = Array.from({ length: 100 }, (_, n) => `PR_${n}`);
const failed = (status: number) =>
  Object.assign(new Error("failed"), {
    status,
    request: { url: "https://api.github.com/graphql", method: "POST" },
    response: { headers: {}, data: { message: status === 403 ? "Resource not accessible by integration" : "" } },
  });

/** GitHub as it fails for requests in which one of these is, or for more than `most` at once. */
function gitHub({ hidden = [], most = 100 }: { readonly hidden?: readonly string[]; readonly most?: number }) {
  const sizes: number[] = [];
  const ask = async (ids: readonly string[]) => {
    sizes.push(ids.length);
    if (ids.length > most || ids.some((id) => hidden.includes(id))) throw failed(502);
    return ids;
  };
  return { ask, sizes };
}

test("what GitHub shows costs one request", async () => {
  const { ask, sizes } = gitHub({});
  expect(await askInParts(HUNDRED, { ask, isLastTry: false })).toEqual({ answers: [HUNDRED], left: [] });
  expect(sizes).toEqual([100]);
});

test.each([["PR_0"], ["PR_42"], ["PR_99"]])(
  "one that it cannot show (%s) is left, all others are shown, in their order",
  async (id) => {
    const { ask, sizes } = gitHub({ hidden: [id] });
    const { answers, left } = await askInParts(HUNDRED, { ask, isLastTry: false });
    expect(left).toEqual([id]);
    expect(answers.flat()).toEqual(HUNDRED.filter((each) => each !== id));
    expect(sizes.length).toBeLessThan(18);
  },
);

test("where a hundred are too many, halves are asked for", async () => {
  const { ask, sizes } = gitHub({ most: 60 });
  expect((await askInParts(HUNDRED, { ask, isLastTry: false })).answers.flat()).toEqual(HUNDRED);
  expect(sizes).toEqual([100, 50, 50]);
});

test("a GitHub that shows nothing is asked a dozen times, and what it said first is thrown", async () => {
  const { ask, sizes } = gitHub({ most: 0 });
  await expect(askInParts(HUNDRED, { ask, isLastTry: false })).rejects.toThrow("failed");
  expect(sizes.length).toBeLessThan(13);
  await expect(askInParts(["PR_1"], { ask, isLastTry: false })).rejects.toThrow("failed");
});

test("at the last try all are left where GitHub shows nothing", async () => {
  const { ask, sizes } = gitHub({ most: 0 });
  expect(await askInParts(HUNDRED, { ask, isLastTry: true })).toEqual({ answers: [], left: HUNDRED });
  expect(sizes.length).toBeLessThan(13);
});

test("what has nothing to do with how many were asked for is thrown at once", async () => {
  let asked = 0;
  const refused = async () => {
    asked += 1;
    throw failed(403);
  };
  await expect(askInParts(HUNDRED, { ask: refused, isLastTry: true })).rejects.toThrow("failed");
  expect(asked).toBe(1);
});

test("for nothing nobody is asked", async () => {
  const { ask, sizes } = gitHub({});
  expect(await askInParts([], { ask, isLastTry: false })).toEqual({ answers: [], left: [] });
  expect(sizes).toEqual([]);
});
