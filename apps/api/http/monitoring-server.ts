import { createServer, type ServerResponse } from "node:http";
import { messageOf } from "#read-models/runner/failures.js";
import { PROMETHEUS } from "./health.js";
import { type Monitor } from "./monitor.js";

/** It has no key: only this machine may reach it. */
const HOST = "127.0.0.1";

/**
 * Health with all details, and metrics, for whoever is on this machine.
 * @param port 0: any free one
 * @throws Error of Node where the port cannot be had
 */
export const startMonitoring = async (
  port: number,
  monitor: Monitor,
): Promise<{ readonly port: number; close(): Promise<void> }> => {
  const server = createServer((request, response) => {
    answer(monitor, request.url ?? "/", response).catch((error: unknown) => {
      send(response, 500, { error: messageOf(error) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};

const answer = async (monitor: Monitor, url: string, response: ServerResponse): Promise<void> => {
  switch (url.split("?")[0]) {
    case "/live":
      send(response, 200, { live: true });
      return;
    case "/ready":
    case "/health": {
      const health = await monitor.health();
      send(response, health.ready ? 200 : 503, health);
      return;
    }
    case "/metrics":
      response.writeHead(200, { "content-type": PROMETHEUS });
      response.end(await monitor.prometheus());
      return;
    default:
      send(response, 404, { error: "There are /live, /ready, /health and /metrics." });
  }
};

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
};
