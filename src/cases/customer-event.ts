// What a customer is told of, as values. Apart from the rows, so that texts can be made of them by pure rules.

/** A pull request as a customer is told of it; where `isPublic` is false they cannot open it, and its name is not theirs to know. */
export type EventPull = {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly isPublic: boolean;
};

/** What happened, in the product's words. */
export type CustomerEventBody =
  | { readonly kind: "linked" }
  | { readonly kind: "decided"; readonly decision: "merged" | "landed" | "superseded" | "declined" }
  | { readonly kind: "reopened" }
  /** `until` is a day (YYYY-MM-DD). */
  | { readonly kind: "put-off"; readonly until: string }
  | { readonly kind: "shipped"; readonly tag: string; readonly name: string | null; readonly url: string | null }
  | { readonly kind: "workaround-known"; readonly workaround: string };
