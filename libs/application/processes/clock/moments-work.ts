import { setTimeout } from "node:timers/promises";
import { type Instant } from "#domain/calendar.js";
import { type Provider } from "#domain/providers/provider.js";
import { laterPosition, type Position } from "#event-store/position.js";
import { type DueWork, dueCustomers, dueSignalsOf } from "#read-models/billing/due.js";
import { dueStepsOf } from "#read-models/billing/due-steps.js";
import { closeDue } from "../closing/close-due.js";
import { collectDue } from "../collection/collect-due.js";
import { type Context } from "../context.js";
import { signalDue } from "../lifecycle/signal-due.js";
import { type Lead, type Phase } from "../sharing.js";

/** With at least this many customers the work is shared with other workers. */
const WORTH_SHARING = 100;
const LOOK_AGAIN_MS = 20;
/** As long as leases last: a worker that has them and does nothing for so long cannot work, though it lives. */
const IDLE_MS = 3_000;

export interface MomentsWork {
  readonly provider: Provider;
  readonly due: DueWork;
  /** The clock's time: `recordedAt` of the events. */
  readonly now: Instant;
  readonly lead: Lead;
  /** The log's tail, read after the moment had come. */
  readonly tail: Position;
}

export interface MomentDone {
  /** Whether anything was recorded, by this worker or perhaps by others. */
  readonly progress: boolean;
  /** Position of the last recorded event: the billing feed must reach it before invoices are numbered. */
  readonly position: Position;
}

/**
 * Does the work of one moment before numbers, phase by phase for all customers: signals, then period closes. Shared
 * with other workers if there are others and many customers.
 * @throws LeadLost
 */
export const momentsWork = async (context: Context, work: MomentsWork): Promise<MomentDone> => {
  const { due, lead } = work;
  const sharing = lead.shards() !== "all" && due.closes >= WORTH_SHARING;
  let done: MomentDone = { progress: false, position: work.tail };
  // The number of signals is not known; the number of closes decides whether work is shared.
  if (due.signals) done = both(done, await phase(context, work, "SIGNALS", sharing));
  if (due.closes > 0) done = both(done, await phase(context, { ...work, tail: done.position }, "CLOSES", sharing));
  return done;
};

/**
 * Takes the steps of collection of one moment, for all customers, after numbers. Shared as the other phases are.
 * @throws LeadLost
 */
export const collectionsWork = (context: Context, work: MomentsWork): Promise<MomentDone> =>
  phase(context, work, "STEPS", work.lead.shards() !== "all" && work.due.steps >= WORTH_SHARING);

const both = (a: MomentDone, b: MomentDone): MomentDone => ({
  progress: a.progress || b.progress,
  position: laterPosition(a.position, b.position),
});

const phase = async (context: Context, work: MomentsWork, name: Phase, sharing: boolean): Promise<MomentDone> => {
  const { due, now, lead } = work;
  const { moment } = due;
  if (!sharing) return ownPart(context, work, name, work.tail, "all");
  await lead.publish({ phase: name, moment, now });
  try {
    let done = await ownPart(context, work, name, work.tail, "mine");
    let waitsFor: string | undefined;
    let since = performance.now();
    for (;;) {
      lead.assert();
      const tail = await context.store.tail();
      await context.projections.reached(tail, ["billing"], work.provider.providerId);
      done = { ...done, progress: true, position: laterPosition(done.position, tail) };
      const first = await firstLeft(context, work, name);
      if (first === undefined) return done;
      // Every worker begins with the first of its own.
      if (first !== waitsFor) [waitsFor, since] = [first, performance.now()];
      const isIdle = performance.now() - since > IDLE_MS;
      // This worker may have got shards of a worker that ended. No lease is needed for what others do not do.
      const more = await ownPart(context, work, name, tail, isIdle ? "all" : "mine");
      if (!more.progress) await setTimeout(LOOK_AGAIN_MS);
      done = both(done, more);
    }
  } finally {
    await lead.withdraw();
  }
};

const ownPart = async (
  context: Context,
  { provider: { providerId: provider }, due: { moment }, now, lead }: MomentsWork,
  name: Phase,
  tail: Position,
  which: "mine" | "all",
): Promise<MomentDone> => {
  const shards = which === "mine" ? lead.shards : () => "all" as const;
  const assert = lead.assert;
  if (name === "SIGNALS") {
    await context.projections.reached(tail, ["billing"], provider);
    const { signals, position } = await signalDue(context, { provider, moment, now, shards, assert });
    return { progress: signals > 0, position: laterPosition(tail, position) };
  }
  if (name === "STEPS") {
    await context.projections.reached(tail, ["billing"], provider);
    const { steps, position } = await collectDue(context, { provider, moment, now, shards, assert });
    return { progress: steps > 0, position: laterPosition(tail, position) };
  }
  const { periods, position } = await closeDue(context, { provider, moment, now, shards, assert, tail });
  return { progress: periods > 0, position: laterPosition(tail, position) };
};

/** The commitment or customer that is due first; undefined: none is. */
const firstLeft = async (
  { dataSource }: Context,
  { provider: { providerId }, due: { moment } }: MomentsWork,
  name: Phase,
): Promise<string | undefined> => {
  if (name === "CLOSES") return (await dueCustomers(dataSource, providerId, moment, 1))[0];
  if (name === "STEPS") return (await dueStepsOf(dataSource, providerId, moment, 1))[0]?.customerId;
  const [due] = await dueSignalsOf(dataSource, providerId, moment, 1);
  return due && (due.commitment_id ?? due.customer_id);
};
