import { once } from "node:events";
import { type AddressInfo, createServer, connect, type Server, type Socket } from "node:net";

const PREFACE_LENGTH = 24;
const HEADER_LENGTH = 9;
const DATA = 0;
const HEADERS = 1;

/**
 * A TCP proxy that simulates failures of a network or server: it drops everything, or only what the server sends on the
 * HTTP/2 calls that are open now, while new calls work.
 */
export class Proxy {
  readonly #server: Server;
  readonly #links = new Set<Link>();
  /** While true, connections stay open and no data passes in either direction. */
  silent = false;

  private constructor(target: number) {
    this.#server = createServer((client) => {
      const link = new Link(client, connect(target, "127.0.0.1"), () => this.silent);
      this.#links.add(link);
      client.on("close", () => this.#links.delete(link));
    });
  }

  static async to(target: number): Promise<Proxy> {
    const proxy = new Proxy(target);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Calls that are open now receive nothing more. */
  muteOpenCalls(): void {
    for (const link of this.#links) link.muteOpenCalls();
  }

  /** Existing connections pass no more data; new ones work. */
  deafenConnections(): void {
    for (const link of this.#links) link.deaf = true;
  }

  close(): void {
    for (const link of this.#links) link.destroy();
    this.#server.close();
  }
}

class Link {
  deaf = false;
  /** Highest HTTP/2 stream id seen: ids of a connection only increase. */
  #lastCall = 0;
  #mutedUpTo = 0;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly silent: () => boolean,
  ) {
    let preface = PREFACE_LENGTH;
    const upwards = frames((type, call, bytes) => {
      if (type === HEADERS) this.#lastCall = Math.max(this.#lastCall, call);
      if (!this.#dead) server.write(bytes);
    });
    client.on("data", (bytes: Buffer) => {
      const greeting = bytes.subarray(0, preface);
      preface -= greeting.length;
      if (greeting.length > 0 && !this.#dead) server.write(greeting);
      upwards(bytes.subarray(greeting.length));
    });
    const downwards = frames((type, call, bytes) => {
      const muted = type === DATA && call <= this.#mutedUpTo;
      if (!this.#dead && !muted) client.write(bytes);
    });
    server.on("data", downwards);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  }

  get #dead(): boolean {
    return this.deaf || this.silent();
  }

  muteOpenCalls(): void {
    this.#mutedUpTo = this.#lastCall;
  }

  destroy(): void {
    this.client.destroy();
    this.server.destroy();
  }
}

/** Cuts a byte stream into HTTP/2 frames: length (3 bytes), type (1), flags (1), call (4), content. */
const frames = (onFrame: (type: number, call: number, bytes: Buffer) => void) => {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes: Buffer): void => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= HEADER_LENGTH) {
      const length = HEADER_LENGTH + rest.readUIntBE(0, 3);
      if (rest.length < length) return;
      onFrame(rest.readUInt8(3), rest.readUInt32BE(5) & 0x7fffffff, rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  };
};
