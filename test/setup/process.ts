// The product started without credentials in a folder of its own, and a browser that goes through its set-up page.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { type IncomingHttpHeaders, request } from "node:http";
import { onTestFinished } from "vitest";
import { makeFolder, start } from "../cli/run.ts";
import type { GitHub } from "../support/github/github.ts";

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

export type Started = {
  readonly folder: string;
  readonly port: number;
  readonly code: string;
  /** What it printed for people. */
  readonly printed: () => string;
  readonly logs: () => string;
  /** Until a line of the log says this. */
  readonly said: (message: string) => Promise<void>;
  /** SIGHUP: asks that secrets be read again. */
  readonly hangUp: () => void;
  /** SIGTERM; answers the exit code. */
  readonly stop: () => Promise<number | null>;
};

type Given = {
  readonly github: GitHub;
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly until?: string;
};

const WAITS = "there is no GitHub App yet: open the set-up page";

/** Where the emulated GitHub is. */
export const placeOf = (github: GitHub): Readonly<Record<string, string>> => ({
  GITHUB_API_URL: github.url,
  GITHUB_GRAPHQL_URL: github.graphqlUrl,
  GITHUB_WEB_URL: github.webUrl,
});

/** Starts it and waits until its log says that the set-up page is there, or what else was asked for. */
export async function startUnconfigured({ github, environment = {}, folder, until = WAITS }: Given): Promise<Started> {
  const made = folder === undefined ? makeFolder() : null;
  const place = folder ?? made?.folder ?? "";
  const child = start([], {
    folder: place,
    environment: { ...placeOf(github), HOST: "127.0.0.1", PORT: "0", ...environment },
  });
  const said = listen(child);
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
    made?.remove();
  });
  const line = await said.until(until);
  return {
    folder: place,
    port: line.port ?? 0,
    code: new URL(line.url ?? "http://x").searchParams.get("code") ?? "",
    printed: said.printed,
    logs: said.logs,
    said: async (message) => {
      await said.until(message);
    },
    hangUp: () => child.kill("SIGHUP"),
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const [code] = await ended;
      return typeof code === "number" ? code : null;
    },
  };
}

type Line = { readonly msg?: string; readonly url?: string; readonly port?: number };

function listen(child: ChildProcess) {
  let out = "";
  let err = "";
  const waiting = new Set<() => void>();
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    for (const look of waiting) look();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const find = (message: string): Line | undefined =>
    out
      .split("\n")
      .slice(0, -1)
      .map((line): Line => JSON.parse(line))
      .find((line) => line.msg === message);
  return {
    printed: () => err,
    logs: () => out,
    until: (message: string) =>
      new Promise<Line>((resolve, reject) => {
        const look = () => {
          const line = find(message);
          if (line !== undefined) resolve(line);
        };
        waiting.add(look);
        child.once("exit", (code) => reject(new Error(`it ended with ${code}: ${err}${out}`)));
        look();
      }),
  };
}

export type Browser = {
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly post: (
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
  /** Follows a redirect of ours. */
  readonly follow: (answer: Answer, from: string) => Promise<Answer>;
};

/** A browser that keeps its cookie. `headers`: what it, or a proxy before the server, adds to every request. */
export function openBrowser(port: number, headers: Readonly<Record<string, string>> = {}): Browser {
  let cookie = "";
  const host = headers.host ?? `127.0.0.1:${port}`;
  const send = (method: string, path: string, { body, more }: { body?: string; more: Record<string, string> }) =>
    new Promise<Answer>((resolve, reject) => {
      const sent = request(
        {
          host: "127.0.0.1",
          port,
          path,
          method,
          headers: { host, ...(cookie === "" ? {} : { cookie }), ...headers, ...more },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (chunk: string) => {
            text += chunk;
          });
          response.on("end", () => {
            const set = response.headers["set-cookie"]?.[0];
            if (set !== undefined) cookie = set.split(";")[0] ?? "";
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          });
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  const get: Browser["get"] = (path, more = {}) => send("GET", path, { more: { ...more } });
  return {
    get,
    post: (path, fields, more = {}) =>
      send("POST", path, {
        body: new URLSearchParams(fields).toString(),
        more: { origin: `http://${host}`, "content-type": "application/x-www-form-urlencoded", ...more },
      }),
    follow: (answer, from) => {
      const to = new URL(answer.headers.location ?? "", `http://${host}${from}`);
      return get(`${to.pathname}${to.search}`);
    },
  };
}

/** The value of a hidden field, as the page shows it. */
export function hidden(page: Answer, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? "";
  return value.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** Where the page's only form to another site goes. */
export const actionOf = (page: Answer): string =>
  (/action="(http[^"]*)"/.exec(page.text)?.[1] ?? "").replaceAll("&amp;", "&");

/** A page's words, a block a line. */
export function wordsOf(page: Answer): string {
  const main = /<main>([\s\S]*)<\/main>/.exec(page.text)?.[1] ?? page.text;
  return main
    .replaceAll(/<(input|textarea|button)\b([^>]*)>/g, (_, tag: string, rest: string) => {
      const name = /name="([^"]*)"/.exec(rest)?.[1];
      return rest.includes('type="hidden"') ? "" : `\n[${tag}${name === undefined ? "" : ` ${name}`}] `;
    })
    .replaceAll(/<\/?(?:h1|h2|p|tr|li|label|form|table|thead|tbody)\b[^>]*>/g, "\n")
    .replaceAll(/<br>/g, "; ")
    .replaceAll(/<\/t[hd]>/g, " | ")
    .replaceAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g, "$2 ($1)")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll("&#39;", "'")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

const CHOICES = { organization: "acme-db", host: "", publicUrl: "https://patches.acme.example", proxyUrl: "" };

/** Fills in the form and goes to the page that leads to GitHub. */
export async function choose(browser: Browser, chosen: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const form = await browser.get("/setup");
  const sent = await browser.post("/setup", { token: hidden(form, "token"), ...CHOICES, keep: "file", ...chosen });
  return browser.follow(sent, "/setup");
}

/** Presses the button that makes the App at GitHub; answers the path that GitHub leads back to. */
export async function makeApp(confirming: Answer): Promise<string> {
  const registered = await fetch(actionOf(confirming), {
    method: "POST",
    body: new URLSearchParams({ manifest: hidden(confirming, "manifest") }),
    redirect: "manual",
  });
  const back = registered.headers.get("location");
  if (back === null) throw new Error(`GitHub refused the manifest: ${await registered.text()}`);
  return new URL(back).pathname + new URL(back).search;
}
