import { randomBytes } from "node:crypto";
import { type Socket } from "node:dgram";
import { type Listener } from "./sdp.js";

/** 20 ms of 8,000 samples a second, a byte each. */
const SAMPLES = 160;
const EVERY_MS = 20;

/** A recording as RTP packets (RFC 3550), with a beginning that nobody can guess. */
export const packetsOf = (recording: Buffer, payload: Listener["payload"]): Buffer[] => {
  const start = randomBytes(10);
  const [firstSequence, firstTimestamp] = [start.readUInt16BE(0), start.readUInt32BE(2)];
  return Array.from({ length: Math.ceil(recording.length / SAMPLES) }, (_, index) => {
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    // The first packet after silence is marked.
    header[1] = payload | (index === 0 ? 0x80 : 0);
    header.writeUInt16BE((firstSequence + index) & 0xffff, 2);
    header.writeUInt32BE((firstTimestamp + index * SAMPLES) >>> 0, 4);
    start.copy(header, 8, 6);
    return Buffer.concat([header, recording.subarray(index * SAMPLES, (index + 1) * SAMPLES)]);
  });
};

/**
 * Sends packets 20 ms apart, by the clock and not by the sum of timers, which are late. What cannot be sent is left out:
 * the call goes on. @returns how to stop; `done` is called once all are sent, and not after a stop
 */
export const play = (socket: Socket, packets: readonly Buffer[], to: Listener, done: () => void): (() => void) => {
  const begun = performance.now();
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    const due = Math.floor((performance.now() - begun) / EVERY_MS) + 1;
    for (; sent < Math.min(due, packets.length); sent += 1) {
      socket.send(packets[sent] ?? Buffer.alloc(0), to.port, to.address, () => undefined);
    }
    const wait = begun + sent * EVERY_MS - performance.now();
    timer = setTimeout(sent < packets.length ? next : done, Math.max(0, wait));
  };
  next();
  return () => {
    clearTimeout(timer);
  };
};
