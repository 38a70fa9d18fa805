import { originOf, type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Call, type Processor } from "../runner/processor.js";
import { releaseReservations, RESERVATION_HOLDS_MS } from "./reservations.js";
import { closeAccounts, terminateCommitments } from "./settle.js";

/** Subject of a task. */
type Subject =
  | { readonly kind: "customer"; readonly customerId: string }
  | { readonly kind: "account"; readonly accountId: string }
  | { readonly kind: "commitment"; readonly commitmentId: string }
  | { readonly kind: "reservations" };

/**
 * Settles the leftovers of a closed account or customer (accounts, commitments, identifiers), and releases unused
 * reservations (docs/rules.md#closing). Tasks read the leftovers from the billing feed, and their commands have fixed
 * idempotency keys, so a task may run at any time and repeatedly; the first start begins at the log's beginning.
 */
export const leftovers: Processor = {
  name: "leftovers",
  from: "START",
  types: [
    "CustomerClosed",
    "AccountClosed",
    "AliasRemoved",
    "IdentifierReserved",
    // These may be recorded after a concurrent closing.
    "AccountOpened",
    "CommitmentAssigned",
    "CommitmentTransferred",
    "CommitmentTerminated",
    "TerminationCancelled",
  ],
  reads: ["billing", "identifiers"],
  calls: (events) => events.flatMap(callsOf),
  async run({ provider, data, now }, effects) {
    const subject = data as Subject;
    switch (subject.kind) {
      case "customer":
        await closeAccounts(effects, provider, subject.customerId, now);
        await terminateCommitments(effects, provider, { customerId: subject.customerId }, now);
        return undefined;
      case "account":
        await terminateCommitments(effects, provider, { accountId: subject.accountId }, now);
        return undefined;
      case "commitment":
        await terminateCommitments(effects, provider, { commitmentId: subject.commitmentId }, now);
        return undefined;
      case "reservations":
        return releaseReservations(effects, provider, now);
    }
  },
};

const callsOf = (event: RecordedEvent): Call[] => {
  const { provider, id } = parseStreamName(event.stream);
  switch (event.type) {
    case "CustomerClosed":
      return [call(provider, { kind: "customer", customerId: id })];
    case "AccountClosed":
      return [call(provider, { kind: "account", accountId: id }), call(provider, { kind: "reservations" })];
    case "AliasRemoved":
      return [call(provider, { kind: "reservations" })];
    case "IdentifierReserved": {
      const dueAt = new Date(Date.parse(event.metadata.recordedAt) + RESERVATION_HOLDS_MS + 1).toISOString();
      return [{ ...call(provider, { kind: "reservations" }), dueAt }];
    }
    case "AccountOpened":
      return [{ ...call(provider, { kind: "customer", customerId: event.data.customerId }), onlyAgain: true }];
    case "CommitmentAssigned":
    case "CommitmentTransferred": {
      const { customerId, accountId } = event.data;
      return [
        { ...call(provider, { kind: "customer", customerId }), onlyAgain: true },
        { ...call(provider, { kind: "account", accountId }), onlyAgain: true },
      ];
    }
    default:
      // A termination by this processor leaves nothing to settle.
      return originOf(event.metadata) === "worker" ? [] : [call(provider, { kind: "commitment", commitmentId: id })];
  }
};

const call = (provider: string, subject: Subject): Call => ({ provider, key: keyOf(subject), data: subject });

const keyOf = (subject: Subject): string => {
  switch (subject.kind) {
    case "customer":
      return `customer ${subject.customerId}`;
    case "account":
      return `account ${subject.accountId}`;
    case "commitment":
      return `commitment ${subject.commitmentId}`;
    case "reservations":
      return "reservations";
  }
};
