// What is there already and what comes next after the App was made: each with what was found. Pure.

export type Checklist = {
  readonly app: { readonly name: string };
  /** Accounts that the App is installed in; the first few and how many there are. */
  readonly installed: { readonly owners: readonly string[]; readonly count: number };
  /** When the newest webhook came, in epoch milliseconds. */
  readonly webhook: { readonly at: number | null };
  /** Policy files that were found; the first few and how many there are, and how many of them have errors. */
  readonly policy: { readonly paths: readonly string[]; readonly count: number; readonly withErrors: number };
  readonly customers: { readonly count: number };
};

/** What is done, in the order of the page. */
export function doneIn({ installed, webhook, policy, customers }: Checklist) {
  return {
    app: true,
    installed: installed.count > 0,
    webhook: webhook.at !== null,
    policy: policy.count > policy.withErrors,
    customers: customers.count > 0,
  } as const satisfies Record<keyof Checklist, boolean>;
}
