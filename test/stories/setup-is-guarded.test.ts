// The set-up page against everybody who should not make this server's App, and where its credentials cannot be written.
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { type Answer, choose, hidden, makeApp, openBrowser, startUnconfigured, wordsOf } from "../setup/process.ts";
import { type GitHub, startGitHub } from "../support/github/github.ts";
import { ACME, SECRET } from "../support/start-app.ts";

async function openGitHub(): Promise<GitHub> {
  const github = await startGitHub({ webhookSecret: SECRET, ...ACME, installations: [], repositories: [] });
  onTestFinished(() => github.close());
  return github;
}

const FROM_OUTSIDE = { "x-forwarded-for": "203.0.113.9", host: "patches.acme.example" };

test("only this machine and the code open it, and GitHub's way back counts once, for the browser that began it", async () => {
  const github = await openGitHub();
  const server = await startUnconfigured({ github });
  const outside = openBrowser(server.port, FROM_OUTSIDE);
  const said: string[] = [];
  const refused = async (what: string, answer: Answer | Promise<Answer>) => {
    const { status, text, headers } = await answer;
    expect([headers["cache-control"], headers["set-cookie"]]).toEqual(["no-store", undefined]);
    const [title = ""] = /(?<=<h1>)[^<]*/.exec(text) ?? [];
    said.push(`${what}: ${status} ${title}`);
  };

  // The door.
  await refused("a proxy's visitor", outside.get("/setup"));
  await refused("a proxy by the standard", openBrowser(server.port, { forwarded: "for=203.0.113.9" }).get("/setup"));
  await refused("another name", openBrowser(server.port, { host: `evil.example:${server.port}` }).get("/setup"));
  await refused("a wrong code", outside.post("/setup/enter", { code: "A".repeat(24) }));
  await refused(
    "the code from a page elsewhere",
    outside.post("/setup/enter", { code: server.code }, { origin: "https://evil.example" }),
  );
  await refused("the code shown, not pressed", outside.get(`/setup?code=${server.code}`));
  expect((await outside.get("/setup")).status).toBe(403);
  const entered = await outside.post("/setup/enter", { code: server.code }, { origin: "https://patches.acme.example" });
  expect([
    entered.status,
    entered.headers.location,
    entered.headers["set-cookie"]?.[0]?.replace(/=[^;]+/, "=…"),
  ]).toEqual([303, "../setup", "patch-advocate-setup=…; Path=/; HttpOnly; Secure; SameSite=Lax"]);
  expect((await outside.get("/setup")).text).toContain('value="http://patches.acme.example"');
  await refused(
    "the code once more",
    openBrowser(server.port, FROM_OUTSIDE).post("/setup/enter", { code: server.code }),
  );
  for (let tries = 0; tries < 10; tries += 1)
    await openBrowser(server.port, FROM_OUTSIDE).post("/setup/enter", { code: "x" });
  await refused("guessing", openBrowser(server.port, FROM_OUTSIDE).post("/setup/enter", { code: server.code }));

  // The form.
  const local = openBrowser(server.port);
  const form = await local.get("/setup");
  const token = hidden(form, "token");
  const sent = { token, organization: "acme-db", publicUrl: "https://patches.acme.example", keep: "file" };
  await refused("a form from elsewhere", local.post("/setup", sent, { origin: "https://evil.example" }));
  await refused("a form without a token", local.post("/setup", { ...sent, token: "" }));
  await refused(
    "another browser's token",
    local.post("/setup", { ...sent, token: hidden(await outside.get("/setup"), "token") }),
  );
  await refused("a form without a cookie", openBrowser(server.port).post("/setup", sent));
  await refused("a flood", local.post("/setup", { ...sent, organization: "a".repeat(70_000) }));
  const wrong = await local.post("/setup", { ...sent, organization: "<b>", publicUrl: "http://localhost:3000" });
  expect([
    wrong.status,
    wrong.text.includes('value="&lt;b&gt;"'),
    wrong.text.match(/aria-invalid="true"/g)?.length,
  ]).toEqual([422, true, 2]);

  // The way back.
  const confirming = await choose(local);
  expect(confirming.headers["content-security-policy"]).toContain(
    `form-action 'self' ${new URL(github.webUrl).origin};`,
  );
  const back = await makeApp(confirming);
  const [path = "", query = ""] = back.split("?");
  const { code = "", state = "" } = Object.fromEntries(new URLSearchParams(query));
  await refused("no cookie", openBrowser(server.port).get(back));
  await refused("another browser", outside.get(back));
  await refused("a forged state", local.get(`${path}?code=${code}&state=${state.slice(1)}x`));
  await refused("no state", local.get(`${path}?code=${code}`));
  github.fault({ method: "POST", path: /^\/app-manifests\// }, { status: 503 }, { times: 1 });
  await refused("GitHub away", local.get(back));
  expect(github.requests.filter(({ isWrite }) => isWrite)).toHaveLength(1);
  expect((await local.get(back)).headers.location).toBe("checklist");
  await server.said("ready");
  await refused("the way back once more", local.get(back));
  expect(github.requests.filter(({ isWrite }) => isWrite)).toHaveLength(2);
  expect(said).toMatchInlineSnapshot(`
    [
      "a proxy's visitor: 403 Set-up needs the code",
      "a proxy by the standard: 403 Set-up needs the code",
      "another name: 403 Set-up needs the code",
      "a wrong code: 403 This is not the code",
      "the code from a page elsewhere: 403 Nothing was done",
      "the code shown, not pressed: 200 Set up Patch Advocate",
      "the code once more: 403 This code has been used",
      "guessing: 403 Too many codes",
      "a form from elsewhere: 403 Nothing was done",
      "a form without a token: 403 Nothing was done",
      "another browser's token: 403 Nothing was done",
      "a form without a cookie: 403 Nothing was done",
      "a flood: 413 This is too much",
      "no cookie: 403 No App was taken over",
      "another browser: 403 No App was taken over",
      "a forged state: 403 No App was taken over",
      "no state: 403 No App was taken over",
      "GitHub away: 500 GitHub was not reached",
      "the way back once more: 404 ",
    ]
  `);
  expect(await server.stop()).toBe(0);
});

test("a code that GitHub does not know, or a state without a code, makes no App", async () => {
  const github = await openGitHub();
  const server = await startUnconfigured({ github });
  const local = openBrowser(server.port);
  const state = async () => new URLSearchParams((await makeApp(await choose(local))).split("?")[1]).get("state") ?? "";

  const unknown = await local.get(`/setup/made?code=guessed&state=${await state()}`);
  const none = await local.get(`/setup/made?state=${await state()}`);
  const webhook = await local.post("/api/github/webhooks", {});

  expect([unknown.status, wordsOf(unknown)]).toMatchInlineSnapshot(`
    [
      422,
      "GitHub does not know this code
    It was used already or is older than an hour. Delete the App on its settings page at GitHub, then begin again.
    Begin again (../setup)",
    ]
  `);
  expect([none.status, wordsOf(none)]).toMatchInlineSnapshot(`
    [
      400,
      "GitHub made no App
    It led back here without a code. Begin again, and press its button “Create GitHub App”.
    Begin again (../setup)",
    ]
  `);
  expect([webhook.status, webhook.text]).toEqual([503, "There is no GitHub App yet.\n"]);
  expect((await local.get("/readyz")).status).toBe(503);
  expect(await server.stop()).toBe(0);
});

/** Fails late in a start, when the schema is up to date. */
const REFUSE_SECRET =
  "create trigger refuse_secret before insert on settings when new.name = 'session-secret' begin select raise(abort, 'not today'); end";

function changeDatabase(path: string, statement: string): void {
  const database = new DatabaseSync(path);
  database.exec(statement);
  database.close();
}

test("a server that cannot start keeps its credentials, leaves nothing open and starts at a later press", async () => {
  const github = await openGitHub();
  const folder = mkdtempSync(join(tmpdir(), "patch-advocate-setup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "data"), "in the way of a folder");
  const server = await startUnconfigured({ github, folder });
  const browser = openBrowser(server.port);
  const back = await makeApp(await choose(browser));

  const failed = await browser.get(back);
  const stillThere = await browser.follow(await browser.get(back), back);
  rmSync(join(folder, "data"));
  const press = () => browser.post("/setup/start", { token: hidden(failed, "token") });
  const path = join(folder, "data", "patch-advocate.db");
  await (await openDatabase(`sqlite:${path}`)).close();
  changeDatabase(path, REFUSE_SECRET);
  const refused = await press();
  for (let presses = 0; presses < 10; presses += 1) await press();
  // A file of SQLite's has company as long as anybody has it open.
  const company = readdirSync(join(folder, "data")).filter(
    (name) => name.includes(".db-") && !name.includes("-server"),
  );
  changeDatabase(path, "drop trigger refuse_secret");
  const started = await press();
  await server.said("ready");

  expect([failed.status, wordsOf(failed).replaceAll(folder, "FOLDER")]).toMatchInlineSnapshot(`
    [
      500,
      "The App is made, but Patch Advocate could not start
    Its credentials are in FOLDER/.env, so nothing has to be made again.
    The reason: EEXIST: file already exists, mkdir 'data'
    [button] Start Patch Advocate",
    ]
  `);
  expect(stillThere.status).toBe(200);
  expect([refused.status, wordsOf(refused).replaceAll(folder, "FOLDER")]).toMatchInlineSnapshot(`
    [
      500,
      "The App is made, but Patch Advocate could not start
    Its credentials are in FOLDER/.env, so nothing has to be made again.
    The reason: not today
    [button] Start Patch Advocate",
    ]
  `);
  expect([company, server.printed().match(/\w*Warning/g)]).toEqual([[], null]);
  expect([started.status, started.headers.location]).toEqual([303, "checklist"]);
  expect((await browser.get("/readyz")).text).toBe("ready\n");
  expect(await server.stop()).toBe(0);
});

test("where .env cannot be written the credentials are shown until they are stored, in the reader's language", async () => {
  const github = await openGitHub();
  const folder = mkdtempSync(join(tmpdir(), "patch-advocate-setup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // Where nothing can be made, not even by the user who may do everything.
  symlinkSync("nowhere/.env", join(folder, ".env"));
  const server = await startUnconfigured({ github, folder });
  const browser = openBrowser(server.port, { "accept-language": "ja" });
  const withPlaces = (text: string) =>
    text
      .replaceAll(github.webUrl, "GITHUB")
      .replaceAll(new URL(github.webUrl).host, "GITHUB-HOST")
      .replaceAll(Buffer.from(github.privateKey).toString("base64"), "KEY");

  const form = await browser.get("/setup");
  const refused = await browser.post("/setup", {
    token: hidden(form, "token"),
    publicUrl: "http://localhost:3000",
    proxyUrl: "http://localhost/x",
    organization: "a/b",
    keep: "file",
  });
  const confirming = await choose(browser, { organization: "", keep: "show" });
  const back = await makeApp(confirming);
  const shown = await browser.follow(await browser.get(back), back);
  const again = await browser.follow(await browser.get(back), back);
  const others = await openBrowser(server.port).get("/setup/credentials");
  const started = await browser.post("/setup/start", { token: hidden(shown, "token") });
  await server.said("ready");
  const checklist = await browser.follow(started, "/setup/start");

  expect(again.text).toBe(shown.text);
  expect([others.status, others.text.includes("APP_ID=")]).toEqual([403, false]);
  expect([refused.status, started.status]).toEqual([422, 303]);
  expect(
    [form, refused, confirming, shown, checklist].map((page) => withPlaces(wordsOf(page))).join("\n\n=====\n\n"),
  ).toMatchInlineSnapshot(`
    "Patch Advocate のセットアップ
    GitHub App がまだありません。3 つの手順で作成します。まずこのページで所有者などを指定します。次に GitHub が内容を表示し、ボタンを押すと App が作成されます。最後にこのサーバーが認証情報を引き継いで起動します。
    Organization
    [input organization]
    GitHub 上の名前（github.com/NAME の NAME）をご入力ください。その Organization のオーナーである必要があります。空欄の場合は、ご自身のアカウントになります。
    App は GITHUB に作成されます（GITHUB_WEB_URL による設定）。
    このサーバーの公開アドレス
    [input publicUrl]
    ボードを開くアドレスであり、GitHub が Webhook を送る先でもあります。例：https://patches.acme.example（前段に TLS プロキシを置いてください）。
    Webhook のチャンネル（お試し専用）
    [input proxyUrl]
    GitHub は localhost には配信できません。GitHub から到達できないマシンでは、https://smee.io/new でチャンネルを開き、そのアドレスをご入力ください。チャンネルは公開されるため、お客様のリポジトリでは決して使わないでください。
    認証情報の保管先
    サーバーのフォルダーに書き込めないため、認証情報はシークレットストアに登録するために一度だけ表示されます。
    [button keep] 次へ（一度だけ表示する）

    =====

    Patch Advocate のセットアップ
    GitHub App がまだありません。3 つの手順で作成します。まずこのページで所有者などを指定します。次に GitHub が内容を表示し、ボタンを押すと App が作成されます。最後にこのサーバーが認証情報を引き継いで起動します。
    まだ何も行われていません。印のついた項目をご確認ください。
    Organization
    [input organization]
    アカウント名ではありません。英数字とハイフンで 39 文字以内です。例：acme-db
    GitHub 上の名前（github.com/NAME の NAME）をご入力ください。その Organization のオーナーである必要があります。空欄の場合は、ご自身のアカウントになります。
    App は GITHUB に作成されます（GITHUB_WEB_URL による設定）。
    このサーバーの公開アドレス
    [input publicUrl]
    ボードを開くアドレスであり、GitHub が Webhook を送る先でもあります。例：https://patches.acme.example（前段に TLS プロキシを置いてください）。
    Webhook のチャンネル（お試し専用）
    [input proxyUrl]
    GitHub はこのチャンネルに到達できません。公開アドレスが必要です。
    GitHub は localhost には配信できません。GitHub から到達できないマシンでは、https://smee.io/new でチャンネルを開き、そのアドレスをご入力ください。チャンネルは公開されるため、お客様のリポジトリでは決して使わないでください。
    認証情報の保管先
    ここでは .env に書き込めません。表示するほうをお選びください。
    サーバーのフォルダーに書き込めないため、認証情報はシークレットストアに登録するために一度だけ表示されます。
    [button keep] 次へ（一度だけ表示する）

    =====

    GitHub で App を作成する
    GitHub のページで App の名前を確認し、「Create GitHub App」ボタンを押してください。その後、このページに戻ります。
    GitHub に依頼する内容
    作成先 | GITHUB |
    所有者 | ご自身のアカウント |
    このサーバー | https://patches.acme.example |
    Webhook の送信先 | https://patches.acme.example/api/github/webhooks |
    認証情報 | 一度だけ表示します |
    権限 | contents: 読み取り; metadata: 読み取り; members: 読み取り; statuses: 読み取り; checks: 読み取りと書き込み; issues: 読み取りと書き込み; pull_requests: 読み取りと書き込み;  |
    イベント | pull_request, pull_request_review, pull_request_review_comment, issue_comment, issues, label, release, create, push, repository, organization, member, membership, team |
    App の名前は GitHub 全体で一つしか使えません。「Patch Advocate」が使われている場合は、GitHub のページで名前を変えてください。
    [button] GITHUB-HOST で App を作成する
    内容を変更する (../setup)

    =====

    「Patch Advocate」を作成しました。認証情報を保管してください
    .env に書き込めなかったため、認証情報はこのサーバーのメモリーにのみあります。
    今すぐシークレットストアに登録してください。ボタンを押すまではこのブラウザーに表示されますが、その後は二度と表示されません。認証情報を持つ人は、誰でもこの App として動作できます。
    各変数の内容
    変数 | 内容 |
    APP_ID | App の番号 |
    PRIVATE_KEY | App の秘密鍵（.pem ファイルを base64 にしたもの） |
    WEBHOOK_SECRET | GitHub からの配信の署名に使うもの |
    GITHUB_CLIENT_ID | ボードへのサインインで App を示すもの |
    GITHUB_CLIENT_SECRET | ボードへのサインインで App を証明するもの |
    PUBLIC_URL | このサーバーの公開アドレス（秘密ではありません） |
    すべての変数（1 行に 1 つ）
    [textarea]
    APP_ID=4242
    PRIVATE_KEY=KEY
    WEBHOOK_SECRET=a-secret-for-tests
    GITHUB_CLIENT_ID=Iv1.4242
    GITHUB_CLIENT_SECRET=an-emulated-client-secret
    PUBLIC_URL=https://patches.acme.example
    [button] 保管しました。Patch Advocate を起動する

    =====

    Patch Advocate が動いています
    ポリシーで指定されるまでは観察だけを行い、何も書き込みません。現在の状況と、次に行うことは次のとおりです。
    App の作成からお客様の取り込みまで
    手順 | 状況 | 次に行うこと |
    App の作成 | 完了: Patch Advocate | GitHub の App 設定ページ (GITHUB/settings/apps/patch-advocate) |
    App のインストール | 未完了: まだありません | パッチ、ケース、ポリシーのあるアカウントに App をインストールしてください。 App をインストールする (GITHUB/apps/patch-advocate/installations/new) |
    Webhook の受信 | 未完了: まだありません | インストールすると届きます。届かない場合は、GitHub の App 設定ページの「Advanced」で、各配信とこのサーバーの応答をご確認ください。 |
    ポリシー | 未完了: まだありません | Organization の .github-private リポジトリに .github/patch-advocate.yml をコミットしてください。最初は mode: observe をお勧めします。誤りがあれば、コミットのチェックに表示されます。 |
    お客様の取り込み | 未完了: まだありません | npx patch-advocate customers import customers.yml |
    このページは 10 秒ごとに更新されます。 サーバーを起動し直すまで、このブラウザーでご覧いただけます。"
  `);
  expect(readdirSync(folder)).not.toContain("nowhere");
  expect((await browser.get("/setup/credentials")).status).toBe(404);
  expect(server.logs()).not.toContain("an-emulated-client-secret");
  expect(await server.stop()).toBe(0);
});
