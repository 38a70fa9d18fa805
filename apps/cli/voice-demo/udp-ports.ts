import { createSocket } from "node:dgram";
import { readFile } from "node:fs/promises";
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

/** As the kernel lists it (Linux): bytes of the address the other way round. */
const listed = (address: string, port: number): string => {
  const bytes = address.split(".").map((byte) => Number(byte).toString(16).padStart(2, "0"));
  return ` ${bytes.toReversed().join("")}:${port.toString(16).padStart(4, "0")} `.toUpperCase();
};

/** Until a program has the port. It is not tried: a program that begins to listen meanwhile would not get it. */
export const untilTaken = async (address: string, port: number, signal: AbortSignal): Promise<void> => {
  const wanted = listed(address, port);
  while (!(await readFile("/proc/net/udp", "utf8")).includes(wanted)) await delay(20, undefined, { signal });
};
