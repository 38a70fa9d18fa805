import { Injectable } from "@nestjs/common";
import { presentOf } from "#application/command/clock.js";
import { type Instant } from "#domain/calendar.js";
import { Backend } from "./backend.js";

/** The present time of each provider, for queries. */
@Injectable()
export class Clocks {
  constructor(private readonly backend: Backend) {}

  /** The provider's present time; the system's time for a provider that is not projected yet. */
  now(providerId: string): Promise<Instant> {
    return presentOf({ facts: this.backend.facts, systemNow }, providerId);
  }
}

export const systemNow = (): Instant => new Date().toISOString();
