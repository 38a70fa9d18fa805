import { dateOf, type Instant, later } from "#domain/calendar.js";
import { assignNumbers } from "#domain/invoicing/register.js";
import { WrongExpectedRevision } from "#event-store/errors.js";
import { commandId } from "#event-store/ids.js";
import { chainEvents } from "#event-store/chain-events.js";
import { streamName } from "#event-store/streams.js";
import { type Term } from "#read-models/billing/leases.js";
import { INVOICES, loadWaiting } from "#read-models/billing/numbers.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { ACTOR, type Context } from "../context.js";
import { LeadLost } from "../sharing.js";

const INVOICES_PER_EVENT = 1_000;

export interface Numbering {
  readonly provider: string;
  readonly prefix: string;
  /** The clock's time: `recordedAt` of the events. */
  readonly now: Instant;
  /** Term of the lead of the provider's work; null or left out with a single worker. */
  readonly term?: Term | null;
}

/**
 * Numbers every sealed invoice of the provider in the feed without a number, in order of issue date and customer id
 * (docs/rules.md#invoice-numbers). Register and invoices come from one snapshot, and the append expects the register's
 * revision: of two concurrent appends one fails, and after a crash the next snapshot shows what was done.
 * @returns how many it numbered
 * @throws LeadLost
 */
export const numberInvoices = async (
  context: Context,
  { provider, prefix, now, term = null }: Numbering,
): Promise<number> => {
  const { store, dataSource, projections } = context;
  const stream = streamName(provider, "register", INVOICES);
  let numbered = 0;
  for (;;) {
    const waiting = await loadWaiting(dataSource, provider, INVOICES_PER_EVENT, term);
    if (!waiting) throw new LeadLost(`another worker leads the work of provider ${provider}`);
    const { revision, hash, next, invoices } = waiting;
    const on = invoices.reduce((latest, { issuedOn }) => later(latest, issuedOn), dateOf(now, "UTC"));
    const events = assignNumbers({ series: INVOICES, prefix, invoices, on }, { next });
    if (events.length === 0) return numbered;
    const command = commandId(provider, ACTOR, `number:${INVOICES}:${next}`);
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
      context.counted?.("numbers", invoices.length);
      if (invoices.length < INVOICES_PER_EVENT) return numbered;
      await projections.reached(position, ["billing"], provider);
    } catch (error) {
      // Another worker assigned numbers meanwhile: read again when the feed shows them.
      if (!(error instanceof WrongExpectedRevision)) throw error;
      await projections.reached(await store.tail(), ["billing"], provider);
    }
  }
};
