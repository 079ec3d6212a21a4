// Guards that must not be taken out: each as the text that is the guard, what stands there instead when it is gone, and the test that fails
// then. Apart from who tries them, because a test holds this list against the source.

export type Mutation = {
  /** What is taken out. */
  readonly name: string;
  /** Each text stands in its file exactly once. */
  readonly changes: readonly { readonly file: string; readonly text: string; readonly instead: string }[];
  /** The test file that has to fail. */
  readonly killedBy: string;
};

const one = (name: string, file: string, text: string, instead: string, killedBy: string): Mutation => ({
  name,
  changes: [{ file, text, instead }],
  killedBy,
});

export const MUTATIONS: readonly Mutation[] = [
  one(
    "the signature check",
    "src/github/receive.ts",
    "if (!isSigned(body, headers.signature, secrets())) return refuse(BAD_SIGNATURE);",
    "",
    "test/receive/receive.test.ts",
  ),
  one(
    "the answer only after the commit",
    "src/github/receive.ts",
    "      keep({ id: headers.id,",
    "      answer(KEPT);\n      keep({ id: headers.id,",
    "test/receive/receive.test.ts",
  ),
  one(
    "one GUID, one row",
    "src/github/deliveries-store.ts",
    '.onConflict((conflict) => conflict.column("id").doNothing())',
    '.onConflict((conflict) => conflict.column("id").doUpdateSet({ event: "twice" }))',
    "test/receive/keep.test.ts",
  ),
  one(
    "the lease of deliveries",
    "src/github/deliveries-store.ts",
    '    .where((is) => is.or([is("claimed_until", "is", null), is("claimed_until", "<=", claim.now)]))\n',
    "",
    "test/guard/claims.test.ts",
  ),
  one(
    "skip locked of deliveries",
    "src/github/deliveries-store.ts",
    "due.forUpdate().skipLocked()",
    "due.forUpdate()",
    "test/guard/claims.test.ts",
  ),
  one(
    "the guarded save of a decision",
    "src/patches/store.ts",
    '    .where("id", "=", row.id)\n    .where("version", "=", row.version)\n    .executeTakeFirst();',
    '    .where("id", "=", row.id)\n    .executeTakeFirst();',
    "test/guard/claims.test.ts",
  ),
  one(
    "the lease of patches",
    "src/patches/store.ts",
    '      .where((eb) => eb.or([eb("claimed_until", "is", null), eb("claimed_until", "<=", now)]))\n',
    "",
    "test/guard/claims.test.ts",
  ),
  one(
    "skip locked of patches",
    "src/patches/store.ts",
    "due = due.forUpdate().skipLocked();",
    "due = due.forUpdate();",
    "test/guard/claims.test.ts",
  ),
  {
    name: "the lease of effects",
    changes: [
      {
        file: "src/effects/claims-store.ts",
        text: 'eb.or([eb("e.claimed_until", "is", null), eb("e.claimed_until", "<=", claim.now)]);',
        instead: 'eb("e.id", ">", 0);',
      },
      { file: "src/effects/claims-store.ts", text: 'eb("o.claimed_until", ">", claim.now),', instead: "" },
    ],
    killedBy: "test/effects/outbox.test.ts",
  },
  one(
    "the claim's holder, asked once more before a write",
    "src/effects/pacing.ts",
    'if (!isOurs) return { kind: "lost" } as const;',
    "",
    "test/effects/pacing.test.ts",
  ),
  one(
    "the lease of notices",
    "src/notify/claims-store.ts",
    "max(coalesce(n.claimed_until, 0)) <=",
    "max(n.id) <>",
    "test/notify/notifier.test.ts",
  ),
  one(
    "the marker look-up before a second try",
    "src/effects/perform.ts",
    "if (earlier !== null) return earlier;",
    "",
    "test/effects/comments.test.ts",
  ),
  one(
    "the marker counting in our own comments only",
    "src/effects/comments.ts",
    'user?.id === userId && markerOf(body ?? "")',
    'markerOf(body ?? "")',
    "test/effects/comments.test.ts",
  ),
  one(
    "asking whether a decision still holds",
    "src/effects/perform.ts",
    "if (!held.holds) {",
    "if (held === null) {",
    "test/effects/comments.test.ts",
  ),
  one(
    "observing",
    "src/effects/perform.ts",
    'if (allowed === "all") return null;',
    'if (allowed !== "answers") return null;',
    "test/effects/perform.test.ts",
  ),
  one(
    "the fuse",
    "src/effects/pacing.ts",
    "if (fuse !== null) {",
    'if (fuse === Number("x")) {',
    "test/effects/pacing.test.ts",
  ),
  one(
    "GitHub's limits of writes",
    "src/effects/pacing.ts",
    "if (freeAt !== null) return { ...waiting",
    'if (freeAt === Number("x")) return { ...waiting',
    "test/effects/pacing.test.ts",
  ),
  one(
    "the pause, asked once more before a write",
    "src/effects/pacing.ts",
    "if (pause !== null) return waiting(now,",
    "if (pause === undefined) return waiting(now,",
    "test/effects/pacing.test.ts",
  ),
  one(
    "the pause of private messages",
    "src/notify/claims-store.ts",
    "sql<boolean>`p.scope = 'all' or p.scope = 'owner:' || n.owner_id`",
    "sql<boolean>`p.scope = 'nothing'`",
    "test/notify/notifier.test.ts",
  ),
  one(
    "the reader's hours",
    "src/notify/deliver.ts",
    "if (at > now()) return",
    "if (at < 0) return",
    "test/notify/notifier.test.ts",
  ),
  one(
    "looking at labels before a change that is unsure",
    "src/effects/perform-labels.ts",
    "if (plan.unsure.length > 0) {",
    "if (plan.unsure.length < 0) {",
    "test/effects/label-effects.test.ts",
  ),
  one(
    "the disclosure of a public text",
    "src/effects/public-text.ts",
    'if (node.kind === "data" && !allows(disclosure, node.needs))',
    'if (node.kind === "data" && disclosure === undefined)',
    "test/messages/public-text.test.ts",
  ),
  one(
    "a confidential customer's links",
    "src/patches/shown.ts",
    'return !isConfidential || policy.disclosure !== "none" || linked.isBySupport;',
    'return isConfidential || policy.disclosure !== "" || linked.isBySupport;',
    "test/patches/decide.test.ts",
  ),
  one(
    "a confidential customer as an author",
    "src/patches/shown.ts",
    ".filter((each) => !each.isConfidential || !isSilent);",
    ".filter((each) => each.isConfidential || !each.isConfidential || isSilent);",
    "test/patches/decide.test.ts",
  ),
];
