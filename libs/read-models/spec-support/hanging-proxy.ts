import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A TCP proxy to a local port that can simulate a frozen server: it accepts connections and answers nothing. */
export class HangingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #hangs = false;

  private constructor(target: number) {
    this.#server = createServer((client) => {
      const server = connect(target, "127.0.0.1");
      for (const [one, other] of [
        [client, server],
        [server, client],
      ] as const) {
        this.#sockets.add(one);
        one.on("data", (bytes: Buffer) => other.write(bytes));
        one.on("error", () => other.destroy());
        one.on("close", () => {
          this.#sockets.delete(one);
          other.destroy();
        });
        if (this.#hangs) one.pause();
      }
    });
  }

  static async to(target: number): Promise<HangingProxy> {
    const proxy = new HangingProxy(target);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Stops passing data on all connections. */
  hang(): void {
    this.#hangs = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** Hanging connections pass no more data; new ones work. */
  wakeForNewOnes(): void {
    this.#hangs = false;
  }

  /** Passes the data that was held back, and all that follows. */
  wake(): void {
    this.#hangs = false;
    for (const socket of this.#sockets) socket.resume();
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}
