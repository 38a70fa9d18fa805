import { setImmediate } from "node:timers/promises";
import pg from "pg";
import { keepingPlans } from "./kept-plans.js";

/** A statement that only writes: what it answers is how many rows, which nobody asks for. */
const ONLY_WRITES = /^\s*(?:INSERT|UPDATE|DELETE)\b(?![\s\S]*\bRETURNING\b)/i;

const answered = { rows: [], rowCount: 0, fields: [] };

/**
 * A client for rebuilds, which write much and read little: statements are sent one behind another, and what only writes
 * is not waited for. So its caller reckons the next rows while PostgreSQL writes these. A write that fails is told by the
 * next statement that is waited for, in any case by that which ends the transaction, which PostgreSQL then rolls back.
 */
export class WritingClient extends pg.Client {
  /** Of a statement of this transaction that was not waited for. */
  #failure: { readonly error: unknown } | undefined;

  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true });
  }

  override readonly query = this.#writing() as pg.Client["query"];

  #writing() {
    const query = keepingPlans(this, super.query.bind(this));
    return (...call: unknown[]): unknown => {
      const [text] = call;
      const answer = query(...call);
      if (!(answer instanceof Promise) || typeof text !== "string") return answer;
      if (!ONLY_WRITES.test(text)) return this.#waitedFor(answer, text);
      answer.catch((error: unknown) => {
        this.#failure ??= { error };
      });
      return setImmediate(answered);
    };
  }

  async #waitedFor(answer: Promise<unknown>, text: string): Promise<unknown> {
    const result = await answer.catch((error: unknown) => {
      throw this.#failure?.error ?? error;
    });
    const failure = this.#failure;
    if (text === "ROLLBACK") this.#failure = undefined;
    else if (failure) throw failure.error;
    return result;
  }
}
