import { originOf, type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Call, type Processor } from "../runner/processor.js";
import { releaseReservations, RESERVATION_HOLDS_MS } from "./reservations.js";
import { closeAccounts, terminateCommitments } from "./settle.js";

/** What a task is about. */
type Subject =
  | { readonly kind: "customer"; readonly customerId: string }
  | { readonly kind: "account"; readonly accountId: string }
  | { readonly kind: "commitment"; readonly commitmentId: string }
  | { readonly kind: "reservations" };

/**
 * Finishes what closing an account or a customer leaves: its accounts, their commitments, their identifiers; and
 * releases reservations that nobody uses. The feed says what is left, and every command has a key of its own: so it
 * does not matter when or how often a task runs, and the first start begins at the start.
 */
export const leftovers: Processor = {
  name: "leftovers",
  from: "START",
  types: [
    "CustomerClosed",
    "AccountClosed",
    "AliasRemoved",
    "IdentifierReserved",
    // These may come after the closing that they should have been refused for.
    "AccountOpened",
    "CommitmentAssigned",
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
    case "CommitmentAssigned": {
      const { customerId, accountId } = event.data;
      return [
        { ...call(provider, { kind: "customer", customerId }), onlyAgain: true },
        { ...call(provider, { kind: "account", accountId }), onlyAgain: true },
      ];
    }
    default:
      // What was terminated here needs no second look.
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
