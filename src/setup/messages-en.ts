// The texts of the set-up page, in English.
import { minuteOf } from "../choices/messages.ts";
import type { SetupTexts } from "./messages.ts";

const listed = (names: readonly string[], count: number): string =>
  count > names.length
    ? `${names.join(", ")} and ${(count - names.length).toLocaleString("en")} more`
    : names.join(", ");

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

export const SETUP_IN_ENGLISH: SetupTexts = {
  title: "Set up Patch Advocate",
  enter: {
    hint: "The server printed it when it started, at the end of the address of this page.",
    code: "Code",
    button: "Open the set-up page",
  },
  stop: (stop) => {
    switch (stop.code) {
      case "not-let-in":
        return {
          title: "Set-up needs the code",
          text: "Without it this page opens only on the machine itself, at localhost and with no proxy between. Enter the code that the server printed when it started.",
        };
      case "wrong-code":
        return { title: "This is not the code", text: "Copy it whole from what the server printed when it started." };
      case "used-code":
        return {
          title: "This code has been used",
          text: "It opens the page once. Go on in the browser where it was used, or start the server again: it prints a new one. If it was not you who used it, start the server again now.",
        };
      case "too-often":
        return { title: "Too many codes", text: "Wait a minute, then enter the code again." };
      case "form-expired":
        return {
          title: "Nothing was done",
          text: "This form was not from this browser's set-up page, or was open for longer than a day. Begin again.",
        };
      case "nothing-begun":
        return {
          title: "No App was taken over",
          text: "This browser has begun nothing that leads here, or has been here already: a way back from GitHub counts once. If GitHub has just made an App, delete it on its settings page at GitHub. Then begin again.",
        };
      case "forged-state":
        return {
          title: "No App was taken over",
          text: "This way back from GitHub was not begun by this browser's set-up page. Somebody may have sent you the link, so that this server takes over their App. If you have just made an App yourself, delete it on its settings page at GitHub. Then begin again.",
        };
      case "late-state":
        return {
          title: "This took longer than an hour",
          text: "GitHub allows an hour from the form to here. Delete the App on its settings page at GitHub, then begin again.",
        };
      case "no-code":
        return {
          title: "GitHub made no App",
          text: "It led back here without a code. Begin again, and press its button “Create GitHub App”.",
        };
      case "not-reached":
        return {
          title: "GitHub was not reached",
          text: `The App is made, but this server could not fetch its credentials from ${stop.host}. See that it can reach ${stop.host}, then try again: GitHub keeps them for an hour.`,
        };
      case "unknown-code":
        return {
          title: "GitHub does not know this code",
          text: "It was used already or is older than an hour. Delete the App on its settings page at GitHub, then begin again.",
        };
      case "refused":
        return {
          title: "GitHub refused to hand over the App",
          text: `It answered ${stop.status}${stop.message === "" ? "" : `: “${stop.message}”`}. Delete the App on its settings page at GitHub, then begin again.`,
        };
      case "not-understood":
        return {
          title: "GitHub's answer was not understood",
          text: "It holds no App ID, private key, client secret or webhook secret as GitHub describes them. Delete the App on its settings page at GitHub, then begin again; or make it by hand, as the README says.",
        };
      case "made-elsewhere":
        return {
          title: "The App is made already",
          text: "Another browser has made it. Go on there, or start the server again.",
        };
      case "missing":
        return {
          title: "There is nothing here",
          text: "The set-up page and its checklist are open only until the server starts anew, in the browser that made the App.",
        };
      case "too-large":
        return {
          title: "This is too much",
          text: "Nothing was done: what was sent is larger than any form of this page.",
        };
      case "failed":
        return { title: "This did not work", text: "The server's log says why. Try again in a minute." };
    }
  },
  again: "Begin again",
  retry: "Try again",
  form: {
    intro:
      "There is no GitHub App yet. Three steps make one: you say here where it belongs, GitHub shows what it will be and makes it at your press, and this server takes over its credentials and starts.",
    wrong: "Nothing was done yet: please look at the marked fields.",
    organization: "Organisation",
    organizationHint: "Its name on GitHub, as in github.com/NAME; you must own it. Empty: your own account.",
    host: "GitHub Enterprise host",
    hostHint: "Such as github.acme.example or acme.ghe.com. Empty: github.com.",
    hostFixed: (webUrl, variable) => `The App is made at ${webUrl}, as ${variable} says.`,
    publicUrl: "Public address of this server",
    publicUrlHint:
      "Under it people open the board, and GitHub delivers webhooks: such as https://patches.acme.example, with your TLS proxy in front.",
    proxyUrl: "Webhook channel, only for trying out",
    proxyUrlHint:
      "GitHub cannot deliver to localhost. On a machine that it cannot reach, open a channel at https://smee.io/new and put its address here. The channel is public: never with customers' repositories.",
    fixed: (variable) => `Set by ${variable} in the environment.`,
    keep: "Where should the credentials be kept?",
    keepHint:
      "In the file .env in the server's folder, readable by its user alone; or shown once here, for a secret store.",
    notWritable: "The server's folder cannot be written to, so the credentials will be shown once, for a secret store.",
    inTheWay: (variables) =>
      `The environment sets ${listed(variables, variables.length)}, and it wins over .env: the credentials will be shown once, to be set there. To have them written into .env instead, unset ${variables.length === 1 ? "it" : "them"} and start the server again.`,
    toFile: "Next, and keep them in .env",
    toShow: "Next, and show them once",
    problem: ({ code }) => {
      switch (code) {
        case "not-a-login":
          return "This is no name of an account: letters, digits and single hyphens, 39 at most, such as acme-db.";
        case "not-a-host":
          return "This is no host: write it as github.acme.example, without a path.";
        case "not-an-address":
          return "This is no address: write it whole, such as https://patches.acme.example, without ? and #.";
        case "address-missing":
          return "Please say under which address this server is reached.";
        case "not-reachable":
          return "GitHub cannot deliver webhooks to this address, since only your own machine or network knows it. Put a public one here, or fill in the webhook channel.";
        case "proxy-is-inside":
          return "GitHub cannot reach this channel: it needs a public address.";
        case "cannot-keep":
          return "The credentials cannot be kept in .env here: choose to be shown them.";
      }
    },
  },
  confirm: {
    title: "Make the App at GitHub",
    intro:
      "GitHub will show a page that asks for the App's name and has a button “Create GitHub App”. After it you are back here.",
    asked: "What GitHub will be asked for",
    owner: "Owner",
    ownAccount: "your own account",
    at: "Made at",
    hook: "Webhooks go to",
    proxied: (proxyUrl) => `${proxyUrl} (a channel, only for trying out)`,
    page: "This server",
    permissions: "Permissions",
    events: "Events",
    access: { read: "read", write: "read and write", admin: "admin" },
    credentials: "Credentials",
    keep: { file: "are written into .env", show: "are shown once" },
    name: "Names of Apps are taken once on all of GitHub: if “Patch Advocate” is, add your own there.",
    button: (host) => `Make the App at ${host}`,
    change: "Change something",
  },
  credentials: {
    title: (name) => `“${name}” is made: store its credentials`,
    because: {
      asked: "As you chose, nothing was written to disk.",
      "not-writable": ".env could not be written, so the credentials are only in this server's memory.",
      "variables-in-the-way":
        "The environment sets some of these variables and wins over .env, so nothing was written.",
    },
    once: "Put them into your secret store now. They are shown in this browser until you press the button, then never again. Whoever has them can act as the App.",
    unset: (variables) =>
      `Replace what the environment says of ${listed(variables, variables.length)}, before the next start.`,
    what: "What each of them is",
    variable: "Variable",
    meaning: "What it is",
    meanings: {
      APP_ID: "the App's number",
      PRIVATE_KEY: "the App's private key, the .pem file in base64",
      WEBHOOK_SECRET: "signs GitHub's deliveries",
      GITHUB_CLIENT_ID: "names the App at sign-in to the board",
      GITHUB_CLIENT_SECRET: "proves the App at sign-in to the board",
      PUBLIC_URL: "where people and GitHub reach this server; no secret",
      WEBHOOK_PROXY_URL: "the channel through which webhooks come; no secret",
      GHE_HOST: "where GitHub is; no secret",
      GITHUB_API_URL: "where GitHub's API is; no secret",
    },
    lines: "All of them, a line each",
    button: "I have stored them: start Patch Advocate",
  },
  start: {
    failed: "The App is made, but Patch Advocate could not start",
    written: (path) => `Its credentials are in ${path}, so nothing has to be made again.`,
    shown: "Its credentials are the ones that you stored, so nothing has to be made again.",
    because: (words) => `The reason: ${words}`,
    button: "Start Patch Advocate",
  },
  checklist: {
    title: "Patch Advocate runs",
    intro: "It observes and writes nothing until a policy says otherwise. This is what is there, and what comes next.",
    written: (path) =>
      `The credentials are in ${path}, which only the server's user can read. Keep a copy where you keep secrets.`,
    list: "From the App to the first customer",
    item: "Step",
    state: "State",
    next: "What to do",
    names: {
      app: "App made",
      installed: "App installed",
      webhook: "Webhook seen",
      policy: "Policy found",
      customers: "Customers imported",
    },
    done: "done",
    open: "open",
    nothingLeft: "Nothing left to do here.",
    found: {
      app: ({ name }) => name,
      installed: ({ owners, count }) => (count === 0 ? "nowhere yet" : listed(owners, count)),
      webhook: ({ at }) => (at === null ? "none yet" : `the last at ${minuteOf(at, "UTC")}`),
      policy: ({ paths, count, withErrors }) =>
        count === 0
          ? "none yet"
          : `${listed(paths, count)}${withErrors === 0 ? "" : `; ${counted(withErrors, "file has", "files have")} errors`}`,
      customers: ({ count }) => (count === 0 ? "none yet" : counted(count, "customer", "customers")),
    },
    todo: {
      installed: "Install the App where your patches, your cases and your policy are.",
      webhook:
        "One comes with the installation. If none does, see “Advanced” on the App's settings page at GitHub: it lists each delivery and what this server answered.",
      policy:
        "Commit .github/patch-advocate.yml to your organisation's .github-private repository; begin with mode: observe. A check on the commit names every error.",
      customers: "npx patch-advocate customers import customers.yml",
    },
    settings: "The App's settings at GitHub",
    install: "Install the App",
    refreshes: "This page looks again every ten seconds.",
    where: "It can be seen in this browser until the server starts anew.",
  },
  installed: {
    title: "Patch Advocate is installed",
    text: "GitHub tells the server by itself, which now reads what is open there. You can close this page.",
    next: [
      "It observes until a policy says otherwise: commit .github/patch-advocate.yml to your organisation's .github-private repository, or to one repository.",
      "Whoever runs the server imports your customers and cases.",
      "The board shows where each customer's patch stands.",
    ],
  },
};
