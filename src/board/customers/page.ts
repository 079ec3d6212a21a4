// The page of one customer: their contracts over time, what waits for them, their cases and people, and the ways to what they are shown.
import { html } from "hono/html";
import { type Customer, SEVERITIES } from "../../customers/customer.ts";
import { renderPublic } from "../../effects/public-text.ts";
import { durationInEnglish } from "../../patches/reasons-en.ts";
import { durationInJapanese } from "../../patches/reasons-ja.ts";
import type { Duration } from "../../policy/policy.ts";
import type { Html } from "../../web/page.ts";
import { caseTable } from "../cases/list-page.ts";
import type { ListedCase } from "../cases/store.ts";
import { customerPath, ownerPath, withQuery } from "../paths.ts";
import { number, plainDay, shortDay } from "../time.ts";
import { maySetUp, type Viewer } from "../viewer.ts";
import { NOTHING } from "../waiting/messages.ts";
import type { PatchRowShown } from "../waiting/rows.ts";
import { patchTable } from "../waiting/table.ts";
import type { ContractShown, Contracts } from "./contract-words.ts";
import { contractsChart } from "./contracts-chart.ts";
import { CUSTOMER_TEXTS } from "./messages.ts";
import type { FeedShown } from "./store.ts";

export type CustomerPage = {
  readonly viewer: Viewer;
  readonly now: number;
  readonly customer: Customer;
  readonly contracts: Contracts;
  readonly waiting: readonly PatchRowShown[];
  readonly hasMoreWaiting: boolean;
  readonly settled: readonly PatchRowShown[];
  readonly cases: readonly ListedCase[];
  readonly fresh: ReadonlySet<string>;
  readonly feeds: readonly FeedShown[];
};

/** A drawing and a table hold the newest of these; nobody has more but by mistake. */
const MOST_CONTRACTS = 20;
const MOST_NAMED = 20;

export function customerBody(page: CustomerPage): Html {
  const { viewer, customer, contracts } = page;
  const text = CUSTOMER_TEXTS[viewer.language];
  const isLapsing = contracts.paid.kind === "lapsing";
  const paid = text.paid(contracts.paid, (day) => plainDay(day, viewer));
  return html`<h1>${customer.name}</h1>
<p${isLapsing ? html` class="warning"` : ""}>${paid}${isLapsing ? html`. ${text.afterGrace}` : ""}</p>
${customer.confidential ? html`<p class="note">${text.confidential}</p>` : ""}
${patchesPart(page)}
${casesPart(page)}
${contractsPart(page)}
${peoplePart(page)}
${morePart(page)}`;
}

function patchesPart({ viewer, now, customer, waiting, hasMoreWaiting, settled, fresh }: CustomerPage): Html {
  const text = CUSTOMER_TEXTS[viewer.language];
  const columns = { cases: true, turn: true, customers: false };
  const table = (caption: string, rows: readonly PatchRowShown[]) =>
    patchTable({ viewer, now, caption, rows, fresh, columns });
  return html`<section aria-labelledby="patches"><h2 id="patches">${text.sections.patches}</h2>
${waiting.length === 0 ? html`<p>${text.noPatches}</p>` : table(text.sections.patches, waiting)}
${hasMoreWaiting ? html`<p><a href="${withQuery(ownerPath(viewer), { customer: customer.id })}">${text.allPatches}</a></p>` : ""}
${settled.length === 0 ? "" : html`<details><summary><h3>${text.settled}</h3></summary>${table(text.settled, settled)}</details>`}</section>`;
}

function casesPart({ viewer, customer, cases }: CustomerPage): Html {
  const text = CUSTOMER_TEXTS[viewer.language];
  const all = withQuery(ownerPath(viewer, "/cases"), { customer: customer.id, state: "all" });
  return html`<section aria-labelledby="cases"><h2 id="cases">${text.sections.cases}</h2>
${cases.length === 0 ? html`<p>${text.noCases}</p>` : caseTable(viewer, cases, text.sections.cases)}
<p><a href="${all}">${text.allCases}</a></p></section>`;
}

function contractsPart({ viewer, customer, contracts }: CustomerPage): Html {
  const text = CUSTOMER_TEXTS[viewer.language];
  const { contract: heads } = text;
  const shown = contracts.contracts.slice(0, MOST_CONTRACTS);
  const rest = contracts.contracts.length - shown.length;
  const headings = [heads.plan, heads.state, heads.from, heads.until, heads.countsUntil, heads.targets];
  const body =
    shown.length === 0
      ? html`<p>${text.noContracts}</p>`
      : html`${contractsChart(viewer, { name: customer.name, contracts: shown, today: contracts.today })}
<table class="cards"><caption class="hidden">${text.sections.contracts}</caption>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${shown.map((each) => contractRow(each, viewer))}
</tbody></table>
${rest === 0 ? "" : html`<p class="soft">${text.moreContracts(number(rest, viewer))}</p>`}`;
  return html`<section aria-labelledby="contracts"><h2 id="contracts">${text.sections.contracts}</h2>
${body}</section>`;
}

function contractRow({ plan, tier, from, until, countsUntil, targets, state }: ContractShown, viewer: Viewer): Html {
  const text = CUSTOMER_TEXTS[viewer.language];
  const { contract: heads } = text;
  const promised = SEVERITIES.flatMap((severity) => {
    const target = targets[severity];
    return target === undefined ? [] : [`${severity}: ${lengthWords(target, viewer)}`];
  });
  const name = text.plans[plan];
  return html`
<tr><th scope="row">${tier === null ? name : text.tiered(name, tier)}</th>
<td data-label="${heads.state}">${text.states[state]}</td>
<td data-label="${heads.from}">${plainDay(from, viewer)}</td>
<td data-label="${heads.until}">${plainDay(until, viewer)}</td>
<td data-label="${heads.countsUntil}">${plainDay(countsUntil, viewer)}</td>
<td data-label="${heads.targets}">${promised.length === 0 ? NOTHING : promised.map((line) => html`<div>${line}</div>`)}</td></tr>`;
}

const lengthWords = (duration: Duration, { language }: Viewer): string =>
  renderPublic((language === "en" ? durationInEnglish : durationInJapanese)(duration), "none");

function peoplePart({ viewer, customer }: CustomerPage): Html {
  const { people, sections } = CUSTOMER_TEXTS[viewer.language];
  const { owner, consultant, contacts, logins, organizations } = customer;
  const person = (someone: { readonly name: string; readonly email: string | null } | null) =>
    someone === null
      ? html`<span class="soft">${people.none}</span>`
      : html`${someone.name}${someone.email === null ? "" : html` <span class="soft small">${someone.email}</span>`}`;
  const some = (all: readonly (Html | string)[]) =>
    all.length === 0
      ? person(null)
      : html`${all.slice(0, MOST_NAMED).map((each) => html`<div>${each}</div>`)}${
          all.length > MOST_NAMED
            ? html`<div class="soft small">${people.moreContacts(number(all.length - MOST_NAMED, viewer))}</div>`
            : ""
        }`;
  return html`<section aria-labelledby="people"><h2 id="people">${sections.people}</h2>
<dl><dt>${people.owner}</dt><dd>${person(owner)}</dd>
<dt>${people.deputy}</dt><dd>${person(owner?.deputy ?? null)}</dd>
<dt>${people.consultant}</dt><dd>${consultant === null ? person(null) : `@${consultant.github}`}</dd>
<dt>${people.contacts}</dt><dd>${some(contacts.map(person))}</dd>
<dt>${people.logins}</dt><dd>${some([...logins, ...organizations])}</dd></dl></section>`;
}

function morePart({ viewer, customer, feeds }: CustomerPage): Html {
  const text = CUSTOMER_TEXTS[viewer.language];
  const path = customerPath(viewer, customer.id);
  return html`<section aria-labelledby="more"><h2 id="more">${text.sections.more}</h2>
<ul><li><a href="${path}/contacts">${text.toContacts}</a></li>
<li><a href="${path}/record">${text.toRecord}</a></li>
${maySetUp(viewer) ? html`<li><a href="${path}/edit">${text.toEdit}</a></li>\n<li><a href="${path}/history">${text.toHistory}</a></li>\n` : ""}<li>${text.feeds}: ${
    feeds.length === 0
      ? html`${text.noFeed} <code>npx patch-advocate tokens create --feed ${customer.id}</code>`
      : feeds.map(
          ({ prefix, createdAt }, index) =>
            html`${index === 0 ? "" : ", "}${text.feed(prefix, shortDay(createdAt, viewer))}`,
        )
  }</li></ul></section>`;
}
