import { type ZendeskConfiguration } from "./configuration.js";
import { failureOf, noAnswer, ZendeskFailure } from "./failure.js";
import { Pace, type Pacer, systemPacer } from "./pace.js";

export interface ZendeskRequest {
  /** Left out: GET. */
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api/v2`, e.g. `/organizations/1`; its variable parts are encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as JSON. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** An answer of success. */
export interface ZendeskAnswer<Body> {
  readonly status: number;
  /** As Zendesk documents it; nothing checks it. */
  readonly body: Body;
  readonly headers: Headers;
}

/** Asks a provider's Zendesk. */
export interface ZendeskClient {
  readonly configuration: ZendeskConfiguration;
  /** @throws ZendeskFailure for every answer but 2xx, and for none */
  request<Body>(request: ZendeskRequest): Promise<ZendeskAnswer<Body>>;
  /** The same; null where there is no such thing (404). */
  find<Body>(request: ZendeskRequest): Promise<Body | null>;
}

/** Milliseconds within which Zendesk must have answered one request. */
const ANSWERED_WITHIN_MS = 20_000;
/** Seconds that `Retry-After` may ask for and we take at its word. */
const LONGEST_RETRY_AFTER_S = 24 * 3_600;
/** After a 429 without `Retry-After`, which was seen once: the limit is one of a minute. */
const UNSAID_RETRY_AFTER_MS = 60_000;
/** Tries of what is read and written again after a 409. */
const TRIES_OF_CONTENDED = 3;

/**
 * A client of Zendesk's API (docs/integrations.md#zendesk): basic authentication with `EMAIL/token`, no more than 400
 * requests a minute, and silence after a 429 until the time that it names has come.
 */
export const zendeskClient = (configuration: ZendeskConfiguration, pacer: Pacer = systemPacer): ZendeskClient => {
  const { origin, email, token } = configuration;
  const authorization = `Basic ${Buffer.from(`${email}/token:${token}`).toString("base64")}`;
  const pace = new Pace(pacer);
  let silentUntil = -Infinity;

  const request = async <Body>({
    method = "GET",
    path,
    query = {},
    body,
    headers,
    signal,
  }: ZendeskRequest): Promise<ZendeskAnswer<Body>> => {
    const silentFor = silentUntil - pacer.now();
    if (silentFor > 0) throw failureOf(429, { error: "asked not to ask before" }, silentFor);
    await pace.turn(signal).catch((error: unknown) => {
      throw noAnswer(error);
    });
    const url = new URL(`${origin}/api/v2${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const within = AbortSignal.timeout(ANSWERED_WITHIN_MS);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method,
        headers: {
          accept: "application/json",
          ...(body && { "content-type": "application/json" }),
          ...headers,
          authorization,
        },
        // A redirect would take the token elsewhere.
        redirect: "manual",
        signal: signal ? AbortSignal.any([signal, within]) : within,
        ...(body && { body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch (error) {
      throw noAnswer(error);
    }
    const answer = jsonOf(text);
    if (response.ok && (answer !== undefined || text === "")) {
      return { status: response.status, body: answer as Body, headers: response.headers };
    }
    if (response.ok) throw new ZendeskFailure({ outcome: "FAILED", error: "Zendesk answered without JSON." }, null);
    const asked = retryAfterMs(response.headers);
    const pause = response.status === 429 ? (asked ?? UNSAID_RETRY_AFTER_MS) : asked;
    if (response.status === 429) silentUntil = Math.max(silentUntil, pacer.now() + (pause ?? 0));
    throw failureOf(response.status, answer, pause);
  };
  return {
    configuration,
    request,
    async find<Body>(asked: ZendeskRequest) {
      try {
        return (await request<Body>(asked)).body;
      } catch (error) {
        if (error instanceof ZendeskFailure && error.status === 404) return null;
        throw error;
      }
    },
  };
};

/**
 * Does something that reads and then writes; again, from the reading on, where Zendesk says that somebody else wrote
 * meanwhile (409).
 */
export const whileContended = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const isContended = error instanceof ZendeskFailure && error.status === 409;
      if (!isContended || tries >= TRIES_OF_CONTENDED) throw error;
    }
  }
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** `Retry-After` in seconds, as Zendesk gives it; undefined: not given, or not understood. */
const retryAfterMs = (headers: Headers): number | undefined => {
  const text = headers.get("retry-after")?.trim() ?? "";
  return /^\d{1,9}$/.test(text) ? Math.min(Number(text), LONGEST_RETRY_AFTER_S) * 1_000 : undefined;
};
