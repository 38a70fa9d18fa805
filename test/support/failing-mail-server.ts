import { type AddressInfo, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** A mail that the server took, whether or not its answer arrived. */
export interface TakenMail {
  readonly to: string;
  /** Of its Message-ID. */
  readonly id: string;
  readonly message: string;
}

export interface FailingMailServer {
  readonly url: string;
  /** In the order in which they came. */
  readonly taken: readonly TakenMail[];
  readonly refused: ReadonlySet<string>;
  /** How often it failed. */
  readonly failures: number;
  close(): Promise<void>;
}

/** Every so many mails it fails; no mail more than this often in a row, so that it is not waited for for minutes. */
const FAILS_EVERY = 3;
const FAILS_AT_MOST = 2;
/** Every so many mails it takes one and breaks the connection off without an answer. */
const BREAKS_OFF_EVERY = 90;

/**
 * A mail server in this process that fails a third of the time: it says that it is busy, or takes the mail and does not
 * say so. @param refused addresses whose second mail it refuses for good
 */
export const startFailingMailServer = async (refused: ReadonlySet<string>): Promise<FailingMailServer> => {
  const taken: TakenMail[] = [];
  const failures = new Map<string, number>();
  const sockets = new Map<number, Socket>();
  let mails = 0;
  let failed = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    closeTimeout: 100,
    onData(stream, { envelope: { rcptTo }, remotePort }, done) {
      const take = (message: string): void => {
        const to = rcptTo[0]?.address ?? "";
        const id = /^Message-ID: <(.*)@.*>\r?$/im.exec(message)?.[1] ?? "";
        const isOther = taken.some((mail) => mail.to === to && mail.id !== id);
        if (refused.has(to) && isOther) {
          done(saying(550, "No such mailbox"));
          return;
        }
        mails += 1;
        const before = failures.get(id) ?? 0;
        if (mails % FAILS_EVERY === 0 && before < FAILS_AT_MOST) {
          failed += 1;
          failures.set(id, before + 1);
          done(saying(451, "Busy"));
          return;
        }
        taken.push({ to, id, message });
        if (mails % BREAKS_OFF_EVERY === 1) sockets.get(remotePort)?.destroy();
        else done();
      };
      // Who is killed in the middle of a mail has not sent it.
      void text(stream).then(take, () => undefined);
    },
  });
  // Connections that end in the middle, because who opened them was killed.
  server.on("error", () => undefined);
  server.server.on("connection", (socket: Socket) => {
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.once("close", () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    refused,
    get failures() {
      return failed;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
};

/** An error that the server says with its number. */
const saying = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });
