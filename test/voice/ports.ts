import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { type Place } from "../../apps/cli/voice-demo/parties.js";

/*
 * Ports of specs of calls, by what Linux says of them: to bind one in order to see whether it is free takes it away from
 * who is about to.
 */

/**
 * Below those that connections get by themselves, and of this process: a port that is free now stays so until somebody who
 * is told of it listens.
 */
const OWN = { first: 10_000 + (process.pid % 200) * 100, count: 100 };
let given = 0;

/** A port that neither UDP nor TCP has in use, at any address. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = OWN.first + (given++ % OWN.count);
    const inUse = (await Promise.all([placesOf("udp"), placesOf("tcp")])).flat();
    if (!inUse.some((place) => place.endsWith(`:${hex(port, 4)}`))) return port;
  }
};

/** Resolves once somebody listens there. */
export const untilThere = async ({ address, port }: Place, protocol: "udp" | "tcp"): Promise<void> => {
  const place = `${address
    .split(".")
    .reverse()
    .map((byte) => hex(Number(byte), 2))
    .join("")}:${hex(port, 4)}`;
  while (!(await placesOf(protocol)).includes(place)) await delay(20);
};

/** Addresses and ports of this machine that are in use, as Linux writes them: the bytes of an address backwards. */
const placesOf = async (protocol: "udp" | "tcp"): Promise<readonly string[]> =>
  (await readFile(`/proc/net/${protocol}`, "utf8"))
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/)[1] ?? "");

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, "0");
