import { type Socket } from "node:net";
import pg from "pg";
import { keepingPlans } from "./kept-plans.js";

/**
 * PostgreSQL did not answer a statement in time: the connection is closed, and whether the statement took effect is
 * unknown.
 */
export class StatementUnanswered extends Error {
  override readonly name = "StatementUnanswered";
  /** The code that Node gives for lost connections. */
  readonly code = "ETIMEDOUT";
  constructor(withinMs: number) {
    super(`PostgreSQL did not answer a statement within ${withinMs} ms`);
  }
}

/**
 * A class of clients that keep plans, with a time limit for each statement. After it they close their connection: the
 * statement and those queued behind it fail with `StatementUnanswered`, and no pool takes the client back. A server that
 * hangs enforces no timeout of its own, and the driver's `query_timeout` would leave the client in the middle of the
 * statement.
 */
export const boundedClient = (withinMs: number): typeof pg.Client => {
  class BoundedClient extends pg.Client {
    override readonly query = this.#bounded() as pg.Client["query"];

    #bounded() {
      const plain = keepingPlans(this, super.query.bind(this));
      return (...call: unknown[]): unknown => {
        const answer = plain(...call);
        if (answer instanceof Promise) {
          const stopWatching = this.#watch();
          answer.then(stopWatching, stopWatching);
        }
        return answer;
      };
    }

    /** Returns a function that stops the timer. */
    #watch(): () => void {
      let answered = false;
      const timer = setTimeout(() => {
        // A busy process runs timers before it reads sockets: read the sockets once before giving up.
        setImmediate(() => {
          if (!answered) this.#socket.destroy(new StatementUnanswered(withinMs));
        });
      }, withinMs);
      return () => {
        answered = true;
        clearTimeout(timer);
      };
    }

    get #socket(): Socket {
      return (this as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream;
    }
  }
  return BoundedClient;
};
