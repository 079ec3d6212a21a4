// The texts of the set-up page, in Japanese.
import { minuteOf } from "../choices/messages.ts";
import type { SetupTexts } from "./messages.ts";

const listed = (names: readonly string[], count: number): string =>
  count > names.length
    ? `${names.join("、")} ほか ${(count - names.length).toLocaleString("ja")} 件`
    : names.join("、");

export const SETUP_IN_JAPANESE: SetupTexts = {
  title: "Patch Advocate のセットアップ",
  enter: {
    hint: "サーバーの起動時に、このページのアドレスの末尾に表示されています。",
    code: "コード",
    button: "セットアップページを開く",
  },
  stop: (stop) => {
    switch (stop.code) {
      case "not-let-in":
        return {
          title: "セットアップにはコードが必要です",
          text: "コードがない場合、このページはサーバーと同じマシンの localhost から、プロキシを介さずに開いたときだけ表示されます。サーバーの起動時に表示されたコードをご入力ください。",
        };
      case "wrong-code":
        return {
          title: "コードが正しくありません",
          text: "サーバーの起動時に表示されたコードを、すべてコピーしてご入力ください。",
        };
      case "used-code":
        return {
          title: "このコードは使用済みです",
          text: "コードは一度だけ使えます。使用したブラウザーで続けるか、サーバーを起動し直して新しいコードをご確認ください。使用した覚えがない場合は、今すぐサーバーを起動し直してください。",
        };
      case "too-often":
        return {
          title: "コードの入力が多すぎます",
          text: "1 分ほど待ってから、もう一度コードをご入力ください。",
        };
      case "form-expired":
        return {
          title: "まだ何も行われていません",
          text: "このブラウザーのセットアップページから送られたフォームではないか、開いてから 1 日以上経過しています。最初からやり直してください。",
        };
      case "nothing-begun":
        return {
          title: "App は引き継がれていません",
          text: "このブラウザーでは手続きが始まっていないか、すでに一度ここに戻っています。GitHub から戻れるのは一度だけです。GitHub で App を作成した直後の場合は、GitHub の設定ページでその App を削除してから、最初からやり直してください。",
        };
      case "forged-state":
        return {
          title: "App は引き継がれていません",
          text: "このブラウザーのセットアップページから始まった手続きではありません。第三者が自分の App をこのサーバーに引き継がせようとして、リンクを送った可能性があります。ご自身で App を作成した直後の場合は、GitHub の設定ページでその App を削除してから、最初からやり直してください。",
        };
      case "late-state":
        return {
          title: "1 時間を過ぎました",
          text: "フォームの送信から 1 時間以内に戻る必要があります。GitHub の設定ページで App を削除してから、最初からやり直してください。",
        };
      case "no-code":
        return {
          title: "GitHub で App が作成されていません",
          text: "コードがないまま戻りました。最初からやり直し、GitHub の「Create GitHub App」ボタンを押してください。",
        };
      case "not-reached":
        return {
          title: "GitHub に接続できませんでした",
          text: `App は作成されましたが、このサーバーは ${stop.host} から認証情報を取得できませんでした。${stop.host} に接続できることを確認し、もう一度お試しください。GitHub は認証情報を 1 時間保持します。`,
        };
      case "unknown-code":
        return {
          title: "GitHub がこのコードを認識していません",
          text: "使用済みか、1 時間以上経過したコードです。GitHub の設定ページで App を削除してから、最初からやり直してください。",
        };
      case "refused":
        return {
          title: "GitHub が App の引き渡しを拒否しました",
          text: `GitHub の応答は ${stop.status} です${stop.message === "" ? "" : `（「${stop.message}」）`}。GitHub の設定ページで App を削除してから、最初からやり直してください。`,
        };
      case "not-understood":
        return {
          title: "GitHub の応答を解釈できませんでした",
          text: "GitHub の説明にある形の App ID、秘密鍵、クライアントシークレット、Webhook シークレットが含まれていません。GitHub の設定ページで App を削除してから最初からやり直すか、README の手順に従って手動で作成してください。",
        };
      case "made-elsewhere":
        return {
          title: "App はすでに作成されています",
          text: "別のブラウザーで作成されました。そのブラウザーで続けるか、サーバーを起動し直してください。",
        };
      case "missing":
        return {
          title: "ページが見つかりません",
          text: "セットアップページとチェックリストは、App を作成したブラウザーで、サーバーを起動し直すまでの間だけ表示されます。",
        };
      case "too-large":
        return {
          title: "送信内容が大きすぎます",
          text: "このページのどのフォームよりも大きいため、何も行われていません。",
        };
      case "failed":
        return {
          title: "処理できませんでした",
          text: "理由はサーバーのログに記録されています。1 分ほど待ってから、もう一度お試しください。",
        };
    }
  },
  again: "最初からやり直す",
  retry: "もう一度試す",
  form: {
    intro:
      "GitHub App がまだありません。3 つの手順で作成します。まずこのページで所有者などを指定します。次に GitHub が内容を表示し、ボタンを押すと App が作成されます。最後にこのサーバーが認証情報を引き継いで起動します。",
    wrong: "まだ何も行われていません。印のついた項目をご確認ください。",
    organization: "Organization",
    organizationHint:
      "GitHub 上の名前（github.com/NAME の NAME）をご入力ください。その Organization のオーナーである必要があります。空欄の場合は、ご自身のアカウントになります。",
    host: "GitHub Enterprise のホスト",
    hostHint: "例：github.acme.example、acme.ghe.com。空欄の場合は github.com になります。",
    hostFixed: (webUrl, variable) => `App は ${webUrl} に作成されます（${variable} による設定）。`,
    publicUrl: "このサーバーの公開アドレス",
    publicUrlHint:
      "ボードを開くアドレスであり、GitHub が Webhook を送る先でもあります。例：https://patches.acme.example（前段に TLS プロキシを置いてください）。",
    proxyUrl: "Webhook のチャンネル（お試し専用）",
    proxyUrlHint:
      "GitHub は localhost には配信できません。GitHub から到達できないマシンでは、https://smee.io/new でチャンネルを開き、そのアドレスをご入力ください。チャンネルは公開されるため、お客様のリポジトリでは決して使わないでください。",
    fixed: (variable) => `環境変数 ${variable} で設定されています。`,
    keep: "認証情報の保管先",
    keepHint:
      "サーバーのフォルダーにある .env ファイル（サーバーのユーザーだけが読めます）に書き込むか、シークレットストアに登録するためにこのページに一度だけ表示します。",
    notWritable:
      "サーバーのフォルダーに書き込めないため、認証情報はシークレットストアに登録するために一度だけ表示されます。",
    inTheWay: (variables) =>
      `環境変数 ${listed(variables, variables.length)} が設定されており、.env よりも優先されます。そのため認証情報は、そちらに設定していただくために一度だけ表示されます。.env に書き込む場合は、設定を取り除いてからサーバーを起動し直してください。`,
    toFile: "次へ（.env に書き込む）",
    toShow: "次へ（一度だけ表示する）",
    problem: ({ code }) => {
      switch (code) {
        case "not-a-login":
          return "アカウント名ではありません。英数字とハイフンで 39 文字以内です。例：acme-db";
        case "not-a-host":
          return "ホスト名ではありません。github.acme.example のように、パスを付けずにご入力ください。";
        case "not-an-address":
          return "アドレスではありません。https://patches.acme.example のように、? や # を付けずにすべてご入力ください。";
        case "address-missing":
          return "このサーバーのアドレスをご入力ください。";
        case "not-reachable":
          return "ご自身のマシンまたは社内でしか使えないアドレスのため、GitHub は Webhook を配信できません。公開アドレスをご入力いただくか、Webhook のチャンネルをご入力ください。";
        case "proxy-is-inside":
          return "GitHub はこのチャンネルに到達できません。公開アドレスが必要です。";
        case "cannot-keep":
          return "ここでは .env に書き込めません。表示するほうをお選びください。";
      }
    },
  },
  confirm: {
    title: "GitHub で App を作成する",
    intro:
      "GitHub のページで App の名前を確認し、「Create GitHub App」ボタンを押してください。その後、このページに戻ります。",
    asked: "GitHub に依頼する内容",
    owner: "所有者",
    ownAccount: "ご自身のアカウント",
    at: "作成先",
    hook: "Webhook の送信先",
    proxied: (proxyUrl) => `${proxyUrl}（チャンネル、お試し専用）`,
    page: "このサーバー",
    permissions: "権限",
    events: "イベント",
    access: { read: "読み取り", write: "読み取りと書き込み", admin: "管理" },
    credentials: "認証情報",
    keep: { file: ".env に書き込みます", show: "一度だけ表示します" },
    name: "App の名前は GitHub 全体で一つしか使えません。「Patch Advocate」が使われている場合は、GitHub のページで名前を変えてください。",
    button: (host) => `${host} で App を作成する`,
    change: "内容を変更する",
  },
  credentials: {
    title: (name) => `「${name}」を作成しました。認証情報を保管してください`,
    because: {
      asked: "ご選択のとおり、ディスクには何も書き込んでいません。",
      "not-writable": ".env に書き込めなかったため、認証情報はこのサーバーのメモリーにのみあります。",
      "variables-in-the-way": "環境変数の一部が設定されており .env よりも優先されるため、何も書き込んでいません。",
    },
    once: "今すぐシークレットストアに登録してください。ボタンを押すまではこのブラウザーに表示されますが、その後は二度と表示されません。認証情報を持つ人は、誰でもこの App として動作できます。",
    unset: (variables) =>
      `次回の起動までに、環境変数 ${listed(variables, variables.length)} の値を置き換えてください。`,
    what: "各変数の内容",
    variable: "変数",
    meaning: "内容",
    meanings: {
      APP_ID: "App の番号",
      PRIVATE_KEY: "App の秘密鍵（.pem ファイルを base64 にしたもの）",
      WEBHOOK_SECRET: "GitHub からの配信の署名に使うもの",
      GITHUB_CLIENT_ID: "ボードへのサインインで App を示すもの",
      GITHUB_CLIENT_SECRET: "ボードへのサインインで App を証明するもの",
      PUBLIC_URL: "このサーバーの公開アドレス（秘密ではありません）",
      WEBHOOK_PROXY_URL: "Webhook が届くチャンネル（秘密ではありません）",
      GHE_HOST: "GitHub のホスト（秘密ではありません）",
      GITHUB_API_URL: "GitHub の API のアドレス（秘密ではありません）",
    },
    lines: "すべての変数（1 行に 1 つ）",
    button: "保管しました。Patch Advocate を起動する",
  },
  start: {
    failed: "App は作成されましたが、Patch Advocate を起動できませんでした",
    written: (path) => `認証情報は ${path} にあります。App を作り直す必要はありません。`,
    shown: "認証情報は、保管していただいたものです。App を作り直す必要はありません。",
    because: (words) => `理由：${words}`,
    button: "Patch Advocate を起動する",
  },
  checklist: {
    title: "Patch Advocate が動いています",
    intro: "ポリシーで指定されるまでは観察だけを行い、何も書き込みません。現在の状況と、次に行うことは次のとおりです。",
    written: (path) =>
      `認証情報は ${path} にあり、サーバーのユーザーだけが読めます。秘密情報の保管場所に控えを置いてください。`,
    list: "App の作成からお客様の取り込みまで",
    item: "手順",
    state: "状況",
    next: "次に行うこと",
    names: {
      app: "App の作成",
      installed: "App のインストール",
      webhook: "Webhook の受信",
      policy: "ポリシー",
      customers: "お客様の取り込み",
    },
    done: "完了",
    open: "未完了",
    nothingLeft: "行うことはありません。",
    found: {
      app: ({ name }) => name,
      installed: ({ owners, count }) => (count === 0 ? "まだありません" : listed(owners, count)),
      webhook: ({ at }) => (at === null ? "まだありません" : `最新 ${minuteOf(at, "UTC")}`),
      policy: ({ paths, count, withErrors }) =>
        count === 0
          ? "まだありません"
          : `${listed(paths, count)}${withErrors === 0 ? "" : `（うち ${withErrors.toLocaleString("ja")} 件に誤りがあります）`}`,
      customers: ({ count }) => (count === 0 ? "まだありません" : `${count.toLocaleString("ja")} 社`),
    },
    todo: {
      installed: "パッチ、ケース、ポリシーのあるアカウントに App をインストールしてください。",
      webhook:
        "インストールすると届きます。届かない場合は、GitHub の App 設定ページの「Advanced」で、各配信とこのサーバーの応答をご確認ください。",
      policy:
        "Organization の .github-private リポジトリに .github/patch-advocate.yml をコミットしてください。最初は mode: observe をお勧めします。誤りがあれば、コミットのチェックに表示されます。",
      customers: "npx patch-advocate customers import customers.yml",
    },
    settings: "GitHub の App 設定ページ",
    install: "App をインストールする",
    refreshes: "このページは 10 秒ごとに更新されます。",
    where: "サーバーを起動し直すまで、このブラウザーでご覧いただけます。",
  },
  installed: {
    title: "Patch Advocate がインストールされました",
    text: "GitHub からサーバーに自動的に通知され、未解決のものの読み取りが始まります。このページは閉じていただいて構いません。",
    next: [
      "ポリシーで指定されるまでは観察だけを行います。Organization の .github-private リポジトリ、または個別のリポジトリに .github/patch-advocate.yml をコミットしてください。",
      "お客様とケースの取り込みは、サーバーの管理者が行います。",
      "お客様ごとのパッチの状況は、ボードでご覧いただけます。",
    ],
  },
};
