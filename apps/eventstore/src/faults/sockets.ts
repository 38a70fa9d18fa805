import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

/** The connections that clients have made to this process. */
export class Sockets {
  private readonly open = new Set<Socket>();

  constructor() {
    subscribe("net.server.socket", (message) => {
      const { socket } = message as { socket: Socket };
      this.open.add(socket);
      socket.on("close", () => this.open.delete(socket));
    });
  }

  /** Breaks connections without closing them, as when a cable is pulled. */
  cut(): void {
    for (const socket of this.open) socket.resetAndDestroy();
  }
}
