import { createSocket } from "node:dgram";
import { setTimeout as delay } from "node:timers/promises";

/** Binds a UDP port and closes it; 0: any. Undefined: another program has it. */
const tryBind = (address: string, port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const socket = createSocket("udp4");
    socket.once("error", (error: NodeJS.ErrnoException) => {
      socket.close();
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    socket.bind({ address, port, exclusive: true }, () => {
      const bound = socket.address().port;
      socket.close(() => {
        resolve(bound);
      });
    });
  });

/** A UDP port that is free now. */
export const freeUdpPort = async (address: string): Promise<number> => {
  const port = await tryBind(address, 0);
  if (port === undefined) throw new Error(`There is no free port on ${address}.`);
  return port;
};

/** Until a program has the port. */
export const untilTaken = async (address: string, port: number, signal: AbortSignal): Promise<void> => {
  while ((await tryBind(address, port)) !== undefined) await delay(20, undefined, { signal });
};
