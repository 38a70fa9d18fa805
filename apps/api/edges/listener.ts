import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { TLSSocket } from "node:tls";
import { type Edge } from "#domain/voice/edge.js";
import { type EdgeCallers } from "#application/edges/edge-callers.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { type Known } from "#read-models/rows/known.js";
import { isMomentary } from "#read-models/runner/failures.js";
import { described, type Log } from "../core/log.js";
import { type HttpCode, httpRefusal, Refused, refusalBody } from "../graphql/refusals.js";
import { type EdgeListen } from "./configuration.js";

/** Something that edges may ask for or report. */
export interface EdgeEndpoint {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Bytes of a body at most. */
  readonly mostBytes: number;
  /**
   * @param edge who came in, with its provider
   * @param body JSON that was sent; undefined of a GET
   * @throws Refused, with what is wrong in the body
   */
  answer(edge: Known<Edge>, body: unknown): Promise<object>;
}

/** A head that is not sent whole within this time is given up, and a connection that says nothing is closed. */
const HEAD_WITHIN_MS = 5_000;
const REQUEST_WITHIN_MS = 30_000;
const IDLE_MS = 60_000;

/**
 * Listens for edges, apart from everybody else: whoever floods one of the two leaves the other alone. Nobody but an edge
 * is answered anything, by its id and secret (HTTP Basic), and with TLS by a certificate beside them.
 * @throws Error of Node where the port cannot be had
 */
export const startEdgeListener = async (
  { host, port, tls }: EdgeListen,
  callers: EdgeCallers,
  endpoints: readonly EdgeEndpoint[],
  log: Log,
): Promise<{ readonly port: number; close(): Promise<void> }> => {
  const server = serverOf(tls, (request, response) => {
    answer(request, callers, endpoints).then(
      (body) => {
        send(response, 200, body, !server.listening);
      },
      (error: unknown) => {
        const { refusal } = error instanceof Refused ? error : refusedFor(error, log);
        if (refusal.status === 401) response.setHeader("www-authenticate", 'Basic realm="edge"');
        // What is left of the body is not waited for.
        if (!request.complete) response.setHeader("connection", "close");
        send(response, refusal.status, refusalBody(refusal), !server.listening);
      },
    );
  });
  Object.assign(server, {
    headersTimeout: HEAD_WITHIN_MS,
    requestTimeout: REQUEST_WITHIN_MS,
    keepAliveTimeout: IDLE_MS,
    maxHeadersCount: 50,
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
};

/** Who shows no certificate is answered too, with what is missing. */
const serverOf = (tls: EdgeListen["tls"], listener: RequestListener) =>
  tls === undefined
    ? createServer(listener)
    : createTlsServer(
        {
          ...{ cert: tls.cert, key: tls.key, ca: tls.clientCa, requestCert: true, rejectUnauthorized: false },
          handshakeTimeout: HEAD_WITHIN_MS,
        },
        listener,
      );

const refuse = (code: HttpCode, message: string): never => {
  throw new Refused(httpRefusal(code, message));
};

const answer = async (
  request: IncomingMessage,
  callers: EdgeCallers,
  endpoints: readonly EdgeEndpoint[],
): Promise<object> => {
  if (request.socket instanceof TLSSocket && !request.socket.authorized)
    return refuse("UNAUTHENTICATED", "Show a certificate of those that EDGE_TLS_CLIENT_CA_FILE vouches for.");
  const edge = await edgeOf(request, callers);
  const [path] = (request.url ?? "").split("?");
  const there = endpoints.filter((one) => one.path === path);
  if (there.length === 0) return refuse("NOT_FOUND", "Edges have nothing at this address.");
  const endpoint = there.find(({ method }) => method === request.method);
  if (!endpoint) return refuse("METHOD_NOT_ALLOWED", `Send ${there.map(({ method }) => method).join(" or ")}.`);
  return endpoint.answer(edge, endpoint.method === "GET" ? undefined : await jsonOf(request, endpoint.mostBytes));
};

/** @throws Refused UNAUTHENTICATED */
const edgeOf = async ({ headers }: IncomingMessage, callers: EdgeCallers): Promise<Known<Edge>> => {
  const [, credentials = ""] = /^Basic ([A-Za-z0-9+/=]{1,400})$/i.exec(headers.authorization ?? "") ?? [];
  const text = Buffer.from(credentials, "base64").toString();
  const colon = text.indexOf(":");
  const edge = colon < 0 ? null : await callers.callerOf(text.slice(0, colon).toLowerCase(), text.slice(colon + 1));
  return edge ?? refuse("UNAUTHENTICATED", "Come in with the id of an edge and its secret, as HTTP Basic.");
};

/** @throws Refused REQUEST_TOO_LARGE, BAD_REQUEST */
const jsonOf = async (request: IncomingMessage, mostBytes: number): Promise<unknown> => {
  const tooLarge = () => refuse("REQUEST_TOO_LARGE", `The body is larger than ${mostBytes} bytes.`);
  if (Number(request.headers["content-length"] ?? 0) > mostBytes) return tooLarge();
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) return tooLarge();
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString()) as unknown;
  } catch {
    return refuse("BAD_REQUEST", "The body is not JSON.");
  }
};

const refusedFor = (error: unknown, log: Log): Refused => {
  if (error instanceof StoreUnavailable || isMomentary(error)) {
    return new Refused(httpRefusal("UNAVAILABLE", "The event store or the database does not answer."));
  }
  log("edge request failed", described(error));
  return new Refused({ ...httpRefusal("UNAVAILABLE", "Something went wrong here; the log knows more."), status: 500 });
};

/** @param isLast the connection is to be closed: nobody listens any more */
const send = (response: ServerResponse, status: number, body: object, isLast: boolean): void => {
  if (response.destroyed) return;
  if (isLast) response.setHeader("connection", "close");
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
};
