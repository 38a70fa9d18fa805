import { type Instant, type LocalDate } from "#domain/calendar.js";
import { mailKinds } from "#domain/messages/events.js";
import { type EventStore } from "#event-store/event-store.js";
import { type Database } from "#read-models/data-source.js";

/** Systems outside that events are delivered to. Part of stored ids: names never change. */
export const targetNames = ["EMAIL", "ODOO", "ZENDESK"] as const;
export type TargetName = (typeof targetNames)[number];

/** What is delivered to a target: a kind of message, by its name there. Part of stored ids: names never change. */
export const deliveryKinds = {
  EMAIL: mailKinds,
  ODOO: [
    ...["INVOICE_GENERATED", "INVOICE_OVERDUE"],
    ...["CUSTOMER_SUSPENDED", "CUSTOMER_UNSUSPENDED", "COMMITMENT_TERMINATED"],
  ] as const,
  ZENDESK: ["ORGANIZATION_UPSERTED", "USER_UPSERTED", "ORGANIZATION_LINKED", "ORGANIZATION_UNLINKED"],
} as const satisfies Readonly<Record<TargetName, readonly string[]>>;
export type DeliveryKind<Target extends TargetName = TargetName> = (typeof deliveryKinds)[Target][number];

/** One message to one target about one event. */
export interface Delivery {
  /** uuid v5 of target, event and kind: the same over all tries. */
  readonly id: string;
  readonly provider: string;
  readonly customerId: string;
  readonly target: TargetName;
  readonly kind: DeliveryKind;
  /** Business date of the message in the customer's zone. */
  readonly on: LocalDate;
  /** What it is about: the id of the invoice, payment or commitment; null: the customer alone. */
  readonly subjectId: string | null;
  /** The event that it is about; `recordedAt` is by the provider's clock. */
  readonly event: {
    readonly id: string;
    readonly stream: string;
    readonly revision: bigint;
    readonly recordedAt: string;
  };
}

/** A delivery to one target. */
export type DeliveryTo<Name extends TargetName> = Omit<Delivery, "target" | "kind"> & {
  readonly target: Name;
  readonly kind: DeliveryKind<Name>;
};

/** What is sent, as plain JSON: stored before the first try, so that every try sends the same. */
export type Content = object;

/** What `prepare` may read. */
export interface Sources {
  readonly store: EventStore;
  readonly dataSource: Database;
}

/** What `send` may read and record. */
export interface Sending extends Sources {
  /** The provider's time. */
  now(): Promise<Instant>;
}

/** What became of a try. `error` is a sentence for an operator, without secrets. */
export type Answer =
  | { readonly outcome: "DELIVERED" }
  /** There was nothing to do after all: an outcome, no failure. `reason` is a sentence likewise. */
  | { readonly outcome: "DISCARDED"; readonly reason: string }
  /** May go better later: tried again with growing pauses, parked when it has failed for three days. */
  | { readonly outcome: "FAILED"; readonly error: string; readonly retryAfterMs?: number }
  /** Will not go better: parked at once. */
  | { readonly outcome: "REFUSED"; readonly error: string }
  /** The target does not answer, or not to us: no try counts, and all its deliveries wait until it is back. */
  | { readonly outcome: "DOWN"; readonly error: string };

export interface Verification {
  readonly ok: boolean;
  /** What was found, as a sentence for an operator, without secrets. */
  readonly message: string;
}

/** A system outside, as configured for the providers of this installation. */
export interface Target {
  readonly name: TargetName;
  /** Whether it is configured for the provider. Events of a provider for which it is not make no deliveries. */
  isOn(provider: string): boolean;
  /** The provider's configuration as operators may see it: secrets are masked. */
  configuration(provider: string): readonly { readonly key: string; readonly value: string }[];
  /** Names of the read models that `prepare` reads: it is called once they show the event. */
  readonly reads: readonly string[];
  /**
   * What to send, or why there is nothing to send after all: then the delivery is discarded. When it throws, it is
   * called again later, and the delivery is parked as if the target had failed.
   */
  prepare(delivery: Delivery, sources: Sources): Promise<{ content: Content } | { discard: string }>;
  /**
   * Sends what was prepared; aborted when it takes too long. What it throws counts as FAILED, but for outages of our own
   * servers: then the delivery waits. It may be called again although the target has the delivery: what it records must
   * be recorded once all the same.
   */
  send(content: Content, delivery: Delivery, signal: AbortSignal, sending: Sending): Promise<Answer>;
  /** Checks the provider's configuration (reachable, credentials right), and changes nothing there. */
  verify(provider: string, signal: AbortSignal): Promise<Verification>;
}

/** Targets, or what is known of them, by name. */
export const byName = <Named extends { readonly name: TargetName }>(
  targets: readonly Named[],
): Map<TargetName, Named> => new Map(targets.map((target) => [target.name, target]));
