import { type DataSource } from "typeorm";
import { type FactSource } from "#application/command/facts.js";
import { type Target } from "#processors/deliveries/target.js";
import { organizationFacts } from "#processors/zendesk/organization-facts.js";
import { type EventStore } from "#event-store/event-store.js";
import { MOST_EVENTS } from "#read-models/as-of/from-journal.js";
import { createFacts } from "#read-models/facts/facts.js";
import { type Visibility } from "#read-models/visibility.js";
import { type Log } from "./log.js";

/** Dependencies of the API; a class, so that Nest can inject it. */
export class Backend {
  readonly facts: FactSource;

  constructor(
    readonly store: EventStore,
    readonly dataSource: DataSource,
    readonly visibility: Visibility,
    /** Whether test clocks can be set and advanced. */
    readonly testClock: boolean,
    readonly log: Log,
    /** Targets of deliveries that this process is configured for. */
    readonly targets: readonly Target[],
    /** Origin of absolute links; null: there is none, and links are paths. */
    readonly publicUrl: string | null = null,
    /** Events that an answer as of another moment is made of at most. */
    readonly mostEvents: number = MOST_EVENTS,
  ) {
    this.facts = {
      ...createFacts(dataSource),
      zendeskOrganization: (providerId, organizationId) => organizationFacts(this, providerId, organizationId),
    };
  }
}
