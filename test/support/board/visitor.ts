// A browser without scripts: keeps cookies, follows what a person would press. For stories about signing in.
export type Page = {
  readonly status: number;
  readonly url: string;
  readonly body: string;
  readonly headers: Headers;
};

export class Visitor {
  readonly #cookies = new Map<string, string>();

  /** Opens an address and follows redirects, as long as they stay on loopback. */
  async open(url: string, init: RequestInit = {}): Promise<Page> {
    let next = url;
    let sent: RequestInit = init;
    for (let hops = 0; hops < 10; hops += 1) {
      const answer = await this.once(next, sent);
      const location = answer.headers.get("location");
      if (location === null) return answer;
      next = new URL(location, next).href;
      sent = {};
    }
    throw new Error(`redirected too often: ${next}`);
  }

  async once(url: string, init: RequestInit = {}): Promise<Page> {
    const { host } = new URL(url);
    const own = [...this.#cookies].flatMap(([key, value]) =>
      key.startsWith(`${host} `) ? [`${key.slice(host.length + 1)}=${value}`] : [],
    );
    const answer = await fetch(url, {
      redirect: "manual",
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), cookie: own.join("; ") },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = "", ...rest] = cookie.split(";");
      const [name = "", value = ""] = pair.split("=");
      const isGone = value === "" || rest.some((each) => /max-age=0/i.test(each));
      if (isGone) this.#cookies.delete(`${host} ${name}`);
      else this.#cookies.set(`${host} ${name}`, value);
    }
    return { status: answer.status, url, body: await answer.text(), headers: answer.headers };
  }

  /** Sends a form from a page of the same site. */
  post(url: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    return this.open(url, form(url, fields));
  }

  cookie(name: string): string {
    return [...this.#cookies].find(([key]) => key.endsWith(` ${name}`))?.[1] ?? "";
  }

  cookies(): readonly string[] {
    return [...this.#cookies.keys()].map((key) => key.split(" ")[1] ?? "");
  }
}

export const form = (url: string, fields: Readonly<Record<string, string>>): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded", origin: new URL(url).origin },
  body: new URLSearchParams(fields).toString(),
});

/** Presses the button of this person on GitHub's page; answers where GitHub sends the browser back to. */
export async function agreeAs(visitor: Visitor, login: string, page: Page): Promise<string> {
  const asked = new URL(page.url).searchParams;
  const fields = {
    login,
    redirect_uri: asked.get("redirect_uri") ?? "",
    scope: asked.get("scope") ?? "",
    state: asked.get("state") ?? "",
    client_id: asked.get("client_id") ?? "",
  };
  const callback = new URL("/login/oauth/callback", page.url).href;
  const answer = await visitor.once(callback, form(callback, fields));
  return answer.headers.get("location") ?? "";
}
