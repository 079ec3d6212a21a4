// The App as GitHub is asked to make it: app.yml's permissions and events with the addresses of this server.
// https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
import { parse } from "yaml";
import { z } from "zod";
import type { Registration } from "./registration.ts";

const template = z.object({
  name: z.string(),
  description: z.string(),
  default_permissions: z.record(z.string(), z.enum(["read", "write", "admin"])),
  default_events: z.array(z.string()),
});

export type Template = z.infer<typeof template>;

/** Reads the text of app.yml. Throws where it is not what we shipped. */
export const readTemplate = (text: string): Template => template.parse(parse(text));

export type Manifest = Template & {
  readonly url: string;
  readonly public: false;
  readonly hook_attributes: { readonly url: string; readonly active: true };
  readonly setup_url: string;
  readonly callback_urls: readonly string[];
  readonly redirect_url: string;
};

type Addresses = {
  readonly registration: Pick<Registration, "publicUrl" | "proxyUrl">;
  readonly webhookPath: string;
  /** Where the browser sees the set-up page, without a slash at the end: there GitHub leads it back to. */
  readonly pageUrl: string;
};

/** Every address is written out, since GitHub takes a manifest whole or not at all. */
export function manifestOf(read: Template, { registration, webhookPath, pageUrl }: Addresses): Manifest {
  const { publicUrl, proxyUrl } = registration;
  return {
    name: read.name,
    description: read.description,
    url: publicUrl,
    public: false,
    hook_attributes: { url: proxyUrl ?? `${publicUrl}${webhookPath}`, active: true },
    setup_url: `${publicUrl}/setup/installed`,
    callback_urls: [`${publicUrl}/sign-in/github/callback`],
    redirect_url: `${pageUrl}/setup/made`,
    default_permissions: read.default_permissions,
    default_events: read.default_events,
  };
}

type Owned = { readonly organization: string | null };

/** Where GitHub takes a manifest. `webUrl` without a slash at the end. */
export const registrationUrl = (webUrl: string, { organization, state }: Owned & { readonly state: string }): string =>
  `${settingsOf(webUrl, organization)}/apps/new?state=${encodeURIComponent(state)}`;

/** Where the App's owner changes it and sees its deliveries. */
export const settingsUrlOf = (webUrl: string, { organization, slug }: Owned & { readonly slug: string }): string =>
  `${settingsOf(webUrl, organization)}/apps/${encodeURIComponent(slug)}`;

const settingsOf = (webUrl: string, organization: string | null): string =>
  `${webUrl}${organization === null ? "" : `/organizations/${encodeURIComponent(organization)}`}/settings`;
