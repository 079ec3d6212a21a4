// Which labels go on and off, by what is wanted, what is there and by whose hand: a table of the rule.
import { expect, test } from "vitest";
import { type LabelPlan, type LabelState, labelPlan, type RepositoryLabel } from "../../src/patches/labels.ts";
import type { LabelDefinition, LabelKey } from "../../src/policy/labels.ts";

const define = (key: LabelKey, name: string): LabelDefinition => ({ key, name, color: "0e8a16", description: "" });
const known = (key: LabelKey, over: Partial<RepositoryLabel> = {}): RepositoryLabel => ({
  key,
  labelId: 1,
  name: key,
  definedAs: key,
  state: "present",
  ...over,
});

const state = (over: Partial<LabelState>): LabelState => ({
  wanted: [],
  definitions: [define("customer", "customer"), define("overdue", "overdue")],
  repositoryLabels: [known("customer", { labelId: 1 }), known("overdue", { labelId: 2 })],
  onPatch: [],
  onPatchIs: "remembered",
  marks: {},
  ...over,
});

const plan = (over: Partial<LabelPlan>): LabelPlan => ({
  resolve: [],
  unsure: [],
  add: [],
  remove: [],
  marks: {},
  ...over,
});
const customer = { key: "customer", name: "customer" } as const;

const table: readonly [name: string, given: Partial<LabelState>, expected: Partial<LabelPlan>][] = [
  ["nothing wanted, nothing there", {}, {}],
  ["wanted and not there: put on, ours", { wanted: ["customer"] }, { add: [customer], marks: { customer: "ours" } }],
  [
    "wanted and there by our hand: left",
    { wanted: ["customer"], onPatch: ["customer"], marks: { customer: "ours" } },
    { marks: { customer: "ours" } },
  ],
  [
    "wanted and there by nobody's hand that we know: asked, since what we remember may be a moment old",
    { wanted: ["customer"], onPatch: ["Customer"] },
    { unsure: ["customer"] },
  ],
  [
    "and there by somebody: theirs",
    { wanted: ["customer"], onPatch: ["Customer"], onPatchIs: "read" },
    { marks: { customer: "put by a person" } },
  ],
  [
    "the reason ended and it is ours: taken off",
    { onPatch: ["customer", "bug"], marks: { customer: "ours" } },
    { remove: [customer] },
  ],
  [
    "the reason ended and a person put it: left, and remembered as theirs",
    { onPatch: ["customer"], marks: { customer: "put by a person" } },
    { marks: { customer: "put by a person" } },
  ],
  ["nobody wants it and somebody put it: none of our business", { onPatch: ["customer"] }, {}],
  [
    "a person took it off: stays off while the reason lasts",
    { wanted: ["customer"], marks: { customer: "taken off by a person" } },
    { marks: { customer: "taken off by a person" } },
  ],
  ["the reason of a taken-off label ended: forgotten", { marks: { customer: "taken off by a person" } }, {}],
  [
    "a person put it and it is gone: a person took it off",
    { wanted: ["customer"], marks: { customer: "put by a person" } },
    { marks: { customer: "taken off by a person" } },
  ],
  [
    "ours and gone, as far as we remember: asked about",
    { wanted: ["customer"], marks: { customer: "ours" } },
    { unsure: ["customer"], marks: { customer: "ours" } },
  ],
  [
    "ours and gone, as GitHub says: a person took it off",
    { wanted: ["customer"], marks: { customer: "ours" }, onPatchIs: "read" },
    { marks: { customer: "taken off by a person" } },
  ],
  [
    "about to be put on when we crashed, not there: put on",
    { wanted: ["customer"], marks: { customer: "ours to be" } },
    { add: [customer], marks: { customer: "ours" } },
  ],
  [
    "about to be put on when we crashed, and there: ours",
    { wanted: ["customer"], onPatch: ["customer"], marks: { customer: "ours to be" } },
    { marks: { customer: "ours" } },
  ],
  [
    "about to be put on when we crashed, not wanted any more: asked about",
    { marks: { customer: "ours to be" } },
    { unsure: ["customer"], marks: { customer: "ours to be" } },
  ],
  ["and not there: forgotten", { marks: { customer: "ours to be" }, onPatchIs: "read" }, {}],
  [
    "never seen in the repository: found or made first",
    { wanted: ["customer"], repositoryLabels: [] },
    { resolve: ["customer"] },
  ],
  [
    "deleted from the repository: stays away",
    {
      wanted: ["customer", "overdue"],
      repositoryLabels: [known("customer", { state: "deleted" }), known("overdue", { labelId: 2 })],
      marks: { customer: "ours" },
    },
    { add: [{ key: "overdue", name: "overdue" }], marks: { overdue: "ours" } },
  ],
  [
    "renamed on GitHub: followed",
    { wanted: ["customer"], repositoryLabels: [known("customer", { name: "client" })] },
    { add: [{ key: "customer", name: "client" }], marks: { customer: "ours" } },
  ],
  [
    "renamed on GitHub and its reason ended: taken off under its new name",
    {
      repositoryLabels: [known("customer", { name: "client" })],
      onPatch: ["Client"],
      marks: { customer: "ours" },
    },
    { remove: [{ key: "customer", name: "client" }] },
  ],
  [
    "switched off in the policy: ours goes, though it is wanted",
    {
      wanted: ["customer"],
      definitions: [define("overdue", "overdue")],
      onPatch: ["customer"],
      marks: { customer: "ours" },
    },
    { remove: [customer] },
  ],
  [
    "switched off in the policy: never put",
    { wanted: ["customer"], definitions: [define("overdue", "overdue")], repositoryLabels: [] },
    {},
  ],
  [
    "named anew in the policy: the new label is found first, the old one goes",
    {
      wanted: ["customer"],
      definitions: [define("customer", "vip")],
      onPatch: ["customer"],
      marks: { customer: "ours" },
    },
    { resolve: ["customer"], remove: [customer], marks: { customer: "ours" } },
  ],
  [
    "named anew in the policy, found: the new one is put on and the old one taken off",
    {
      wanted: ["customer"],
      definitions: [define("customer", "vip")],
      repositoryLabels: [
        known("customer", { state: "retired" }),
        known("customer", { labelId: 3, name: "vip", definedAs: "vip" }),
      ],
      onPatch: ["customer"],
      marks: { customer: "ours" },
    },
    { add: [{ key: "customer", name: "vip" }], remove: [customer], marks: { customer: "ours" } },
  ],
  [
    "named anew in the policy, the old one put by a person: left, and ours is not put beside it",
    {
      wanted: ["customer"],
      definitions: [define("customer", "vip")],
      onPatch: ["customer"],
      marks: { customer: "put by a person" },
    },
    { marks: { customer: "put by a person" } },
  ],
  [
    "two keys that share a label: it stays while one of them wants it",
    {
      wanted: ["overdue"],
      repositoryLabels: [known("customer"), known("overdue", { name: "customer" })],
      onPatch: ["customer"],
      marks: { customer: "ours", overdue: "ours" },
    },
    { marks: { overdue: "ours" } },
  ],
];

test.each(table)("%s", (_name, given, expected) => {
  expect(labelPlan(state(given))).toEqual(plan(expected));
});

test("a plan that was carried out asks for nothing more", () => {
  const before = state({ wanted: ["overdue"], onPatch: ["customer", "bug"], marks: { customer: "ours" } });
  const first = labelPlan(before);
  const onPatch = [
    ...before.onPatch.filter((name) => !first.remove.some((gone) => gone.name === name)),
    ...first.add.map(({ name }) => name),
  ];
  expect(onPatch).toEqual(["bug", "overdue"]);
  expect(labelPlan({ ...before, onPatch, marks: first.marks })).toEqual(plan({ marks: { overdue: "ours" } }));
});
