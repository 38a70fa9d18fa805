import { type Instant } from "#domain/calendar.js";
import { completeAdvance, moveClock, type Provider } from "#domain/providers/provider.js";
import { type Position } from "#event-store/position.js";
import { nextDueWork } from "#read-models/billing/due.js";
import { listParked } from "#read-models/billing/parked.js";
import { requireNotStalled } from "#read-models/runner/stalls.js";
import { type Context } from "../context.js";
import { numberInvoices } from "../numbering/number-invoices.js";
import { alone, type Lead } from "../sharing.js";
import { daysWork } from "./days-work.js";
import { momentsSteps } from "./moments-steps.js";
import { momentsWork } from "./moments-work.js";
import { ProviderClock } from "./provider-clock.js";
import { tasksSettled } from "./tasks-settled.js";

/**
 * Advances a provider's test clock to the ordered time: to each moment with something due, in order, doing the work of
 * that moment before the next (docs/rules.md#clock). Every step is an event, so an interrupted walk is resumed.
 * @returns false when a parked close blocks the advance
 * @throws LeadLost, ProviderStalled
 */
export const walk = async (context: Context, ordered: Provider, lead: Lead = alone): Promise<boolean> => {
  const { dataSource, projections } = context;
  const { providerId, advance, testClock } = ordered;
  if (!advance || testClock === null) return true;
  const clock = new ProviderClock(context.store, providerId);
  // An interrupted walk may have closed periods at this moment without numbering them.
  await daysWork(context, ordered, testClock, lead);
  if (await anyParked(context, providerId)) return false;
  let due = await nextDueWork(dataSource, providerId);
  let idle: Instant | null = null;
  while (due !== null && due.moment <= advance.to) {
    const { moment } = due;
    if (moment === idle) throw new Error(`nothing was done of what was due at ${moment}`);
    lead.assert();
    const key = `walk:${advance.advanceId}:${moment}`;
    const moved = await clock.step(key, moment, (state) => moveClock({ at: moment }, state));
    const now = moved.state?.testClock ?? moment;
    const tail = await tasksDone(context, providerId, now, lead, moved.position);
    const work = await momentsWork(context, { provider: ordered, due, now, lead, tail });
    // From here on the feed only has to show this process's own appends.
    await projections.reached(work.position, ["billing"], providerId);
    const numbering = { provider: providerId, prefix: ordered.invoiceNumberPrefix, now, term: lead.term };
    const first = due.steps > 0 ? await numberInvoices(context, numbering) : null;
    const collected = await momentsSteps(context, { provider: ordered, due, now, lead });
    idle = work.progress || collected ? null : moment;
    // In parallel: the work due next depends on numbers of credit notes only, as an invoice counts from its seal on.
    const [next, isBlocked, { creditNotes }] = await Promise.all([
      nextDueWork(dataSource, providerId),
      // By whoever: a worker that woke up may have parked a customer, whose next periods would be passed over.
      anyParked(context, providerId),
      first ?? numberInvoices(context, numbering),
    ]);
    if (isBlocked) return false;
    due = next;
    if (creditNotes === 0) continue;
    // They may lift suspensions, which closes and signals of later moments go by.
    await tasksSettled(context, providerId, now, lead);
    due = await nextDueWork(dataSource, providerId);
  }
  lead.assert();
  await requireNotStalled(dataSource, providerId);
  if (await anyParked(context, providerId)) return false;
  const finished = await clock.step(`arrive:${advance.advanceId}`, advance.to, (state) => [
    ...moveClock({ at: advance.to }, state),
    ...completeAdvance({ advanceId: advance.advanceId }, state),
  ]);
  await projections.reached(finished.position, undefined, providerId);
  return true;
};

/**
 * Waits for the tasks of processors that are due by the moment. Only the first moments of a walk have any, since
 * commands wait for its end.
 * @returns the log's tail as last read
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
