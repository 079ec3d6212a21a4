// Every text of the sign-in pages.
import type { Language } from "../../policy/policy.ts";

export type SignInTexts = {
  readonly title: string;
  readonly what: string;
  readonly withGitHub: string;
  readonly gitHubNote: string;
  readonly noGitHub: string;
  readonly withMail: string;
  readonly mailNote: string;
  readonly address: string;
  readonly send: string;
  readonly noMail: string;
  readonly noWay: string;
  readonly badAddress: string;
  readonly sentTitle: string;
  readonly sent: (address: string) => string;
  readonly sentThen: string;
  readonly linkTitle: string;
  readonly linkFor: (name: string) => string;
  readonly linkPress: string;
  readonly signIn: string;
  readonly goneTitle: string;
  readonly gone: string;
  readonly again: string;
  readonly stateTitle: string;
  readonly state: string;
  readonly deniedTitle: string;
  readonly denied: string;
  readonly awayTitle: string;
  readonly away: string;
  readonly outTitle: string;
  readonly out: string;
};

export const SIGN_IN_TEXTS: Readonly<Record<Language, SignInTexts>> = {
  en: {
    title: "Sign in",
    what: "The board shows where each customer's patch stands, and why.",
    withGitHub: "Sign in with GitHub",
    gitHubNote: "For everybody who has an account there. It asks for no access to your code.",
    noGitHub: "Signing in with GitHub is not set up here: GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET are missing.",
    withMail: "Or by a link in a mail",
    mailNote:
      "For account owners, deputies and deciders without a GitHub account. It goes to your registered address only.",
    address: "E-mail address",
    send: "Send me a link",
    noMail: "Links by mail are not set up here: they need SMTP_URL, SMTP_FROM and PUBLIC_URL.",
    noWay: "Ask whoever runs this server to set up one of the two.",
    badAddress: "Write an e-mail address, like sato@acme.example.",
    sentTitle: "Look into your mailbox",
    sent: (address) => `If ${address} is registered here, a link is on its way to it. It holds for 7 days.`,
    sentThen:
      "Nothing came? Ask whoever looks after the customers' file whether your address stands in it. More than three links an hour are not sent.",
    linkTitle: "Sign in to the board",
    linkFor: (name) => `This link was mailed to ${name}.`,
    linkPress: "Press the button to sign in with this browser.",
    signIn: "Sign in",
    goneTitle: "This link no longer holds",
    gone: "A link holds for 7 days, and only while your address is registered.",
    again: "Ask for another",
    stateTitle: "Signing in was not finished",
    state:
      "The answer from GitHub did not belong to a sign-in that began in this browser within the last ten minutes, or it was used before. Nobody was signed in.",
    deniedTitle: "GitHub did not sign you in",
    denied: "You declined, or the code that GitHub gave was used before. Nothing was changed.",
    awayTitle: "GitHub does not answer",
    away: "You could not be signed in, because GitHub did not answer. Try again in a few minutes.",
    outTitle: "You are signed out",
    out: "This browser can see nothing of the board any more.",
  },
  ja: {
    title: "サインイン",
    what: "ボードでは、お客様ごとのパッチの状況とその理由を確認できます。",
    withGitHub: "GitHub でサインイン",
    gitHubNote: "GitHub アカウントをお持ちの方はこちら。コードへのアクセス権は求めません。",
    noGitHub: "GitHub でのサインインは設定されていません（GITHUB_CLIENT_ID と GITHUB_CLIENT_SECRET が未設定です）。",
    withMail: "メールのリンクでサインイン",
    mailNote:
      "GitHub アカウントをお持ちでないお客様担当、代理、意思決定者の方はこちら。登録済みのアドレスにのみお送りします。",
    address: "メールアドレス",
    send: "リンクを送る",
    noMail: "メールのリンクは設定されていません（SMTP_URL、SMTP_FROM、PUBLIC_URL が必要です）。",
    noWay: "どちらかの設定を、サーバーの管理者にご依頼ください。",
    badAddress: "メールアドレスを sato@acme.example のような形で入力してください。",
    sentTitle: "メールをご確認ください",
    sent: (address) => `${address} が登録されていれば、リンクをお送りしました。7 日間有効です。`,
    sentThen:
      "届かない場合は、お客様ファイルの担当者に、アドレスが登録されているかご確認ください。お送りするのは 1 時間に 3 通までです。",
    linkTitle: "ボードにサインイン",
    linkFor: (name) => `このリンクは ${name} 様にお送りしたものです。`,
    linkPress: "ボタンを押すと、このブラウザーでサインインします。",
    signIn: "サインイン",
    goneTitle: "このリンクは無効です",
    gone: "リンクの有効期間は 7 日間です。また、アドレスが登録されている間だけ有効です。",
    again: "リンクをもう一度請求する",
    stateTitle: "サインインは完了していません",
    state:
      "GitHub からの応答が、このブラウザーで 10 分以内に始めたサインインのものではないか、すでに使用されています。サインインは行われていません。",
    deniedTitle: "GitHub でサインインできませんでした",
    denied: "許可されなかったか、GitHub のコードがすでに使用されています。何も変更されていません。",
    awayTitle: "GitHub から応答がありません",
    away: "GitHub から応答がないため、サインインできませんでした。数分後にもう一度お試しください。",
    outTitle: "サインアウトしました",
    out: "このブラウザーからは、ボードを閲覧できなくなりました。",
  },
};
