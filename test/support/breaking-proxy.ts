// A way to a server that can be taken away and given back, as when a database's machine is restarted or a cable is pulled.
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

export type BreakingProxy = {
  readonly port: number;
  /** Ends every connection and refuses new ones. */
  readonly takeAway: () => Promise<void>;
  readonly giveBack: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function startBreakingProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<BreakingProxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  };
  const listen = async (port: number): Promise<Server> => {
    const server = createServer((client) => {
      const upstream = connect(target);
      keep(client);
      keep(upstream);
      client.on("close", () => upstream.destroy());
      upstream.on("close", () => client.destroy());
      client.pipe(upstream).pipe(client);
    });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  const stop = async (server: Server) => {
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  let server = await listen(0);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  let isAway = false;
  const takeAway = async () => {
    if (isAway) return;
    isAway = true;
    await stop(server);
  };
  return {
    port,
    takeAway,
    giveBack: async () => {
      server = await listen(port);
      isAway = false;
    },
    close: takeAway,
  };
}
