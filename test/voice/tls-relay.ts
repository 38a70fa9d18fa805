import { connect as connectTcp, createServer, type Server, type Socket } from "node:net";
import { connect as connectTls, createServer as createTlsServer } from "node:tls";
import { type Certified } from "#configuration/spec-support/certificate.js";
import { type Place } from "../../apps/cli/voice-demo/parties.js";

/* Debian's sipp has no TLS: these have it for a sipp that speaks TCP. */

/** Takes connections with TLS at a place, and passes on what comes. */
export const relayFromTls = (at: Place, own: Certified, to: Place): Promise<Server> =>
  listening(
    createTlsServer(own, (socket) => {
      join(socket, connectTcp(to.port, to.address));
    }).on("tlsClientError", () => undefined),
    at,
  );

/** Takes connections at a place, and passes on with TLS what comes. */
export const relayToTls = (at: Place, to: Place, ca: string): Promise<Server> =>
  listening(
    createServer((socket) => {
      join(socket, connectTls({ host: to.address, port: to.port, ca }));
    }),
    at,
  );

const listening = (server: Server, { address, port }: Place): Promise<Server> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => {
      resolve(server);
    });
  });

const join = (one: Socket, other: Socket): void => {
  const both = [one, other];
  one.pipe(other).pipe(one);
  for (const socket of both) {
    socket.on("error", () => {
      for (const each of both) each.destroy();
    });
  }
};
