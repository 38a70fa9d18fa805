import { type ErrorCode } from "./codes.js";

/** A refusal of a request before any of its operation is executed. */
export interface HttpRefusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly status: number;
}

/** Bytes of a request at most. */
export const BODY_LIMIT = 256 * 1024;

const REFUSALS = {
  UNAUTHENTICATED: {
    status: 401,
    message: "Say who asks: with a token, as authorization: Bearer …, or with a session.",
  },
  FORBIDDEN: { status: 403, message: "Requests to another host, or from a page of another origin, are refused." },
  NOT_FOUND: { status: 404, message: "There is nothing at this address; GraphQL is at /graphql." },
  METHOD_NOT_ALLOWED: { status: 405, message: "Send operations by POST; queries also by GET." },
  REQUEST_TOO_LARGE: { status: 413, message: `The request is larger than ${BODY_LIMIT / 1024} KB.` },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: "Send JSON, as content-type: application/json." },
  BAD_REQUEST: { status: 400, message: "The request is not one that HTTP knows." },
  NOT_VISIBLE_YET: {
    status: 200,
    message: "The read models have not reached the position of tenure-after; send the same request again.",
  },
  RATE_LIMITED: { status: 429, message: "There were too many requests; wait as long as retry-after says." },
  UNAVAILABLE: { status: 503, message: "The API is being stopped; send the same request again to the next one." },
} as const satisfies Partial<Record<ErrorCode, Omit<HttpRefusal, "code">>>;

export type HttpCode = keyof typeof REFUSALS;

/** The refusal of a code; its usual sentence unless there is a better one. */
export const httpRefusal = (code: HttpCode, message: string = REFUSALS[code].message): HttpRefusal => ({
  code,
  message,
  status: REFUSALS[code].status,
});

/** As a client reads it: the shape of every answer of GraphQL. */
export const refusalBody = ({ code, message }: HttpRefusal) => ({ errors: [{ message, extensions: { code } }] });

/** Throws a refusal on its way to the client. */
export class Refused extends Error {
  override readonly name = "Refused";
  constructor(readonly refusal: HttpRefusal) {
    super(refusal.message);
  }
}

/** By the codes of Fastify and Mercurius where the status does not say it all. */
const SENTENCES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: "The body is not JSON.",
  FST_ERR_CTP_EMPTY_JSON_BODY: "The body is empty; an operation is { query, variables }.",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "The body does not have the length that content-length says.",
  FST_ERR_BAD_URL: "The address is not well-formed.",
  ECONNRESET: "The client hung up.",
  MER_ERR_METHOD_NOT_ALLOWED: "Only queries are sent by GET; send other operations by POST.",
};

const BY_STATUS: Readonly<Record<number, HttpCode>> = {
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_ALLOWED",
  413: "REQUEST_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  429: "RATE_LIMITED",
  431: "REQUEST_TOO_LARGE",
  503: "UNAVAILABLE",
};

/** What an error of the web server tells the client; undefined when the client is not to blame. */
export const refusalOf = (error: unknown): HttpRefusal | undefined => {
  if (error instanceof Refused) return error.refusal;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (typeof statusCode !== "number" || statusCode < 400 || statusCode >= 500) return undefined;
  const sentence = typeof code === "string" ? SENTENCES[code] : undefined;
  return httpRefusal(BY_STATUS[statusCode] ?? "BAD_REQUEST", sentence);
};
