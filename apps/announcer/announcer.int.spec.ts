import { createSocket, type Socket } from "node:dgram";
import { afterEach, describe, expect, it } from "vitest";
import { type Announcer, startAnnouncer } from "./announcer.js";
import { aLawFromMuLaw } from "./g711.js";

/** A tenth of a second: five packets. */
const RECORDING = Buffer.from(Array.from({ length: 800 }, (_, at) => at % 251));
/** For what happens meanwhile, on slow machines too. */
const LONG = Buffer.alloc(80_000);
const long = (call = "c1") => ({ uri: "sip:long.en@x;code=486", call });

/** A caller of our own: a socket for SIP, one for RTP. */
class Caller {
  readonly responses: string[] = [];
  readonly packets: Buffer[] = [];
  readonly #sip = createSocket("udp4");
  readonly #rtp = createSocket("udp4");

  static async calling(port: number, address = "127.0.0.1"): Promise<Caller> {
    const caller = new Caller(port);
    await Promise.all([bind(caller.#sip, address), bind(caller.#rtp, address)]);
    caller.#sip.on("message", (message) => caller.responses.push(message.toString()));
    caller.#rtp.on("message", (packet) => caller.packets.push(packet));
    return caller;
  }

  constructor(readonly port: number) {}

  send(method: string, { uri = "sip:busy.en@x;code=486", call = "c1", codecs = "0 8", offers = true } = {}): void {
    const sdp = `v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio ${this.#rtp.address().port} RTP/AVP ${codecs}\r\n`;
    const lines = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${this.#sip.address().port};branch=z9hG4bK-${call}`,
      "From: <sip:1@x>;tag=a",
      "To: <sip:2@x>",
      `Call-ID: ${call}`,
      `CSeq: 1 ${method}`,
    ];
    const body = method === "INVITE" && offers ? sdp : "";
    this.#sip.send(`${lines.join("\r\n")}\r\n\r\n${body}`, this.port, "127.0.0.1");
  }

  codes(): string[] {
    return this.responses.map((response) => response.slice(8, 11));
  }

  close(): void {
    this.#sip.close();
    this.#rtp.close();
  }
}

/** Without what is said again because nobody acknowledges it: on a slow machine that may be before it is looked at. */
const inTurn = (codes: readonly string[]): readonly string[] => codes.filter((code, at) => code !== codes[at - 1]);

const bind = (socket: Socket, address: string) =>
  new Promise<void>((resolve) => {
    socket.bind(0, address, resolve);
  });

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

const start = async (
  given: { most?: number; edge?: string } = {},
): Promise<{ announcer: Announcer; caller: Caller }> => {
  const recordings = new Map([
    ["busy.en", RECORDING],
    ["long.en", LONG],
  ]);
  const announcer = await startAnnouncer({ address: "127.0.0.1", port: 0, edge: "127.0.0.1", recordings, ...given });
  const caller = await Caller.calling(announcer.port);
  ended.push(
    () => announcer.close(),
    () => {
      caller.close();
    },
  );
  return { announcer, caller };
};

const headersOf = (packet: Buffer) => ({
  version: packet[0],
  marked: ((packet[1] ?? 0) & 0x80) !== 0,
  payload: (packet[1] ?? 0) & 0x7f,
});

describe("an announcement", () => {
  it.each([
    ["0 8", 0, RECORDING],
    ["18 8", 8, aLawFromMuLaw(RECORDING)],
  ])(
    "of codecs %s is 183, the recording once, then the code until it is acknowledged",
    async (codecs, payload, bytes) => {
      const { announcer, caller } = await start();
      caller.send("INVITE", { codecs });
      await expect.poll(() => caller.codes()).toContain("486");
      await expect.poll(() => caller.packets.length).toBe(5);
      expect(caller.responses[0]).toContain(`RTP/AVP ${payload}\r\n`);
      expect(Buffer.concat(caller.packets.map((packet) => packet.subarray(12))).equals(bytes)).toBe(true);
      expect(caller.packets.map(headersOf)).toEqual(
        [0, 1, 2, 3, 4].map((at) => ({ version: 0x80, marked: at === 0, payload })),
      );
      const steps = (read: (packet: Buffer) => number) =>
        caller.packets.map(read).map((value, at, all) => value - (all[0] ?? 0));
      const wrapped = (value: number, modulus: number) => (value + modulus) % modulus;
      expect(steps((packet) => packet.readUInt16BE(2)).map((step) => wrapped(step, 65_536))).toEqual([0, 1, 2, 3, 4]);
      expect(steps((packet) => packet.readUInt32BE(4)).map((step) => wrapped(step, 2 ** 32))).toEqual([
        0, 160, 320, 480, 640,
      ]);
      expect(new Set(caller.packets.map((packet) => packet.readUInt32BE(8))).size).toBe(1);
      // Not acknowledged: said again half a second later.
      await expect.poll(() => caller.codes().slice(0, 3)).toEqual(["183", "486", "486"]);
      caller.send("ACK");
      await expect.poll(() => announcer.calls()).toBe(0);
    },
  );

  it("is not begun again by a repeated INVITE", async () => {
    const { caller } = await start();
    caller.send("INVITE", long());
    caller.send("INVITE", long());
    await expect.poll(() => caller.codes()).toEqual(["183", "183"]);
    expect(caller.responses[0]).toBe(caller.responses[1]);
    await expect.poll(() => caller.packets.length).toBeGreaterThan(2);
    expect(new Set(caller.packets.map((packet) => packet.readUInt32BE(8))).size).toBe(1);
  });

  it("that is cancelled ends with 487", async () => {
    const { announcer, caller } = await start();
    caller.send("INVITE", long());
    await expect.poll(() => caller.codes()).toEqual(["183"]);
    caller.send("CANCEL");
    await expect.poll(() => inTurn(caller.codes())).toEqual(["183", "200", "487"]);
    caller.send("ACK");
    await expect.poll(() => announcer.calls()).toBe(0);
    expect(caller.packets.length).toBeLessThan(500);
    caller.send("CANCEL");
    await expect.poll(() => inTurn(caller.codes())).toEqual(["183", "200", "487", "481"]);
  });

  it.each([
    ["nothing is recorded", { uri: "sip:gone.it@x;code=404" }, "404"],
    ["no codec is known", { codecs: "18" }, "486"],
    ["nothing is offered", { offers: false }, "486"],
    ["the address says no code", { uri: "sip:busy.en@x" }, "400"],
    ["the code is no refusal", { uri: "sip:busy.en@x;code=200" }, "400"],
  ])("where %s is the bare code", async (_, asked, code) => {
    const { caller } = await start();
    caller.send("INVITE", asked);
    await expect.poll(() => inTurn(caller.codes())).toEqual([code]);
    expect(caller.packets).toEqual([]);
  });

  it("above the bound is the bare code", async () => {
    const { caller } = await start({ most: 1 });
    caller.send("INVITE", long("c1"));
    caller.send("INVITE", long("c2"));
    await expect.poll(() => caller.codes().slice(0, 2)).toEqual(["183", "486"]);
    expect(caller.responses[1]).toContain("Call-ID: c2");
  });

  it("is for the edge alone, and for calls", async () => {
    const { announcer, caller } = await start({ edge: "127.0.0.2" });
    const edge = await Caller.calling(announcer.port, "127.0.0.2");
    ended.push(() => {
      edge.close();
    });
    caller.send("INVITE", { call: "stranger" });
    edge.send("OPTIONS", { call: "e1" });
    await expect.poll(() => edge.codes()).toEqual(["405"]);
    edge.send("INVITE", long("e2"));
    await expect.poll(() => edge.codes()).toEqual(["405", "183"]);
    expect(caller.responses).toEqual([]);
  });
});
