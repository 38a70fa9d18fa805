import { errorOf, type Reply } from "./answers.js";

/** A fault on demand: what requests it hits, what it does to them, how often. */
export interface Fault {
  /** The answer; absent: the request is only delayed, or its connection broken off. */
  readonly status?: number;
  /** Seconds for `Retry-After`; absent: no such header, as Zendesk was once seen to do. */
  readonly retryAfter?: number;
  /** Which of the two shapes of errors is answered. */
  readonly shape?: "ERROR" | "ERRORS";
  /** AFTER: the request has its effect, and only its answer is lost. */
  readonly when?: "BEFORE" | "AFTER";
  /** Breaks the connection off without an answer. */
  readonly isDown?: boolean;
  readonly delayMs?: number;
  readonly method?: string;
  /** Beginning of the path: `/api/v2/tickets`. */
  readonly path?: string;
  /** How many requests it hits; null: all until it is removed. One unless given. */
  readonly times?: number | null;
  /** The part of requests that it hits, 0 to 1; all unless given. */
  readonly share?: number;
}

const NAMES: Readonly<Record<number, readonly [string, string]>> = {
  401: ["Couldn't authenticate you", "Couldn't authenticate you"],
  403: ["Forbidden", "You do not have access to this page."],
  409: ["DatabaseConflict", "Database collision"],
  429: ["APIRateLimitExceeded", "Number of allowed API requests per minute exceeded"],
};

/** Faults in force, oldest first. Shares fall by a series of numbers that is the same in every run. */
export class Faults {
  #inForce: { readonly fault: Fault; left: number }[] = [];
  #seed = 1;

  add(fault: Fault): void {
    const left = fault.times === null ? Number.POSITIVE_INFINITY : (fault.times ?? 1);
    this.#inForce.push({ fault, left });
  }

  clear(): void {
    this.#inForce = [];
  }

  /** The fault that hits a request, which counts it. */
  hit(method: string, path: string): Fault | undefined {
    const entry = this.#inForce.find(
      ({ fault }) =>
        (fault.method === undefined || fault.method === method) &&
        (fault.path === undefined || path.startsWith(fault.path)) &&
        (fault.share === undefined || this.#next() < fault.share),
    );
    if (entry === undefined) return undefined;
    entry.left -= 1;
    this.#inForce = this.#inForce.filter(({ left }) => left > 0);
    return entry.fault;
  }

  #next(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }
}

/** What a fault with a status answers. */
export const replyOf = ({ status = 500, retryAfter, shape = "ERROR" }: Fault): Reply => {
  const [name, description] = NAMES[status] ?? ["InternalError", "Something went wrong."];
  return errorOf(
    shape,
    status,
    name,
    description,
    retryAfter === undefined ? {} : { "retry-after": String(retryAfter) },
  );
};
