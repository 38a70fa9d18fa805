import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { EmbeddedError, type EngineName } from "./errors.js";

const HOST = "127.0.0.1";

/** Binds a port and closes it. Returns its number, or why it could not be bound. */
const tryBind = (port: number): Promise<number | "EADDRINUSE" | "EACCES"> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(error.code);
      else reject(error);
    });
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => {
        resolve(bound);
      });
    });
  });

/** A port that is free now. Another program may take it first, so callers retry. */
export const freePort = async (): Promise<number> => {
  const bound = await tryBind(0);
  if (typeof bound === "number") return bound;
  throw new EmbeddedError("PORT_BUSY", `There is no free port on ${HOST}.`);
};

/**
 * Refuses a port in use before a server is started, for a clearer message.
 * @param graceMs milliseconds that a server of a previous run may still hold it
 */
export const requireFreePort = async (port: number, what: string, graceMs = 0, engine?: EngineName): Promise<void> => {
  const deadline = performance.now() + graceMs;
  for (;;) {
    const bound = await tryBind(port);
    if (typeof bound === "number") return;
    if (bound === "EACCES") {
      throw new EmbeddedError(
        "NO_PERMISSION",
        `Port ${port} (${what}) on ${HOST} needs more rights than this user has.`,
        engine,
      );
    }
    if (performance.now() >= deadline) {
      throw new EmbeddedError("PORT_BUSY", `Port ${port} (${what}) is already in use on ${HOST}.`, engine);
    }
    await delay(50);
  }
};
