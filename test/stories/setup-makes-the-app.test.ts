// From a start without credentials to a running server with an App of its own, through the pages that people see.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { choose, hidden, makeApp, openBrowser, startUnconfigured, wordsOf } from "../setup/process.ts";
import { type GitHub, startGitHub } from "../support/github/github.ts";
import { ACME, SECRET } from "../support/start-app.ts";

const POLICY = "version: 1\nmode: observe\n";

async function openGitHub(): Promise<GitHub> {
  const github = await startGitHub({
    webhookSecret: SECRET,
    ...ACME,
    installations: [],
    repositories: [{ name: "acme-db/.github-private", files: { ".github/patch-advocate.yml": POLICY } }],
  });
  onTestFinished(() => github.close());
  return github;
}

function folderWith(env: string): string {
  const folder = mkdtempSync(join(tmpdir(), "patch-advocate-setup-"));
  writeFileSync(join(folder, ".env"), env, { mode: 0o644 });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("the App is made from app.yml, kept in .env, and serves at once; the checklist goes on until all is there", async () => {
  const github = await openGitHub();
  const folder = folderWith("# Ours\nAPP_ID=\nLOG_LEVEL=info # as before\n");
  const server = await startUnconfigured({ github, folder });
  const origin = `http://127.0.0.1:${server.port}`;
  const withPlaces = (text: string) =>
    text
      .replaceAll(folder, "FOLDER")
      .replaceAll(origin, "ORIGIN")
      .replaceAll(github.webUrl, "GITHUB")
      .replaceAll(new URL(github.webUrl).host, "GITHUB-HOST")
      .replaceAll(server.code, "CODE")
      .replaceAll(/the last at [0-9-]+ [0-9:]+/g, "the last at TIME");
  // What it prints for people comes by another pipe than its log.
  await vi.waitFor(() => expect(server.printed()).toContain("npm run demo"));
  expect(withPlaces(server.printed())).toMatchInlineSnapshot(`
    "Patch Advocate has no GitHub App yet: APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are not set.

    Open the set-up page in a browser. It makes the App and goes on from there, without a restart:
      on this machine   ORIGIN/setup
      from elsewhere    ORIGIN/setup?code=CODE
                        (the code opens the page once; another host name or a proxy in front is fine)

    By hand instead: docs/setup.md. No GitHub account at hand? \`npm run demo\` shows everything without one.
    "
  `);

  server.hangUp();
  await server.said("there is no GitHub App yet, and so no secret to read again");
  const browser = openBrowser(server.port);
  const form = await browser.follow(await browser.get("/"), "/");
  const confirming = await choose(browser);
  const back = await makeApp(confirming);
  const made = await browser.get(back);
  const checklist = await browser.follow(made, back);
  const pages = [form, confirming, checklist].map((page) => withPlaces(wordsOf(page)));

  expect([made.status, made.headers.location]).toEqual([303, "checklist"]);
  expect(JSON.parse(withPlaces(hidden(confirming, "manifest")))).toMatchInlineSnapshot(`
    {
      "callback_urls": [
        "https://patches.acme.example/sign-in/github/callback",
      ],
      "default_events": [
        "pull_request",
        "pull_request_review",
        "pull_request_review_comment",
        "issue_comment",
        "issues",
        "label",
        "release",
        "create",
        "push",
        "repository",
        "organization",
        "member",
        "membership",
        "team",
      ],
      "default_permissions": {
        "checks": "write",
        "contents": "read",
        "issues": "write",
        "members": "read",
        "metadata": "read",
        "pull_requests": "write",
        "statuses": "read",
      },
      "description": "Sees to it that patches written for customers are answered.",
      "hook_attributes": {
        "active": true,
        "url": "https://patches.acme.example/api/github/webhooks",
      },
      "name": "Patch Advocate",
      "public": false,
      "redirect_url": "ORIGIN/setup/made",
      "setup_url": "https://patches.acme.example/setup/installed",
      "url": "https://patches.acme.example",
    }
  `);
  server.hangUp();
  await server.said("read again: no secret has changed");
  expect(statSync(join(folder, ".env")).mode & 0o777).toBe(0o600);
  const written = readFileSync(join(folder, ".env"), "utf8");
  expect(parseEnv(written)).toEqual({
    APP_ID: String(github.appId),
    LOG_LEVEL: "info",
    PRIVATE_KEY: Buffer.from(github.privateKey).toString("base64"),
    WEBHOOK_SECRET: SECRET,
    GITHUB_CLIENT_ID: `Iv1.${github.appId}`,
    GITHUB_CLIENT_SECRET: "an-emulated-client-secret",
    PUBLIC_URL: "https://patches.acme.example",
  });
  expect(written.split("\n").slice(0, 3)).toEqual(["# Ours", `APP_ID=${github.appId}`, "LOG_LEVEL=info # as before"]);

  // What GitHub says when somebody installs the App reaches the same process, on the same port.
  github.webhookUrl = `${origin}/api/github/webhooks`;
  github.install("acme-db", "all");
  await github.settled();
  expect(github.deliveries.map(({ event, status }) => [event, status])).toEqual([["installation", 202]]);
  const spoofed = await openBrowser(server.port).get("/setup/installed?installation_id=1&setup_action=install");
  const own = await browser.get("/setup/installed?installation_id=1");
  expect(own.headers.location).toBe("checklist");
  await until(async () => wordsOf(await browser.get("/setup/checklist")).includes("done: acme-db/.github-private"));
  pages.push(withPlaces(wordsOf(await browser.get("/setup/checklist"))), wordsOf(spoofed));
  expect(pages.join("\n\n=====\n\n")).toMatchInlineSnapshot(`
    "Set up Patch Advocate
    There is no GitHub App yet. Three steps make one: you say here where it belongs, GitHub shows what it will be and makes it at your press, and this server takes over its credentials and starts.
    Organisation
    [input organization]
    Its name on GitHub, as in github.com/NAME; you must own it. Empty: your own account.
    The App is made at GITHUB, as GITHUB_WEB_URL says.
    Public address of this server
    [input publicUrl]
    Under it people open the board, and GitHub delivers webhooks: such as https://patches.acme.example, with your TLS proxy in front.
    Webhook channel, only for trying out
    [input proxyUrl]
    GitHub cannot deliver to localhost. On a machine that it cannot reach, open a channel at https://smee.io/new and put its address here. The channel is public: never with customers' repositories.
    Where should the credentials be kept?
    In the file .env in the server's folder, readable by its user alone; or shown once here, for a secret store.
    [button keep] Next, and keep them in .env
    [button keep] Next, and show them once

    =====

    Make the App at GitHub
    GitHub will show a page that asks for the App's name and has a button “Create GitHub App”. After it you are back here.
    What GitHub will be asked for
    Made at | GITHUB |
    Owner | acme-db |
    This server | https://patches.acme.example |
    Webhooks go to | https://patches.acme.example/api/github/webhooks |
    Credentials | are written into .env |
    Permissions | contents: read; metadata: read; members: read; statuses: read; checks: read and write; issues: read and write; pull_requests: read and write;  |
    Events | pull_request, pull_request_review, pull_request_review_comment, issue_comment, issues, label, release, create, push, repository, organization, member, membership, team |
    Names of Apps are taken once on all of GitHub: if “Patch Advocate” is, add your own there.
    [button] Make the App at GITHUB-HOST
    Change something (../setup)

    =====

    Patch Advocate runs
    It observes and writes nothing until a policy says otherwise. This is what is there, and what comes next.
    The credentials are in FOLDER/.env, which only the server's user can read. Keep a copy where you keep secrets.
    From the App to the first customer
    Step | State | What to do |
    App made | done: Patch Advocate | The App's settings at GitHub (GITHUB/organizations/acme-db/settings/apps/patch-advocate) |
    App installed | open: nowhere yet | Install the App where your patches, your cases and your policy are. Install the App (GITHUB/apps/patch-advocate/installations/new) |
    Webhook seen | open: none yet | One comes with the installation. If none does, see “Advanced” on the App's settings page at GitHub: it lists each delivery and what this server answered. |
    Policy found | open: none yet | Commit .github/patch-advocate.yml to your organisation's .github-private repository; begin with mode: observe. A check on the commit names every error. |
    Customers imported | open: none yet | npx patch-advocate customers import customers.yml |
    This page looks again every ten seconds. It can be seen in this browser until the server starts anew.

    =====

    Patch Advocate runs
    It observes and writes nothing until a policy says otherwise. This is what is there, and what comes next.
    The credentials are in FOLDER/.env, which only the server's user can read. Keep a copy where you keep secrets.
    From the App to the first customer
    Step | State | What to do |
    App made | done: Patch Advocate | The App's settings at GitHub (GITHUB/organizations/acme-db/settings/apps/patch-advocate) |
    App installed | done: acme-db |  Install the App (GITHUB/apps/patch-advocate/installations/new) |
    Webhook seen | done: the last at TIME (UTC) |  |
    Policy found | done: acme-db/.github-private/.github/patch-advocate.yml |  |
    Customers imported | open: none yet | npx patch-advocate customers import customers.yml |
    This page looks again every ten seconds. It can be seen in this browser until the server starts anew.

    =====

    Patch Advocate is installed
    GitHub tells the server by itself, which now reads what is open there. You can close this page.
    It observes until a policy says otherwise: commit .github/patch-advocate.yml to your organisation's .github-private repository, or to one repository.
    Whoever runs the server imports your customers and cases.
    The board shows where each customer's patch stands."
  `);

  // Nobody else sees it, and the way in is closed.
  const stranger = openBrowser(server.port);
  expect((await stranger.get("/setup/checklist")).status).toBe(404);
  expect((await stranger.get(`/setup?code=${server.code}`)).status).toBe(404);
  expect((await stranger.post("/setup/enter", { code: server.code })).status).toBe(404);
  expect((await browser.get(back)).status).toBe(404);
  for (const secret of [SECRET, "an-emulated-client-secret", "BEGIN", "LS0t"])
    expect(server.logs()).not.toContain(secret);
  expect(await server.stop()).toBe(0);

  const again = await startUnconfigured({ github, folder, until: "ready" });
  expect(again.printed()).toBe("");
  expect((await openBrowser(again.port).get("/setup/checklist")).status).toBe(404);
  expect(await again.stop()).toBe(0);
});

/** What happens in another process can only be looked for, again and again. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > endsAt) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
