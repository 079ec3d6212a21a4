// A real SMTP server that keeps what it gets, and can refuse, hang, or take a mail and die.
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { type Mail, parseMail } from "./parse-mail.ts";

/** How it meets one mail. `accept-and-die`: takes the whole mail, then ends the connection without an answer. */
export type MailBehaviour =
  | { readonly kind: "accept" }
  | { readonly kind: "refuse-recipient"; readonly code: number; readonly message: string }
  | { readonly kind: "refuse-mail"; readonly code: number; readonly message: string }
  | { readonly kind: "accept-and-die" }
  | { readonly kind: "hang" };

export type MailServer = {
  readonly url: string;
  /** Everything that arrived whole, also what it never answered, oldest first. */
  readonly mails: readonly Mail[];
  /** How it meets the mails from now on. */
  readonly behave: (behaviour: MailBehaviour) => void;
  /** Nobody listens any more, or again on the same port. */
  readonly goDown: () => Promise<void>;
  readonly comeUp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const ACCEPT: MailBehaviour = { kind: "accept" };

export async function startMailServer(): Promise<MailServer> {
  const mails: Mail[] = [];
  let behaviour = ACCEPT;
  const options: SMTPServerOptions = {
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onRcptTo: (_address, _session, done) => {
      if (behaviour.kind === "refuse-recipient") return done(refusal(behaviour));
      done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const now = behaviour;
        if (now.kind === "refuse-mail") return done(refusal(now));
        mails.push(
          parseMail(
            Buffer.concat(chunks),
            session.envelope.rcptTo.map(({ address }) => address),
          ),
        );
        if (now.kind === "accept-and-die") return server.cut();
        if (now.kind !== "hang") done();
      });
    },
  };
  let server = await listen(options, 0);
  const { port } = server;

  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    behave: (next) => {
      behaviour = next;
    },
    goDown: () => server.close(),
    comeUp: async () => {
      server = await listen(options, port);
    },
    close: () => server.close(),
  };
}

type Listening = { readonly port: number; readonly cut: () => void; readonly close: () => Promise<void> };

async function listen(options: SMTPServerOptions, port: number): Promise<Listening> {
  const smtp = new SMTPServer(options);
  const sockets = new Set<import("node:net").Socket>();
  smtp.on("error", () => undefined);
  smtp.server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => smtp.listen(port, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (smtp.server.address() as AddressInfo).port,
    cut,
    close: () => {
      cut();
      return new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
}

function refusal({ code, message }: { readonly code: number; readonly message: string }): Error {
  return Object.assign(new Error(message), { responseCode: code });
}
