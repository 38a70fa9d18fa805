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

  /** As when a cable is pulled or a router forgets: no goodbye on any layer. */
  cut(): void {
    for (const socket of this.open) socket.resetAndDestroy();
  }
}
