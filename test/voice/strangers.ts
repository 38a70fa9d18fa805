import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { type Place } from "../../apps/cli/voice-demo/parties.js";

/** Connects to a place of TLS again and again, in ways that come to nothing, while calls are made. */
export const knockWhile = async (at: Place, ca: string, calls: Promise<unknown>): Promise<void> => {
  const going = { isOver: false };
  const over = calls.finally(() => (going.isOver = true));
  await Promise.all([
    over,
    ...[speaksNoTls, isTooOld, leaves].map(async (way) => {
      while (!going.isOver) await way(at, ca);
    }),
  ]);
};

const speaksNoTls = ({ port, address }: Place): Promise<void> => {
  const socket = connectTcp(port, address, () => {
    socket.write("INVITE sip:1@edge SIP/2.0\r\n\r\n");
    setTimeout(() => socket.resetAndDestroy(), 5);
  });
  return ended(socket);
};

const isTooOld = ({ port, address: host }: Place, ca: string): Promise<void> =>
  ended(connectTls({ host, port, ca, minVersion: "TLSv1", maxVersion: "TLSv1.1" }));

const leaves = ({ port, address: host }: Place, ca: string): Promise<void> => {
  const socket = connectTls({ host, port, ca }, () => {
    socket.write("INV");
    setTimeout(() => socket.destroy(), 5);
  });
  return ended(socket);
};

const ended = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket
      .on("error", () => undefined)
      .once("close", () => {
        resolve();
      });
  });
