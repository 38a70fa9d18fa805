import { dateOf, type Instant, type LocalDate, startOfDay } from "#domain/calendar.js";
import { billingPeriodOf } from "#domain/customers/customer.js";
import { WrongExpectedRevision } from "#event-store/errors.js";
import { laterPosition, type Position, START } from "#event-store/position.js";
import { dueCustomers } from "#read-models/billing/due.js";
import { type Billing, loadBillings } from "#read-models/billing/load.js";
import { recordedPages } from "#read-models/billing/pages.js";
import { park } from "#read-models/billing/parked.js";
import { type Shards } from "#read-models/billing/shards.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type Context } from "../context.js";
import { inFlight } from "../in-flight.js";
import { isOutage } from "../outage.js";
import { closePeriod, nextInvoiceId } from "./close-period.js";

const CUSTOMERS_PER_BATCH = 500;
const APPENDS_IN_FLIGHT = 32;
/** After this many attempts without progress a batch is not explained by races. */
const ATTEMPTS = 5;
/** The time zone in which days begin first. */
const FIRST_ZONE = "Pacific/Kiritimati";
const LAST_DAY = "9999-12-31";

export interface Closing {
  readonly provider: string;
  /** Periods that ended by this instant are due. */
  readonly moment: Instant;
  /** The clock's time: `recordedAt` of the events. */
  readonly now: Instant;
  /** Shards of customers. Default: all. */
  readonly shards?: () => Shards;
  /** The log's tail, read after the periods ended. Default: read here. */
  readonly tail?: Position;
  /** Called before each batch and each close: throws when this process must stop working for the provider. */
  readonly assert?: () => void;
}

export interface Closed {
  /** How many periods were closed. */
  readonly periods: number;
  /** How many customers were parked. */
  readonly parked: number;
  /** Position of the last appended event; `START`: none. */
  readonly position: Position;
}

/**
 * Closes every period of the provider that has ended by a moment. It starts when the billing feed has reached the log's
 * tail, read after the periods ended; each batch is read from the feed in bulk, not from streams.
 */
export const closeDue = async (context: Context, closing: Closing): Promise<Closed> => {
  const { store, dataSource, projections } = context;
  const { provider, moment, shards = () => "all" as const, assert } = closing;
  const total = { periods: 0, parked: 0, position: START };
  const races = new Map<string, number>();
  let tail = closing.tail ?? (await store.tail());
  for (;;) {
    await projections.reached(tail, ["billing", "calls"], provider);
    assert?.();
    const due = await dueCustomers(dataSource, provider, moment, CUSTOMERS_PER_BATCH, shards());
    if (due.length === 0) return total;
    const batch = await closeBatch(context, closing, due, races);
    total.periods += batch.periods;
    total.parked += batch.parked;
    total.position = laterPosition(total.position, batch.position);
    if (due.length < CUSTOMERS_PER_BATCH && !batch.more) return total;
    tail = laterPosition(tail, laterPosition(batch.position, batch.raced));
  }
};

interface Batch extends Closed {
  /** The log's tail after another worker appended first; `START`: none did. */
  readonly raced: Position;
  /** Whether some of these customers may have another period that has ended. */
  readonly more: boolean;
}

const closeBatch = async (
  context: Context,
  { provider, moment, now, assert }: Closing,
  due: readonly string[],
  races: Map<string, number>,
): Promise<Batch> => {
  const { store, dataSource } = context;
  const loaded = [...(await loadBillings(dataSource, wholeProvider(provider), due)).values()];
  // Another worker may have closed a period between the two queries; the next one has not ended yet.
  const billings = loaded.filter(({ row }) => hasEnded(row, moment));
  const invoiceIds = billings.flatMap((billing) => nextInvoiceId(billing) ?? []);
  const recorded = await recordedPages(dataSource, provider, invoiceIds);
  const latest = dateOf(moment, FIRST_ZONE);
  const batch = { periods: 0, parked: 0, position: START, raced: START, more: billings.length < due.length };
  await inFlight(billings, APPENDS_IN_FLIGHT, async (billing) => {
    const customerId = billing.row.customer_id;
    assert?.();
    try {
      // Awaited before reading `position`: other closes change it meanwhile.
      const position = await closePeriod({ store, dataSource }, billing, recorded, now);
      batch.position = laterPosition(batch.position, position);
      batch.periods += 1;
      context.counted?.("periods", 1);
      batch.more ||= endOfNextButOne(billing) <= latest;
    } catch (error) {
      // Whether the period was closed is unknown, and its customer is not to blame.
      if (isOutage(error)) throw error;
      const lost = (races.get(customerId) ?? 0) + 1;
      races.set(customerId, lost);
      // Another worker or an interrupted close appended events that the feed does not show yet.
      if (!(error instanceof WrongExpectedRevision) || lost >= ATTEMPTS) {
        if (await parkClose(context, provider, billing, error)) batch.parked += 1;
        else batch.more = true;
        return;
      }
      const theirs = await store.tail();
      batch.raced = laterPosition(batch.raced, theirs);
      batch.more = true;
    }
  });
  return batch;
};

/** Whether the period that closes next has ended by the moment, by the same rule as `dueCustomers`. */
const hasEnded = ({ next_period_end: end, time_zone: zone }: Billing["row"], moment: Instant): boolean =>
  end !== null && (end <= dateOf(moment, zone) || startOfDay(end, zone) <= moment);

/** First day after the period that follows the one that closes next. */
const endOfNextButOne = ({ history, row }: Billing): LocalDate =>
  row.next_period_end === null ? LAST_DAY : billingPeriodOf(history.customer, row.next_period_end).to;

const parkClose = async (
  { dataSource, log }: Context,
  provider: string,
  { row }: Billing,
  error: unknown,
): Promise<boolean> => {
  const reason = error instanceof Error ? error.message : String(error);
  log(`closing the period of customer ${row.customer_id} that ends before ${row.next_period_end} failed: ${reason}`);
  return park(dataSource, provider, row.customer_id, { kind: "CLOSE", periodEnd: row.next_period_end }, reason);
};
