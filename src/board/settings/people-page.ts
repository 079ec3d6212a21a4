// The page of people and channels: what is set up, who cannot be reached, and what became of a test.
import { html } from "hono/html";
import type { ConfiguredChannels } from "../../notify/channels.ts";
import type { Html } from "../../web/page.ts";
import { csrfField } from "../forms.ts";
import { ownerPath, withQuery } from "../paths.ts";
import { number } from "../time.ts";
import type { Viewer } from "../viewer.ts";
import type { Hearer } from "./hearers.ts";
import { SETTINGS_TEXTS } from "./messages.ts";
import { type ChannelName, PEOPLE_TEXTS } from "./people-messages.ts";

/** What became of a test: `because` is in English, as it was kept. */
export type TestShown =
  | { readonly kind: "sending"; readonly name: string }
  | { readonly kind: "sent"; readonly name: string; readonly by: string }
  | { readonly kind: "not-sent"; readonly name: string; readonly because: string };

export type PeopleShown = {
  readonly viewer: Viewer;
  readonly channels: ConfiguredChannels;
  /** Of this page. */
  readonly hearers: readonly Hearer[];
  readonly total: number;
  readonly unreached: number;
  /** Whoever looks, where an address of theirs is known. */
  readonly self: Hearer | null;
  readonly test: TestShown | null;
  readonly nextPage: number | null;
};

export const peoplePath = (viewer: Viewer): string => ownerPath(viewer, "/settings/people");

const VARIABLES: Readonly<Record<ChannelName, string>> = {
  mail: "SMTP_URL, SMTP_FROM",
  slack: "SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET",
  webhook: "NOTIFY_WEBHOOK_URL, NOTIFY_WEBHOOK_SECRET",
  pagerDuty: "PAGERDUTY_ROUTING_KEY",
};

export function peopleBody(shown: PeopleShown): Html {
  const { viewer, channels, total, unreached, self, test, nextPage } = shown;
  const text = PEOPLE_TEXTS[viewer.language];
  return html`<p><a href="${ownerPath(viewer, "/settings")}">${SETTINGS_TEXTS[viewer.language].back}</a></p>
<h1>${text.title}</h1>
${test === null ? "" : testPart(viewer, test)}
<h2>${text.peopleTitle}</h2>
<p>${text.peopleNote}</p>
${self === null ? html`<p class="note">${text.youUnknown}</p>` : ""}
${
  total === 0
    ? html`<p class="box empty">${text.none}</p>`
    : html`<p${unreached > 0 ? html` class="warning"` : ""}>${unreached > 0 ? text.unreached(unreached, number(total, viewer)) : text.allReached}</p>
${peopleTable(shown)}`
}
${nextPage === null ? "" : html`<p class="pages"><a rel="next" href="${withQuery(peoplePath(viewer), { page: String(nextPage) })}">${text.next}</a></p>`}
<h2>${text.channelsTitle}</h2>
<p>${text.channelsNote}</p>
${channelsTable(viewer, channels)}`;
}

function testPart(viewer: Viewer, test: TestShown): Html {
  const text = PEOPLE_TEXTS[viewer.language];
  switch (test.kind) {
    case "sending":
      return html`<p class="note" role="status">${text.sending(test.name)}</p>`;
    case "sent":
      return html`<p class="done" role="status">${text.sent(test.name, test.by)}</p>`;
    case "not-sent":
      return html`<p class="warning" role="alert">${text.notSent(test.name)} <span lang="en">${test.because}</span></p>`;
  }
}

function peopleTable({ viewer, hearers, self }: PeopleShown): Html {
  const text = PEOPLE_TEXTS[viewer.language];
  return html`<table class="cards">
<caption class="hidden">${text.peopleTitle}</caption>
<thead><tr><th scope="col">${text.name}</th><th scope="col">${text.as}</th><th scope="col">${text.ways}</th><th scope="col">${text.hours}</th><th scope="col">${text.act}</th></tr></thead>
<tbody>${hearers.map(({ recipient, as, customers, ways }) => {
    const isSelf = recipient.key === self?.recipient.key;
    const roles = as.map((each) => text.heardAs[each]).join(viewer.language === "ja" ? "、" : ", ");
    const count = customers === 0 ? "" : ` (${text.customers(number(customers, viewer), customers === 1)})`;
    const where = ways.map(
      (way) => `${text.byWay[way]}: ${(way === "mail" ? recipient.email : recipient.slack) ?? ""}`,
    );
    return html`<tr><th scope="row">${recipient.name}${recipient.login === null ? "" : html` <span class="soft">@${recipient.login}</span>`}${isSelf ? html` <span class="tag">${text.you}</span>` : ""}</th>
<td data-label="${text.as}">${roles}${count}</td>
<td data-label="${text.ways}">${ways.length === 0 ? html`<span class="wrong">${text.noWay}</span>` : where.map((each) => html`${each}<br>`)}</td>
<td data-label="${text.hours}">${recipient.hours ?? text.usualHours} ${recipient.timezone}, ${text.languages[recipient.language]}</td>
<td>${
      ways.length === 0
        ? ""
        : html`<form method="post" action="${peoplePath(viewer)}/test">${csrfField(viewer)}<input type="hidden" name="to" value="${recipient.key}"><button>${text.test}<span class="hidden"> ${text.testTo(recipient.name)}</span></button></form>`
    }</td></tr>
`;
  })}</tbody>
</table>`;
}

function channelsTable(viewer: Viewer, channels: ConfiguredChannels): Html {
  const text = PEOPLE_TEXTS[viewer.language];
  const rows: readonly (readonly [ChannelName, boolean])[] = [
    ["mail", channels.hasMail],
    ["slack", channels.hasSlack],
    ["webhook", channels.hasWebhook],
    ["pagerDuty", channels.hasPagerDuty],
  ];
  return html`<table>
<caption class="hidden">${text.channelsTitle}</caption>
<thead><tr><th scope="col">${text.channel}</th><th scope="col">${text.state}</th></tr></thead>
<tbody>${rows.map(
    ([name, isSet]) => html`<tr><th scope="row">${text.channels[name]}</th>
<td>${isSet ? html`<span class="tag settled">${text.isSet}</span>` : text.isNotSet(VARIABLES[name])}</td></tr>
`,
  )}</tbody>
</table>`;
}
