import { randomUUID } from "node:crypto";
import { type Instant } from "#domain/calendar.js";
import { Rejection } from "#domain/rejection.js";
import { type Role } from "../access/roles.js";
import { type Command } from "../commands.js";
import { type Accepted, execute } from "../execute.js";
import { type Principal } from "../command/principal.js";
import { LOCAL, type MemorySession, memorySession } from "./memory-session.js";
import { type Runner } from "./story.js";

/** Executes commands on a store in memory, each with a new idempotency key, for the default provider. */
export class MemoryClient implements Runner {
  private constructor(
    readonly session: MemorySession,
    private readonly clock: { now: Instant },
    private readonly principal: Principal = LOCAL,
  ) {}

  static async at(now: Instant): Promise<MemoryClient> {
    const clock = { now };
    return new MemoryClient(await memorySession({ systemNow: () => clock.now }), clock);
  }

  /** A client of the same provider, by somebody with these roles. */
  as(...own: Role[]): MemoryClient {
    return new MemoryClient(this.session, this.clock, { ...this.principal, actor: `key:${own.join()}`, roles: own });
  }

  moveTo(now: Instant): void {
    this.clock.now = now;
  }

  run(name: string, input: object): Promise<Accepted> {
    return execute(this.session, this.principal, { name, input, idempotencyKey: randomUUID() } as Command);
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
