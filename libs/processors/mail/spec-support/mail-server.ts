import { type AddressInfo, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { type SmtpConfiguration } from "../configuration.js";

/** What a server of specs took. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came over the wire. */
  readonly message: string;
}

export interface MailServer {
  readonly taken: TakenMail[];
  /** How many connections were opened to it, and how many at once at most. */
  readonly connections: { total: number; most: number };
  readonly configuration: SmtpConfiguration;
  /** How many connections are open. */
  open(): number;
  /** Ends all its connections at once. */
  breakOff(): void;
  close(): Promise<void>;
}

/** An error that the server says with its number. */
export const saying = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

/** A mail server on this machine that takes what `options` do not refuse. */
export const startMailServer = async (
  options: SMTPServerOptions = {},
  changes: Partial<SmtpConfiguration> = {},
): Promise<MailServer> => {
  const taken: TakenMail[] = [];
  const connections = { total: 0, most: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    logger: false,
    closeTimeout: 100,
    onConnect(_session, done) {
      connections.total += 1;
      connections.most = Math.max(connections.most, server.connections.size);
      done();
    },
    onData(stream, { envelope: { mailFrom, rcptTo } }, done) {
      void text(stream).then((message) => {
        taken.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          message,
        });
        done();
      });
    },
    ...options,
  });
  // Connections that specs break off.
  server.on("error", () => undefined);
  const sockets = new Set<Socket>();
  server.server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    taken,
    connections,
    configuration: {
      ...{ host: "127.0.0.1", port, secure: false, requireTls: false, login: null },
      from: { name: null, address: "billing@example.com" },
      ...changes,
    },
    open: () => server.connections.size,
    breakOff() {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
};
