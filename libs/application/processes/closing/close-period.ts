import { type Instant, type Interval, addDays } from "#domain/calendar.js";
import { type Line } from "#domain/billing/line.js";
import { periodLinesInSteps } from "#domain/billing/period.js";
import { billingPeriodOf } from "#domain/customers/customer.js";
import { closing } from "#domain/invoicing/closing.js";
import { basisPagesOf, eachPageOf } from "#domain/invoicing/invoice.js";
import { addedUp, type Totals, totalsOf } from "#domain/invoicing/totals.js";
import { type Currency } from "#domain/money.js";
import { type InvoicePageRecorded, type ReceivablesEvent } from "#domain/invoicing/events.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { sha256 } from "#event-store/content-hash.js";
import { type NewEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { invoiceId } from "#event-store/ids.js";
import { type Position } from "#event-store/position.js";
import { chainEvents } from "#event-store/chain-events.js";
import { streamName } from "#event-store/streams.js";
import { type Billing } from "#read-models/billing/load.js";
import { type Queryable } from "#read-models/runner/checkpoints.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { fitOneAppend, pageId, withPageIds } from "../../command/pages.js";
import { ACTOR } from "../context.js";
import { inTurns } from "../in-turns.js";
import { sumUsage } from "./sum-usage.js";

/** The billing period of a customer that closes next. */
export const nextPeriod = ({ history, row }: Billing): Interval | null =>
  row.next_period_end === null ? null : billingPeriodOf(history.customer, addDays(row.next_period_end, -1));

/** The id of the invoice of the period that closes next. */
export const nextInvoiceId = (billing: Billing): string | null => {
  const period = nextPeriod(billing);
  return period && invoiceId(billing.row.provider_id, billing.row.customer_id, period.from);
};

/**
 * Closes the customer's next period in its receivables stream: one invoice, or `PeriodClosed` without lines. Its calls are
 * summed up first. Corrections of closed periods are on it. Appending at the exact revision of the feed ensures that it happens once.
 * @param recorded event ids of pages of this close that are in the stream already, from an interrupted close
 * @throws WrongExpectedRevision when the stream has another revision than the feed
 */
export const closePeriod = async (
  { store, dataSource }: { readonly store: EventStore; readonly dataSource: Queryable },
  loaded: Billing,
  recorded: ReadonlySet<string>,
  now: Instant,
): Promise<Position> => {
  const period = nextPeriod(loaded);
  if (!period) throw new Error(`Customer ${loaded.row.customer_id} has no period to close`);
  const billing = await sumUsage(store, dataSource, loaded, period, now);
  const lines = (await inTurns(periodLinesInSteps(billing, period))).flat();
  await faultPoint("close.computed");
  return new PeriodClosing(store, billing, period, now).close(lines, recorded);
};

function* totalsOfPages(pages: readonly InvoicePageRecorded[], currency: Currency): Generator<Totals> {
  for (const { data } of pages) yield totalsOf(data.lines, currency);
}

const hash = (value: unknown): string => sha256(canonicalJson(value));

/** The events of one period close, appended to the receivables stream of the customer. */
class PeriodClosing {
  private readonly stream: string;
  private readonly invoiceId: string;
  private revision: bigint;
  private hash: string;

  constructor(
    private readonly store: EventStore,
    private readonly billing: Billing,
    private readonly period: Interval,
    private readonly now: Instant,
  ) {
    const { provider_id, customer_id, receivables_hash } = billing.row;
    this.stream = streamName(provider_id, "receivables", customer_id);
    this.invoiceId = invoiceId(provider_id, customer_id, period.from);
    this.revision = billing.receivablesEnd;
    this.hash = receivables_hash;
  }

  /** Pages and what names them in one append where they fit, else page by page with the seal last. */
  async close(lines: readonly Line[], recorded: ReadonlySet<string>): Promise<Position> {
    const basisPages = basisPagesOf(this.invoiceId, this.billing.basis, this.period, hash);
    const pages = await inTurns(eachPageOf(this.invoiceId, lines, this.period, hash));
    const missing = [...basisPages, ...pages].filter((page) => !recorded.has(pageId(page)));
    const { billing, period, invoiceId } = this;
    const { basis } = billing;
    const { currency } = billing.history.customer;
    const totals = addedUp(await inTurns(totalsOfPages(pages, currency)), currency);
    const last = closing({ invoiceId, billing, period, pages, totals, basis, basisPages, hash, pageId });
    const whole = fitOneAppend(missing) ? this.chained([...missing, last]) : null;
    if (whole && fitOneAppend(whole)) {
      const position = await this.append(whole);
      await faultPoint("close.after-seal");
      return position;
    }
    for (const page of missing) {
      await this.append(this.chained([page]));
      await this.readBack();
      await faultPoint("close.between-pages");
    }
    const position = await this.append(this.chained([last]));
    await faultPoint("close.after-seal");
    return position;
  }

  private async append(chained: readonly NewEvent[]): Promise<Position> {
    const { revision, position } = await this.store.append(
      this.stream,
      this.revision < 0n ? "no_stream" : this.revision,
      chained,
    );
    this.revision = revision;
    this.hash = chained.at(-1)?.metadata.contentHash ?? this.hash;
    return position;
  }

  /**
   * The store treats a page with a known id as a repetition, even one with other metadata: the chain continues from the
   * stored hash, not from the one sent.
   */
  private async readBack(): Promise<void> {
    const [last] = await this.store.readStream(this.stream, { from: this.revision, limit: 1 });
    this.hash = last?.metadata.contentHash ?? this.hash;
  }

  private chained(events: readonly ReceivablesEvent[]): NewEvent[] {
    const command = this.invoiceId;
    const chained = chainEvents({
      stream: this.stream,
      previousHash: this.hash,
      provider: this.billing.row.provider_id,
      actor: ACTOR,
      commandId: command,
      correlationId: command,
      causationId: command,
      recordedAt: this.now,
      events,
    });
    return withPageIds(chained, events);
  }
}
