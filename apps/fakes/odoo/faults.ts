/** A fault on demand: which requests for Odoo it hits, what it does to them, how often. */
export interface Fault {
  /** The answer's status; absent: the request is only delayed, or its connection broken off. */
  readonly status?: number;
  /** Seconds for `Retry-After`; absent: no such header. */
  readonly retryAfter?: number;
  /** Answers 200 with an `error` object, as Odoo's older controllers do. */
  readonly rpcError?: boolean;
  /** AFTER: the signal is taken, and only its answer is lost. Default: BEFORE. */
  readonly when?: "BEFORE" | "AFTER";
  /** Breaks the connection off without an answer. */
  readonly down?: boolean;
  readonly delayMs?: number;
  /** Only requests with this method. */
  readonly method?: string;
  /** How many requests it hits; null: all until it is removed. Default: one. */
  readonly times?: number | null;
  /** The part of requests that it hits, 0 to 1. Default: all. */
  readonly share?: number;
}

/** Faults in force, oldest first. Shares fall by a series of numbers that is the same in every run. */
export class Faults {
  #inForce: { readonly fault: Fault; left: number }[] = [];
  #seed = 1;

  get inForce(): readonly Fault[] {
    return this.#inForce.map(({ fault }) => fault);
  }

  add(fault: Fault): void {
    this.#inForce.push({ fault, left: fault.times === null ? Number.POSITIVE_INFINITY : (fault.times ?? 1) });
  }

  clear(): void {
    this.#inForce = [];
  }

  /** The fault that hits a request, which counts it. */
  hit(method: string): Fault | undefined {
    const found = this.#inForce.find(
      ({ fault }) =>
        (fault.method === undefined || fault.method === method) &&
        (fault.share === undefined || this.#next() < fault.share),
    );
    if (!found) return undefined;
    found.left -= 1;
    this.#inForce = this.#inForce.filter(({ left }) => left > 0);
    return found.fault;
  }

  #next(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }
}

/** The fault that a JSON value describes; what it does not know is left out. */
export const faultOf = (body: Readonly<Record<string, unknown>>): Fault => {
  const kept = Object.entries(TYPES).filter(([name, type]) => typeof body[name] === type);
  return {
    ...Object.fromEntries(kept.map(([name]) => [name, body[name]])),
    ...(body["times"] === null && { times: null }),
    ...(body["when"] === "AFTER" && { when: "AFTER" }),
  };
};

const TYPES = {
  ...{ status: "number", retryAfter: "number", delayMs: "number", times: "number", share: "number" },
  ...{ rpcError: "boolean", down: "boolean", method: "string" },
};
