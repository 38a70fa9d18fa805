import { appendSteps } from "#application/processes/collection/collect-due.js";
import { workerCommand } from "#application/processes/context.js";
import { decideAndAppend } from "#application/command/decide-and-append.js";
import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { type Instant, type LocalDate } from "#domain/calendar.js";
import { liftWhenPaid } from "#domain/collection/decide.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { holderOn } from "#domain/commitments/holders.js";
import { terminateForNonPayment } from "#domain/commitments/terminate.js";
import { customerEvolver, nonPaymentSuspensionOn, todayOf } from "#domain/customers/customer.js";
import { liftForPayment, suspendForNonPayment } from "#domain/customers/rate-and-suspension.js";
import { type RecordedEvent } from "#event-store/event.js";
import { loadAggregate } from "#event-store/fold.js";
import { parseStreamName, streamName } from "#event-store/streams.js";
import { collectionsOf } from "#read-models/billing/due-steps.js";
import { loadBilling } from "#read-models/billing/load.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { type Call, type Effects, type Processor } from "../runner/processor.js";

/** Subject of a task. */
type Subject =
  | { readonly kind: "service"; readonly customerId: string; readonly recordedAt: Instant }
  | {
      readonly kind: "termination";
      readonly customerId: string;
      readonly commitmentIds: readonly string[];
      readonly on: LocalDate;
      readonly eventId: string;
    };

/**
 * Carries out what collection decided: suspends customers, terminates commitments, and lifts a suspension for
 * non-payment at once when nothing is overdue any more (docs/rules.md#lifting). Its commands have fixed idempotency
 * keys, so a task may run at any time and repeatedly.
 */
export const collection: Processor = {
  name: "collection",
  from: "START",
  types: [
    "SuspendedForNonPayment",
    "NonPaymentSuspensionLifted",
    "TerminatedForNonPayment",
    // These may leave nothing overdue.
    "NumbersAssigned",
    "CreditNoteSealed",
    "InvoiceVoided",
    "PaymentRecorded",
    "InvoiceWrittenOff",
  ],
  reads: ["billing"],
  calls: (events) => events.flatMap(callsOf),
  async run({ provider, data, now }, effects) {
    const subject = data as Subject;
    if (subject.kind === "service") await settleService(effects, provider, subject, now);
    else await terminateUnpaid(effects, provider, subject, now);
    return undefined;
  },
};

const callsOf = (event: RecordedEvent): Call[] => {
  const { provider, id } = parseStreamName(event.stream);
  const { recordedAt } = event.metadata;
  const service = (customerId: string, onlyAgain: boolean): Call => {
    const data: Subject = { kind: "service", customerId, recordedAt };
    return { provider, key: `service ${customerId}`, data, onlyAgain };
  };
  switch (event.type) {
    case "SuspendedForNonPayment":
    case "NonPaymentSuspensionLifted":
      return [service(id, false)];
    case "TerminatedForNonPayment": {
      const { commitmentIds, effectiveOn: on } = event.data;
      if (commitmentIds.length === 0) return [];
      const data: Subject = { kind: "termination", customerId: id, commitmentIds, on, eventId: event.id };
      return [{ provider, key: `termination ${event.id}`, data }];
    }
    case "NumbersAssigned":
      return event.data.invoices.map(({ customerId }) => service(customerId, true));
    default:
      // Whoever was never suspended by collection has no task to run again.
      return [service(id, true)];
  }
};

/**
 * Brings the customer's suspension in line with what collection decided last, then decides the lifting where all that
 * was overdue is paid: that calls for the task again.
 */
const settleService = async (
  { store, dataSource }: Effects,
  provider: string,
  { customerId, recordedAt }: Extract<Subject, { kind: "service" }>,
  now: Instant,
): Promise<void> => {
  const known = (await collectionsOf(dataSource, wholeProvider(provider), [customerId], recordedAt)).get(customerId);
  const decision = known?.standing.collection.decision;
  if (!known || !decision) return;
  const { suspended, on, eventId } = decision;
  const stream = streamName(provider, "customer", customerId);
  const name = suspended ? "suspendForNonPayment" : "liftForPayment";
  await faultPoint("collection.before-effect");
  await decideAndAppend(store, {
    stream,
    evolver: customerEvolver,
    envelope: workerCommand(provider, name, `${name}:${customerId}:${eventId}`, now),
    decide: (state) => (suspended ? suspendForNonPayment({ on }, state) : liftForPayment({ on }, state)),
  });
  await faultPoint("collection.after-effect");
  if (!suspended) return;
  const { state } = await loadAggregate(store, stream, customerEvolver);
  if (!state) return;
  const today = todayOf(state, recordedAt);
  const isSuspended = nonPaymentSuspensionOn(state, today) !== undefined;
  const lifted = liftWhenPaid({ collection: known.standing.collection, isSuspended }, today);
  // Where another writer was faster, the task is tried again.
  if (lifted.length > 0) await appendSteps(store, provider, known, lifted, now);
};

/** Terminates the commitments, each once; what was terminated for an earlier day stays. */
const terminateUnpaid = async (
  { store, dataSource }: Effects,
  provider: string,
  { commitmentIds, on, eventId }: Extract<Subject, { kind: "termination" }>,
  now: Instant,
): Promise<void> => {
  for (const commitmentId of commitmentIds) {
    const stream = streamName(provider, "commitment", commitmentId);
    const { state } = await loadAggregate(store, stream, commitmentEvolver);
    // Who holds it on that day owes the penalty.
    const billing = state && (await loadBilling(dataSource, wholeProvider(provider), holderOn(state, on).customerId));
    if (!billing) continue;
    await faultPoint("collection.before-effect");
    await decideAndAppend(store, {
      stream,
      evolver: commitmentEvolver,
      envelope: workerCommand(provider, "terminateForNonPayment", `terminate:${commitmentId}:${eventId}`, now),
      decide: (commitment) => terminateForNonPayment({ on }, commitment, { quote: quoteEarlyTermination(billing) }),
    });
    await faultPoint("collection.after-effect");
  }
};
