import { type Instant } from "#domain/calendar.js";
import { completeAdvance, moveClock, type Provider } from "#domain/providers/provider.js";
import { type Position } from "#event-store/position.js";
import { nextAgenda } from "#read-models/billing/due.js";
import { listParked } from "#read-models/billing/parked.js";
import { type Context } from "../context.js";
import { numberInvoices } from "../numbering/number-invoices.js";
import { alone, type Lead } from "../sharing.js";
import { daysWork } from "./days-work.js";
import { momentsWork } from "./moments-work.js";
import { ProviderClock } from "./provider-clock.js";
import { tasksSettled } from "./tasks-settled.js";

/**
 * Moves a provider's test clock to where it was ordered: to each moment with something due, in order, doing the work
 * of that moment before the next (docs/rules.md#clock). Every step is an event, so a walk that was cut off goes on.
 * @returns false when a parked close stands in the way
 * @throws LeadLost
 */
export const walk = async (context: Context, ordered: Provider, lead: Lead = alone): Promise<boolean> => {
  const { dataSource, projections } = context;
  const { providerId, advance, testClock } = ordered;
  if (!advance || testClock === null) return true;
  const clock = new ProviderClock(context.store, providerId);
  // A walk that was cut off may have closed periods at this moment and not numbered them.
  await daysWork(context, ordered, testClock, lead);
  if (await anyParked(context, providerId)) return false;
  let agenda = await nextAgenda(dataSource, providerId);
  let idle: Instant | null = null;
  while (agenda !== null && agenda.moment <= advance.to) {
    const { moment } = agenda;
    if (moment === idle) throw new Error(`nothing was done of what was due at ${moment}`);
    lead.assert();
    const key = `walk:${advance.advanceId}:${moment}`;
    const moved = await clock.step(key, moment, (state) => moveClock({ at: moment }, state));
    const now = moved.state?.testClock ?? moment;
    const tail = await tasksDone(context, providerId, now, lead, moved.position);
    const work = await momentsWork(context, { provider: ordered, agenda, now, lead, tail });
    idle = work.progress ? null : moment;
    // One round trip beside the other: what is due next does not depend on numbers, and from here on our own appends
    // are all that the feed has to show.
    await projections.reached(work.position, ["billing"], providerId);
    const numbered = { provider: providerId, prefix: ordered.invoiceNumberPrefix, now, term: lead.term };
    [agenda] = await Promise.all([nextAgenda(dataSource, providerId), numberInvoices(context, numbered)]);
    if ((work.parked > 0 || work.shared) && (await anyParked(context, providerId))) return false;
  }
  const finished = await clock.step(`arrive:${advance.advanceId}`, advance.to, (state) => [
    ...moveClock({ at: advance.to }, state),
    ...completeAdvance({ advanceId: advance.advanceId }, state),
  ]);
  await projections.reached(finished.position, undefined, providerId);
  return true;
};

/**
 * Waits for what processors have to do by the moment, which is nothing but for the first moments of a walk: commands
 * wait for its end.
 * @returns the log's tail as it was noted last
 */
const tasksDone = async (
  context: Context,
  provider: string,
  now: Instant,
  lead: Lead,
  moved: Position,
): Promise<Position> => {
  await context.projections.reached(moved, ["billing", "providers", ...context.tasks.recordedBy], provider);
  if (!(await context.tasks.any(provider, now))) return moved;
  await tasksSettled(context, provider, now, lead);
  return context.store.tail();
};

const anyParked = async ({ dataSource }: Context, provider: string): Promise<boolean> =>
  (await listParked(dataSource, provider)).length > 0;
