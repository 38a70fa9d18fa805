import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

/** What a fake answers a request; undefined: nothing, and the connection ends. */
export interface Sent {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is a page; anything else is sent as JSON. */
  readonly body?: unknown;
}

/** What every fake is told of a request. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly text: string;
}

/**
 * Starts a fake on 127.0.0.1. `close` ends it, open connections included.
 * @param port 0: a free one
 */
export const listen = async <Fake extends object>(
  port: number,
  fakeAt: (url: string) => Fake,
  answer: (fake: Fake, asked: Asked) => Promise<Sent | undefined>,
): Promise<Fake & { close(): Promise<void> }> => {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const fake = fakeAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    send(response, await answer(fake, { request, text: await bodyOf(request) }));
  };
  server.on("request", (request, response) => {
    // A fault of the fake itself ends the connection, not the program.
    respond(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  return Object.assign(fake, {
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
};

/** Where a form leads back to: the page that it stands on. */
export const BACK: Sent = { status: 303, headers: { location: "/" } };

/** Whether the body is a form of a page. */
export const isForm = ({ headers }: IncomingMessage): boolean =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;

const send = (response: ServerResponse, sent: Sent | undefined): void => {
  if (!sent) {
    response.destroy();
    return;
  }
  const { status, headers, body } = sent;
  const isPage = typeof body === "string";
  response.writeHead(status, {
    "content-type": isPage ? "text/html; charset=utf-8" : "application/json; charset=utf-8",
    ...headers,
  });
  response.end(body === undefined ? undefined : isPage ? body : JSON.stringify(body));
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
};
