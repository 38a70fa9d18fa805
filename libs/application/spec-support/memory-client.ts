import { type Instant } from "#domain/calendar.js";
import { Rejection } from "#domain/rejection.js";
import { type Command } from "../commands.js";
import { type Accepted, execute } from "../execute.js";
import { LOCAL, type MemorySession, memorySession } from "./memory-session.js";
import { type Runner } from "./story.js";

/** Executes commands on a store in memory, each with a new idempotency key, for the default provider. */
export class MemoryClient implements Runner {
  private sent = 0;

  private constructor(
    readonly session: MemorySession,
    private readonly clock: { now: Instant },
  ) {}

  static async at(now: Instant): Promise<MemoryClient> {
    const clock = { now };
    return new MemoryClient(await memorySession({ systemNow: () => clock.now }), clock);
  }

  moveTo(now: Instant): void {
    this.clock.now = now;
  }

  run(name: string, input: object): Promise<Accepted> {
    this.sent += 1;
    return execute(this.session, LOCAL, { name, input, idempotencyKey: `key ${this.sent}` } as Command);
  }

  /** Executes a command that must be rejected; returns the code and the field. */
  async refused(name: string, input: object): Promise<string> {
    try {
      await this.run(name, input);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return error.field === undefined ? error.code : `${error.code} ${error.field}`;
    }
    throw new Error(`${name} was accepted: ${JSON.stringify(input)}`);
  }
}
