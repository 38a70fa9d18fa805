import { setTimeout } from "node:timers/promises";
import { Injectable } from "@nestjs/common";
import { type Instant } from "#domain/calendar.js";
import { nowOf, type Provider } from "#domain/providers/provider.js";
import { reject } from "#domain/rejection.js";
import { Backend } from "../backend.js";
import { Unavailable } from "../graphql/unavailable.js";

const LOOK_AGAIN_MS = 50;
const PATIENCE_MS = 60_000;

/** A command that was accepted before. */
export interface Processed {
  readonly hash: string;
  readonly stream: string;
}

/** The present of each provider, from its read model. */
@Injectable()
export class Clocks {
  constructor(private readonly backend: Backend) {}

  /** The provider's present; that of one whose row is not there yet is the system's. */
  async now(providerId: string): Promise<Instant> {
    const [row] = await this.backend.rows<{ state: Provider }>("SELECT state FROM providers WHERE provider_id = $1", [
      providerId,
    ]);
    return row ? nowOf(row.state, systemNow()) : systemNow();
  }

  /**
   * The provider's present once its clock stands still: commands that come during a walk wait for its end.
   * @param commandId looked up on the way, in the same round trip
   * @throws Rejection CONFLICT when the walk takes too long; Unavailable when the read models do not know the provider
   */
  async settled(providerId: string, commandId: string): Promise<{ now: Instant; processed: Processed | null }> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const { provider, hash, stream } = await this.look(providerId, commandId);
      const processed = hash !== null && stream !== null ? { hash, stream } : null;
      if (provider && !provider.advance) return { now: nowOf(provider, systemNow()), processed };
      if (performance.now() > deadline) throw tooLong(provider);
      await setTimeout(LOOK_AGAIN_MS);
    }
  }

  private async look(providerId: string, commandId: string): Promise<Look> {
    const [row] = await this.backend.rows<Look>(
      `SELECT p.state AS provider, c.command_hash AS hash, c.stream
         FROM (VALUES ($1::uuid, $2::uuid)) AS asked (provider_id, command_id)
         LEFT JOIN providers p ON p.provider_id = asked.provider_id
         LEFT JOIN processed_commands c ON c.provider_id = asked.provider_id AND c.command_id = asked.command_id`,
      [providerId, commandId],
    );
    return row ?? { provider: null, hash: null, stream: null };
  }
}

interface Look {
  readonly provider: Provider | null;
  readonly hash: string | null;
  readonly stream: string | null;
}

const tooLong = (provider: Provider | null): Error =>
  provider
    ? reject("CONFLICT", `The test clock is still moving to ${provider.advance?.to ?? ""}; try again when it is there.`)
    : new Unavailable("The read models do not know the provider yet; is a worker running?");

export const systemNow = (): Instant => new Date().toISOString();
