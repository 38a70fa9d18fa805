import { dateOf, type Instant, later } from "#domain/calendar.js";
import { assignNumbers } from "#domain/invoicing/register.js";
import { WrongExpectedRevision } from "#event-store/errors.js";
import { commandId } from "#event-store/ids.js";
import { chainEvents } from "#event-store/chain-events.js";
import { streamName } from "#event-store/streams.js";
import { type Term } from "#read-models/billing/leases.js";
import { CREDIT_NOTES, INVOICES, loadWaiting, type Series } from "#read-models/billing/numbers.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { ACTOR, type Context } from "../context.js";
import { LeadLost } from "../sharing.js";

const INVOICES_PER_EVENT = 1_000;
/** After so many conflicts in a row the cause is not another worker. */
const ATTEMPTS = 5;

export interface Numbering {
  readonly provider: string;
  readonly prefix: string;
  /** The clock's time: `recordedAt` of the events. */
  readonly now: Instant;
  /** Term of the lead of the provider's work; null or left out with a single worker. */
  readonly term?: Term | null;
}

/** What numbers of credit notes begin with. */
const CREDIT_NOTE_PREFIX = "CN-";

/** How many were numbered. */
export interface Numbered {
  readonly invoices: number;
  readonly creditNotes: number;
}

/**
 * Numbers every sealed invoice and every credit note, each in its own series. Credit notes pay invoices, so they may
 * change what collection has to do: the feed shows their numbers when this returns.
 */
export const numberInvoices = async (context: Context, numbering: Numbering): Promise<Numbered> => {
  const invoices = await numberSeries(context, INVOICES, numbering);
  const creditNotes = await numberSeries(context, CREDIT_NOTES, { ...numbering, prefix: CREDIT_NOTE_PREFIX });
  if (creditNotes > 0) {
    const { store, projections } = context;
    await projections.reached(await store.tail(), ["billing"], numbering.provider);
  }
  return { invoices, creditNotes };
};

/**
 * Numbers what the feed shows without a number of a series, in order of issue date and customer id
 * (docs/rules.md#invoice-numbers). Register and invoices come from one snapshot, and the append expects the register's
 * revision: of two concurrent appends one fails, and after a crash the next snapshot shows what was done.
 * @returns how many it numbered
 * @throws LeadLost, ProviderStalled; WrongExpectedRevision when the register is elsewhere than the feed shows
 */
const numberSeries = async (
  context: Context,
  series: Series,
  { provider, prefix, now, term = null }: Numbering,
): Promise<number> => {
  const { store, dataSource, projections } = context;
  const stream = streamName(provider, "register", series);
  let numbered = 0;
  let conflicts = 0;
  for (;;) {
    const waiting = await loadWaiting(dataSource, provider, series, INVOICES_PER_EVENT, term);
    if (!waiting) throw new LeadLost(`another worker leads the work of provider ${provider}`);
    const { revision, hash, next, invoices } = waiting;
    const on = invoices.reduce((latest, { issuedOn }) => later(latest, issuedOn), dateOf(now, "UTC"));
    const events = assignNumbers({ series, prefix, invoices, on }, { next });
    if (events.length === 0) return numbered;
    const command = commandId(provider, ACTOR, `number:${series}:${next}`);
    const chained = chainEvents({
      stream,
      previousHash: hash,
      provider,
      actor: ACTOR,
      commandId: command,
      correlationId: command,
      causationId: command,
      recordedAt: now,
      events,
    });
    try {
      await faultPoint("number.before");
      const { position } = await store.append(stream, revision < 0n ? "no_stream" : revision, chained);
      await faultPoint("number.after");
      numbered += invoices.length;
      conflicts = 0;
      context.counted?.("numbers", invoices.length);
      if (invoices.length < INVOICES_PER_EVENT) return numbered;
      await projections.reached(position, ["billing"], provider);
    } catch (error) {
      // Another worker assigned numbers meanwhile: read again when the feed shows them.
      conflicts += 1;
      if (!(error instanceof WrongExpectedRevision) || conflicts >= ATTEMPTS) throw error;
      await projections.reached(await store.tail(), ["billing"], provider);
    }
  }
};
