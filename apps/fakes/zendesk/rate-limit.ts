import { replyOf } from "./faults.js";
import { type Reply } from "./answers.js";

const MINUTE = 60_000;

/** So many requests are answered in any sixty seconds of the machine's clock; the others are told when to come back. */
export class RateLimit {
  #answered: number[] = [];

  constructor(public perMinute: number) {}

  /** The refusal of a request that comes too early. */
  refuse(): Reply | undefined {
    const now = Date.now();
    this.#answered = this.#answered.filter((at) => at > now - MINUTE);
    const [oldest = now] = this.#answered;
    if (this.#answered.length < this.perMinute) {
      this.#answered.push(now);
      return undefined;
    }
    return replyOf({ status: 429, retryAfter: Math.max(1, Math.ceil((oldest + MINUTE - now) / 1_000)) });
  }
}
