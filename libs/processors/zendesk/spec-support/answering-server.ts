import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { type AddressInfo } from "node:net";

/** What a request was, as the server got it. */
export interface Received {
  readonly request: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Answering {
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server on this machine that gives answers in the order in which they were laid out, the last for ever. */
export const answeringServer = async (...answers: Answering[]) => {
  const received: Received[] = [];
  let next = 0;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      received.push({ request: `${request.method} ${request.url}`, headers: request.headers, body });
      const answer = answers[Math.min(next, answers.length - 1)];
      next += 1;
      response.writeHead(answer?.status ?? 500, answer?.headers);
      response.end(answer?.text ?? (answer?.body === undefined ? "" : JSON.stringify(answer.body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
