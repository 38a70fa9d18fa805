import { setTimeout } from "node:timers/promises";
import { type Instant } from "#domain/calendar.js";
import { type Provider } from "#domain/providers/provider.js";
import { laterPosition, type Position } from "#event-store/position.js";
import { type Agenda, dueCommitments, dueCustomers } from "#read-models/billing/due.js";
import { closeDue } from "../closing/close-due.js";
import { type Context } from "../context.js";
import { signalDue } from "../lifecycle/signal-due.js";
import { type Lead, type Phase } from "../sharing.js";

/** From so many customers on, the other workers are asked to help. */
const WORTH_SHARING = 100;
const LOOK_AGAIN_MS = 20;

export interface MomentsWork {
  readonly provider: Provider;
  readonly agenda: Agenda;
  /** The clock's time, which the events carry. */
  readonly now: Instant;
  readonly lead: Lead;
  /** The log's tail, noted after the moment had come. */
  readonly tail: Position;
}

export interface MomentDone {
  /** Whether anything was recorded, by this worker or perhaps by others. */
  readonly progress: boolean;
  /** How many customers this worker has parked. */
  readonly parked: number;
  /** Whether other workers helped, which may have parked customers too. */
  readonly shared: boolean;
  /** Through all that was recorded: what the feed must show before the invoices are numbered. */
  readonly position: Position;
}

/**
 * The work of one moment up to the numbers, phase by phase for all customers: transitions, then closes. Shared with
 * other workers where it is much and there are others.
 * @throws LeadLost
 */
export const momentsWork = async (context: Context, work: MomentsWork): Promise<MomentDone> => {
  const { agenda, lead } = work;
  const sharing = lead.shards() !== "all" && agenda.closes >= WORTH_SHARING;
  let done: MomentDone = { progress: false, parked: 0, shared: false, position: work.tail };
  // Signals come with closes often enough that how many there are is not counted.
  if (agenda.signals) done = both(done, await phase(context, work, "SIGNALS", sharing));
  if (agenda.closes > 0) done = both(done, await phase(context, { ...work, tail: done.position }, "CLOSES", sharing));
  return done;
};

const both = (a: MomentDone, b: MomentDone): MomentDone => ({
  progress: a.progress || b.progress,
  parked: a.parked + b.parked,
  shared: a.shared || b.shared,
  position: laterPosition(a.position, b.position),
});

const phase = async (context: Context, work: MomentsWork, name: Phase, sharing: boolean): Promise<MomentDone> => {
  const { agenda, now, lead } = work;
  const { moment } = agenda;
  if (!sharing) return ownPart(context, work, name, work.tail, "all");
  await lead.publish({ phase: name, moment, now });
  try {
    let done = await ownPart(context, work, name, work.tail, "mine");
    for (;;) {
      lead.assert();
      const tail = await context.store.tail();
      await context.projections.reached(tail, ["billing"], work.provider.providerId);
      done = { ...done, progress: true, shared: true, position: laterPosition(done.position, tail) };
      if (!(await anyLeft(context, work, name))) return done;
      // Shards may have come to this worker from one that is gone.
      const more = await ownPart(context, work, name, tail, "mine");
      if (!more.progress) await setTimeout(LOOK_AGAIN_MS);
      done = both(done, more);
    }
  } finally {
    await lead.withdraw();
  }
};

const ownPart = async (
  context: Context,
  { provider: { providerId: provider }, agenda: { moment }, now, lead }: MomentsWork,
  name: Phase,
  tail: Position,
  which: "mine" | "all",
): Promise<MomentDone> => {
  const shards = which === "mine" ? lead.shards : () => "all" as const;
  const assert = lead.assert;
  if (name === "SIGNALS") {
    await context.projections.reached(tail, ["billing"], provider);
    const { signals, parked, position } = await signalDue(context, { provider, moment, now, shards, assert });
    return { progress: signals > 0, parked, shared: false, position: laterPosition(tail, position) };
  }
  const { periods, parked, position } = await closeDue(context, { provider, moment, now, shards, assert, tail });
  return { progress: periods > 0, parked, shared: false, position: laterPosition(tail, position) };
};

const anyLeft = async (
  { dataSource }: Context,
  { provider: { providerId }, agenda: { moment } }: MomentsWork,
  name: Phase,
): Promise<boolean> => {
  const left = name === "SIGNALS" ? dueCommitments : dueCustomers;
  return (await left(dataSource, providerId, moment, 1)).length > 0;
};
