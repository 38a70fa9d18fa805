import { createHash } from "node:crypto";
import { normalizeIP } from "@fastify/rate-limit";
import { type FastifyInstance, type FastifyRequest } from "fastify";
import { type Cookie } from "./authentication/session-cookie.js";
import { pathOf } from "./cross-site.js";

export interface LimitOptions {
  /** Per key, session or address; null: no limit. */
  readonly requestsPerMinute: number | null;
  /** Failed sign-ins per address; null: no limit. */
  readonly failuresPerMinute: number | null;
  readonly cookie: Cookie;
}

export interface Limits {
  /** Counts a request. @returns seconds until the next one is taken, where there were too many; null: it may go on */
  wait(request: FastifyRequest): Promise<number | null>;
  /** Notes that the request's sender was let in: failures of others at the same address do not keep it out. */
  accepted(request: FastifyRequest): void;
}

const MINUTE_MS = 60_000;
/** Senders that are remembered at most, of each kind. */
const MOST_SENDERS = 10_000;
/** A network that somebody is given, rather than one address of the many in it. */
const NETWORK_BITS = 64;

/** What one sender may ask. Counted by each process for itself. */
export const limitsOf = (server: FastifyInstance, options: LimitOptions): Limits => {
  const { requestsPerMinute, failuresPerMinute, cookie } = options;
  const senderOf = (request: FastifyRequest): string => credentialOf(request, cookie) ?? addressOf(request);
  const counter = (max: number | null, keyGenerator: (request: FastifyRequest) => string) =>
    max === null ? null : server.createRateLimit({ max, timeWindow: MINUTE_MS, keyGenerator });
  const requests = counter(requestsPerMinute, senderOf);
  // The last one that is allowed fails as well: from then on there were too many.
  const failures = counter(failuresPerMinute === null ? null : failuresPerMinute - 1, addressOf);
  const known = new Set<string>();
  server.addHook("onResponse", async (request, { statusCode }) => {
    if (failures && statusCode === 401 && triesToComeIn(request, cookie)) await failures(request);
  });
  return {
    wait: async (request) => {
      const counted = await requests?.(request);
      if (counted && !counted.isAllowed && counted.isExceeded) return Math.max(1, counted.ttlInSeconds);
      if (!failures || !triesToComeIn(request, cookie) || known.has(senderOf(request))) return null;
      const failed = await failures(request, { increment: false });
      return !failed.isAllowed && failed.isExceeded ? Math.max(1, failed.ttlInSeconds) : null;
    },
    accepted: (request) => {
      if (known.size >= MOST_SENDERS) known.clear();
      known.add(senderOf(request));
    },
  };
};

const addressOf = ({ ip }: FastifyRequest): string => `address ${normalizeIP(ip, NETWORK_BITS)}`;

/** A name for what a request comes with, without the secret itself. */
const credentialOf = ({ headers }: FastifyRequest, cookie: Cookie): string | undefined => {
  const credential = headers.authorization ?? cookie.of(headers);
  return credential === undefined ? undefined : createHash("sha256").update(credential).digest("base64");
};

/** Whether it sends a credential, or is there to get one. */
const triesToComeIn = (request: FastifyRequest, cookie: Cookie): boolean =>
  credentialOf(request, cookie) !== undefined || (pathOf(request).startsWith("/session") && request.method === "POST");
