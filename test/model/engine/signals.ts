import { earlier, earliest, type LocalDate } from "#domain/calendar.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { type Customer, todayOf } from "#domain/customers/customer.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { customerTransitions } from "#domain/lifecycle/customer-signals.js";
import {
  type ComingEnd,
  comingEnds,
  endWarningOf,
  nextEndNears,
  ownDayOf,
  withEndNears,
} from "#domain/lifecycle/end-nears.js";
import { type LifecycleEvent } from "#domain/lifecycle/events.js";
import {
  dueSignals,
  type Lifecycle,
  lifecycleEvolver,
  nextSignalOn,
  transitionsOf,
} from "#domain/lifecycle/signals.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { follow } from "./feed.js";
import { type World } from "./world.js";

/** The signals of a commitment or customer: those recorded, and the day of the next one. */
export interface Signalled {
  lifecycle: Lifecycle;
  ends: readonly ComingEnd[];
  /** Null: none is to come; undefined: something has changed since it was reckoned. */
  nextOn: LocalDate | null | undefined;
}

/** As the billing feed does it. */
export const foldSignals = (world: World, event: RecordedEvent): void => {
  const { category, id } = parseStreamName(event.stream);
  const { signals } = world;
  const of = signals.get(id) ?? { lifecycle: lifecycleEvolver.initial, ends: [], nextOn: null };
  if (category === "commitment") {
    const state = world.all("commitment").get(id);
    const holder = world.customers.get(state?.customerId ?? "");
    const data = event.data as { effectiveOn?: LocalDate; orderedOn?: LocalDate };
    const { effectiveOn } = data;
    const today = holder && todayOf(holder, world.now);
    const ends =
      state && today !== undefined && effectiveOn !== undefined
        ? comingEnds(state, of.ends, earlier(ownDayOf({ ...data, effectiveOn }), today), world.now)
        : of.ends;
    signals.set(id, { ...of, ends, nextOn: undefined });
  } else if (category === "customer") {
    signals.set(id, { ...of, nextOn: undefined });
    // Another class tells of ends on other days.
    if ((event as { type: CustomerEvent["type"] }).type !== "CustomerClassSet") return;
    for (const [commitmentId, held] of world.all("commitment")) {
      const its = signals.get(commitmentId);
      if (its && held.customerId === id) its.nextOn = undefined;
    }
  } else if (category === "customerclass") {
    // So may other terms of one.
    for (const its of signals.values()) its.nextOn = undefined;
  } else if (category === "lifecycle") {
    const lifecycle = lifecycleEvolver.evolve(of.lifecycle, event as unknown as LifecycleEvent, event.id);
    signals.set(id, { ...of, lifecycle, nextOn: undefined });
  }
};

/** The next days on which something is to be signalled, of each customer. */
export const nextSignals = (world: World): { customerId: string; on: LocalDate }[] => {
  const commitments = world.all("commitment");
  return [...world.signals].flatMap(([id, signalled]) => {
    const commitment = commitments.get(id);
    const customerId = commitment?.customerId ?? id;
    const customer = world.customers.get(customerId);
    if (!customer) return [];
    if (signalled.nextOn === undefined) {
      const transitions = commitment ? transitionsOf(commitment) : customerTransitions(customer);
      const next = nextSignalOn(transitions, signalled.lifecycle);
      const near = commitment ? endNears(world, commitment, customer, signalled) : null;
      signalled.nextOn = near === null ? next : earliest(next, near.data.effectiveOn);
    }
    return signalled.nextOn === null ? [] : [{ customerId, on: signalled.nextOn }];
  });
};

const endNears = (world: World, commitment: Commitment, holder: Customer, { ends, lifecycle }: Signalled) => {
  if (ends.length === 0) return null;
  const warning = endWarningOf(commitment, holder, (classId) => world.classes.get(classId));
  return nextEndNears(commitment.commitmentId, ends, lifecycle, warning, (at) => todayOf(holder, at));
};

/** As the worker does it: records the signals that are due. */
export const signalDue = async (world: World): Promise<void> => {
  for (const [id, signalled] of [...world.signals]) {
    const commitment = world.all("commitment").get(id);
    const customer = world.customers.get(commitment?.customerId ?? id);
    if (!customer || signalled.nextOn === null) continue;
    const today = todayOf(customer, world.now);
    if (signalled.nextOn !== undefined && signalled.nextOn > today) continue;
    const transitions = commitment
      ? withEndNears(transitionsOf(commitment), endNears(world, commitment, customer, signalled), today)
      : customerTransitions(customer);
    await world.settle("lifecycle", id, lifecycleEvolver, (recorded) => dueSignals(transitions, recorded, today));
    follow(world);
  }
};
