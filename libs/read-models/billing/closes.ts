import { type EntityManager } from "typeorm";
import { periodsFrom } from "#domain/billing/ledger.js";
import { addDays, type LocalDate } from "#domain/calendar.js";
import { type Customer } from "#domain/customers/customer.js";
import {
  type BasisEntry,
  type BasisPageRecorded,
  documentIdOf,
  type DocumentSealed,
  type PeriodClosed,
} from "#domain/invoicing/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { invoiceId } from "#event-store/ids.js";
import { parseStreamName } from "#event-store/streams.js";
import { ContradictoryEvent } from "../runner/contradiction.js";
import { toJsonb } from "../runner/fit.js";
import { upsert } from "./rows.js";

type Closing = RecordedEvent<DocumentSealed> | RecordedEvent<PeriodClosed>;

/** A period close with its customer, as of the close. */
export interface Close {
  readonly provider: string;
  readonly customer: Customer;
  readonly event: Closing;
}

const KEY = ["provider_id", "customer_id", "period_from"] as const;

/**
 * Writes the closed periods of a batch with their bases. A close that computed earlier periods again counts as theirs,
 * and so as the close of periods that had none (docs/rules.md#held-nothing-then). A reissue replaces the invoice of its
 * period, which keeps the basis of its close: a reissue computes this period only, and what is late for others must stay
 * late until the next close. Pages of a basis are kept until a close names them.
 */
export const writeClosed = async (
  manager: EntityManager,
  recorded: readonly RecordedEvent<BasisPageRecorded>[],
  closes: readonly Close[],
): Promise<void> => {
  await keepPages(manager, recorded);
  const pages = await pagesNamed(manager, closes);
  // Each row is written once: what comes behind its close in the batch changes it before.
  const closed = new Map<string, ClosedRow>();
  const recomputed = new Map<string, ClosedRow>();
  const replaced = new Map<string, PeriodRow>();
  for (const close of closes) {
    const row = rowOf(close);
    const key = keyOf(row);
    if (close.event.data.reissueOf !== undefined) {
      const { invoice_id, recorded_at } = row;
      const own = closed.get(key);
      if (own) closed.set(key, { ...own, invoice_id, recorded_at });
      else replaced.set(key, row);
      continue;
    }
    closed.set(key, { ...row, basis: basisOf(close, pages), recomputed_with: null });
    recomputed.delete(key);
    replaced.delete(key);
    for (const again of recomputedBy(close)) {
      const of = closed.has(keyOf(again)) ? closed : recomputed;
      // Of several closes that computed a period again, the last counts; a row is that of the first.
      const { recomputed_with } = again;
      of.set(keyOf(again), { ...(of.get(keyOf(again)) ?? again), recomputed_with });
    }
  }
  await upsert(manager, "billing_closed_periods", KEY, [...closed.values()]);
  await writeRecomputed(manager, [...recomputed.values()]);
  await replaceInvoices(manager, [...replaced.values()]);
};

type PeriodRow = ReturnType<typeof rowOf>;
type ClosedRow = PeriodRow & {
  readonly basis: Readonly<Record<string, string>>;
  /** First day of the period whose close computed this one again; null: none did. */
  readonly recomputed_with: LocalDate | null;
};

const keyOf = ({ provider_id, customer_id, period_from }: PeriodRow): string =>
  [provider_id, customer_id, period_from].join(" ");

/** @param rows of reissues of periods that an earlier batch closed */
const replaceInvoices = async (manager: EntityManager, rows: readonly PeriodRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await manager.query(
    `UPDATE billing_closed_periods p SET invoice_id = n.invoice_id, recorded_at = n.recorded_at
       FROM jsonb_populate_recordset(NULL::billing_closed_periods, $1::jsonb) AS n
      WHERE p.provider_id = n.provider_id AND p.customer_id = n.customer_id AND p.period_from = n.period_from`,
    [toJsonb(rows)],
  );
};

const rowOf = ({ provider, customer, event }: Close) => ({
  provider_id: provider,
  customer_id: customer.customerId,
  period_from: event.data.period.from,
  period_until: event.data.period.until,
  invoice_id: event.type === "PeriodClosed" ? null : documentIdOf(event),
  recorded_at: event.metadata.recordedAt,
});

/** The periods that a close computed again, as rows of it; a row that is there already only learns with which close. */
const recomputedBy = (close: Close) => {
  const { customer, event } = close;
  const { recomputedFrom, period } = event.data;
  if (recomputedFrom === undefined) return [];
  return periodsFrom({ customer }, recomputedFrom, period.from).map(({ from, to }) => ({
    ...rowOf(close),
    period_from: from,
    period_until: addDays(to, -1),
    invoice_id: null,
    basis: {},
    recomputed_with: period.from,
  }));
};

/** @param rows of periods that were closed before the batch, or never */
const writeRecomputed = async (manager: EntityManager, rows: readonly ClosedRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await manager.query(
    `INSERT INTO billing_closed_periods
     SELECT * FROM jsonb_populate_recordset(NULL::billing_closed_periods, $1::jsonb)
     ON CONFLICT (${KEY.join(", ")}) DO UPDATE SET recomputed_with = EXCLUDED.recomputed_with`,
    [toJsonb(rows)],
  );
};

/** The entries of a basis: in the event itself, or in the pages that it names. Throws a `ContradictoryEvent`. */
const basisOf = ({ event }: Close, pages: ReadonlyMap<string, readonly BasisEntry[]>): Record<string, string> => {
  const { basis, basisPages = [] } = event.data;
  const paged = basisPages.flatMap(({ page, eventId, contentHash }) => {
    const entries = pages.get(`${eventId} ${contentHash}`);
    if (entries) return entries;
    throw new ContradictoryEvent(
      event,
      `The close names page ${page} of its basis (event ${eventId}), which is missing`,
    );
  });
  return Object.fromEntries([...basis, ...paged].map(({ stream, revision }) => [stream, revision]));
};

const keepPages = (manager: EntityManager, recorded: readonly RecordedEvent<BasisPageRecorded>[]): Promise<void> =>
  upsert(
    manager,
    "billing_basis_pages",
    ["provider_id", "event_id"],
    recorded.map(({ id, stream, data }) => ({
      provider_id: parseStreamName(stream).provider,
      event_id: id,
      invoice_id: data.invoiceId,
      content_hash: data.contentHash,
      entries: data.entries,
    })),
  );

/** The entries of the pages that closes name, by event id and content hash. */
const pagesNamed = async (
  manager: EntityManager,
  closes: readonly Close[],
): Promise<ReadonlyMap<string, readonly BasisEntry[]>> => {
  const named = closes.flatMap(({ provider, event }) =>
    (event.data.basisPages ?? []).map(({ eventId }) => ({ provider, eventId })),
  );
  if (named.length === 0) return new Map();
  const found = await manager.query<{ event_id: string; content_hash: string; entries: BasisEntry[] }[]>(
    `SELECT p.event_id, p.content_hash, p.entries FROM billing_basis_pages p
       JOIN unnest($1::uuid[], $2::uuid[]) AS k (provider_id, event_id)
         ON p.provider_id = k.provider_id AND p.event_id = k.event_id`,
    [named.map(({ provider }) => provider), named.map(({ eventId }) => eventId)],
  );
  return new Map(found.map(({ event_id, content_hash, entries }) => [`${event_id} ${content_hash}`, entries]));
};

/** A closed period of a customer. */
export interface PeriodOf {
  readonly provider: string;
  readonly customerId: string;
  readonly from: LocalDate;
}

/**
 * Deletes the pages of the bases of closed periods: the close, the reissue or the credit note that they were recorded
 * for has named them, or none ever will.
 */
export const forgetPages = async (manager: EntityManager, periods: readonly PeriodOf[]): Promise<void> => {
  if (periods.length === 0) return;
  await manager.query(
    `DELETE FROM billing_basis_pages p USING unnest($1::uuid[], $2::uuid[]) AS c (provider_id, invoice_id)
      WHERE p.provider_id = c.provider_id AND p.invoice_id = c.invoice_id`,
    [
      periods.map(({ provider }) => provider),
      periods.map(({ provider, customerId, from }) => invoiceId(provider, customerId, from)),
    ],
  );
};
