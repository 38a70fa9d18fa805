import { type Instant } from "#domain/calendar.js";
import { WrongExpectedRevision } from "#event-store/errors.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { dueCustomers } from "#read-models/billing/due.js";
import { type Billing, loadBillings } from "#read-models/billing/load.js";
import { recordedPages } from "#read-models/billing/pages.js";
import { park } from "#read-models/billing/parked.js";
import { type Context } from "../context.js";
import { inFlight } from "../in-flight.js";
import { closePeriod, nextInvoiceId } from "./close-period.js";

const CUSTOMERS_PER_BATCH = 500;
const APPENDS_IN_FLIGHT = 32;
/** A batch that comes back unchanged this often is not a race any more. */
const ATTEMPTS = 5;

/**
 * Closes every period of the provider that has ended by a moment. Consistency point: it starts when the feed has
 * reached the log's tail, noted after the periods ended; each batch is read from the feed in bulk, none from streams.
 * @param now the clock's time, which the events carry
 * @returns how many periods it closed
 */
export const closeDue = async (
  context: Context,
  provider: string,
  moment: Instant,
  now: Instant = moment,
): Promise<number> => {
  const { store, dataSource, projections } = context;
  let closed = 0;
  const races = new Map<string, number>();
  let tail = await store.tail();
  for (;;) {
    await projections.reached(tail, ["billing"]);
    const due = await dueCustomers(dataSource, provider, moment, CUSTOMERS_PER_BATCH);
    if (due.length === 0) return closed;
    const billings = [...(await loadBillings(dataSource, provider, due)).values()];
    const recorded = await recordedPages(
      dataSource,
      provider,
      billings.flatMap((billing) => nextInvoiceId(billing) ?? []),
    );
    await inFlight(billings, APPENDS_IN_FLIGHT, async (billing) => {
      const customerId = billing.row.customer_id;
      try {
        // Awaited first: other closes move the tail meanwhile.
        const position = await closePeriod(store, billing, recorded, now);
        tail = latest(tail, position);
        closed += 1;
      } catch (error) {
        const lost = (races.get(customerId) ?? 0) + 1;
        races.set(customerId, lost);
        // Another worker, or a close that was cut off, was faster than the feed: it will have caught up next time.
        if (!(error instanceof WrongExpectedRevision) || lost >= ATTEMPTS) {
          await parkClose(context, provider, billing, error);
          return;
        }
        const theirs = await store.tail();
        tail = latest(tail, theirs);
      }
    });
  }
};

const latest = (a: Position, b: Position): Position => (comparePositions(a, b) < 0 ? b : a);

const parkClose = async (
  { dataSource, log }: Context,
  provider: string,
  { row }: Billing,
  error: unknown,
): Promise<void> => {
  const reason = error instanceof Error ? error.message : String(error);
  log(`closing the period of customer ${row.customer_id} that ends before ${row.next_period_end} failed: ${reason}`);
  await park(dataSource, provider, row.customer_id, reason);
};
