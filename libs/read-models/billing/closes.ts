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

/**
 * Writes the closed periods of a batch with their bases. A close that computed earlier periods again counts as theirs,
 * and so as the close of periods that had none (docs/rules.md#held-nothing-then). Pages of a basis are kept until a
 * close names them.
 */
export const writeClosed = async (
  manager: EntityManager,
  recorded: readonly RecordedEvent<BasisPageRecorded>[],
  closes: readonly Close[],
): Promise<void> => {
  await keepPages(manager, recorded);
  const pages = await pagesNamed(manager, closes);
  const key = ["provider_id", "customer_id", "period_from"] as const;
  // A reissue replaces the invoice of its period: what came before it is written before it.
  for (const run of runsOf(closes)) {
    const [first] = run;
    if (first?.event.data.reissueOf !== undefined) {
      await replaceInvoice(manager, first);
      continue;
    }
    await upsert(
      manager,
      "billing_closed_periods",
      key,
      run.map((close) => ({ ...rowOf(close), basis: basisOf(close, pages), recomputed_with: null })),
    );
    await writeRecomputed(manager, run);
  }
};

/**
 * The period keeps the basis of its close: a reissue computes this period only, and what is late for others must stay
 * late until the next close.
 */
const replaceInvoice = async (manager: EntityManager, close: Close): Promise<void> => {
  const { provider_id, customer_id, period_from, invoice_id, recorded_at } = rowOf(close);
  await manager.query(
    `UPDATE billing_closed_periods SET invoice_id = $4, recorded_at = $5
      WHERE provider_id = $1 AND customer_id = $2 AND period_from = $3`,
    [provider_id, customer_id, period_from, invoice_id, recorded_at],
  );
};

/** In order, each reissue alone. */
const runsOf = (closes: readonly Close[]): Close[][] => {
  const runs: Close[][] = [];
  for (const close of closes) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (!last || close.event.data.reissueOf !== undefined || before?.event.data.reissueOf !== undefined)
      runs.push([close]);
    else last.push(close);
  }
  return runs;
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

const writeRecomputed = async (manager: EntityManager, closes: readonly Close[]): Promise<void> => {
  const rows = closes.flatMap(recomputedBy);
  if (rows.length === 0) return;
  // Of several closes of a customer that computed a period again, the last counts; a row is that of the first.
  const merged = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    const key = [row.provider_id, row.customer_id, row.period_from].join(" ");
    merged.set(key, { ...(merged.get(key) ?? row), recomputed_with: row.recomputed_with });
  }
  await manager.query(
    `INSERT INTO billing_closed_periods
     SELECT * FROM jsonb_populate_recordset(NULL::billing_closed_periods, $1::jsonb)
     ON CONFLICT (provider_id, customer_id, period_from) DO UPDATE SET recomputed_with = EXCLUDED.recomputed_with`,
    [toJsonb([...merged.values()])],
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
