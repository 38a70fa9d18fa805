import { LOCAL } from "#application/spec-support/memory-session.js";
import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { type LocalDate } from "#domain/calendar.js";
import { type CustomerClass } from "#domain/catalog/customer-class.js";
import { liftWhenPaid, takeSteps, terminatesBy } from "#domain/collection/decide.js";
import { type Standing } from "#domain/collection/next-steps.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { holderOn } from "#domain/commitments/holders.js";
import { terminateForNonPayment } from "#domain/commitments/terminate.js";
import { type Customer, customerEvolver, nonPaymentSuspensionOn, todayOf } from "#domain/customers/customer.js";
import { liftForPayment, suspendForNonPayment } from "#domain/customers/rate-and-suspension.js";
import { type CollectionEvent } from "#domain/invoicing/collection-events.js";
import { receivablesEvolver } from "#domain/invoicing/receivables.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type CollectionRow, CollectionRows, standingOf } from "#read-models/billing/collection.js";
import { keyOf, type Placed, type Touched } from "#read-models/billing/fold.js";
import { follow } from "./feed.js";
import { type World } from "./world.js";

const { providerId: provider } = LOCAL;

/** What collection knows, as the billing feed has it: its own code, on maps in the place of tables. */
export class Collections {
  private readonly byKey: Map<string, CollectionRow>;
  private readonly customersByKey: Map<string, Customer>;
  private readonly classesByKey: Map<string, CustomerClass>;
  private readonly rows: CollectionRows;
  private readonly untouched: Touched = {
    customers: new Map(),
    accounts: new Map(),
    classes: new Map(),
    commitments: new Map(),
  };

  constructor(
    private readonly customers: ReadonlyMap<string, Customer>,
    private readonly classes: ReadonlyMap<string, CustomerClass>,
    /** What is known already. */
    known?: Collections,
  ) {
    this.byKey = new Map(known?.byKey);
    this.customersByKey = new Map(known?.customersByKey);
    this.classesByKey = new Map(known?.classesByKey);
    this.rows = new CollectionRows(this.byKey, this.customersByKey, this.classesByKey);
  }

  /** @param event folded into the customer already */
  fold(event: RecordedEvent): void {
    const { id } = parseStreamName(event.stream);
    const customer = this.customers.get(id);
    if (customer) this.customersByKey.set(keyOf(provider, id), customer);
    const ofClass = this.classes.get(id);
    if (ofClass) this.classesByKey.set(keyOf(provider, id), ofClass);
    this.rows.fold(this.untouched, { event, provider, id } as Placed);
    this.rows.reckon();
  }

  get all(): readonly CollectionRow[] {
    return [...this.byKey.values()];
  }

  standing(row: CollectionRow, today: LocalDate): Standing {
    const customer = this.customers.get(row.customer_id);
    if (!customer) throw new Error(`${row.customer_id} was not created`);
    return standingOf(row.state, customer, (classId) => this.classes.get(classId), today);
  }
}

/** As the worker does it: takes the steps that are due, and carries them out. */
export const collectDue = async (world: World): Promise<void> => {
  for (const row of world.collection.all) {
    const { customer_id: customerId, next_step_on: on } = row;
    const today = todayIn(world, customerId);
    if (on === null || on > today) continue;
    const standing = world.collection.standing(row, today);
    const ending = terminatesBy(standing, today) ? heldAfter(world, customerId, today) : [];
    await record(world, customerId, takeSteps(standing, today, ending));
  }
};

const todayIn = ({ customers, now }: World, customerId: string): LocalDate => {
  const customer = customers.get(customerId);
  if (!customer) throw new Error(`${customerId} was not created`);
  return todayOf(customer, now);
};

/** As the feed lists them: held by now, and not terminated by the day. */
const heldAfter = (world: World, customerId: string, day: LocalDate): string[] =>
  [...world.all("commitment").values()]
    .filter((held) => held.customerId === customerId && (held.termination === null || held.termination.on > day))
    .map(({ commitmentId }) => commitmentId)
    .sort();

const record = async (world: World, customerId: string, events: readonly CollectionEvent[]): Promise<void> => {
  await world.settle("receivables", customerId, receivablesEvolver, () => events);
  follow(world);
  for (const event of events) {
    const { effectiveOn: on } = event.data;
    if (event.type === "SuspendedForNonPayment") {
      await world.settle("customer", customerId, customerEvolver, (state) => suspendForNonPayment({ on }, state));
    }
    if (event.type === "NonPaymentSuspensionLifted") {
      await world.settle("customer", customerId, customerEvolver, (state) => liftForPayment({ on }, state));
    }
    if (event.type !== "TerminatedForNonPayment") continue;
    for (const commitmentId of event.data.commitmentIds) {
      const held = world.all("commitment").get(commitmentId);
      if (!held) continue;
      const quote = quoteEarlyTermination(world.billing(holderOn(held, on).customerId));
      await world.settle("commitment", commitmentId, commitmentEvolver, (state) =>
        terminateForNonPayment({ on }, state, { quote }),
      );
    }
  }
  follow(world);
};

/** As the processor does it: lifts suspensions for non-payment at once where nothing is overdue any more. */
export const liftPaid = async (world: World): Promise<void> => {
  for (const row of world.collection.all) {
    const { customer_id: customerId, state: collection } = row;
    const customer = world.customers.get(customerId);
    if (!customer || collection.decision?.suspended !== true) continue;
    const today = todayOf(customer, world.now);
    const isSuspended = nonPaymentSuspensionOn(customer, today) !== undefined;
    const lifted = liftWhenPaid({ collection, isSuspended }, today);
    if (lifted.length > 0) await record(world, customerId, lifted);
  }
};
