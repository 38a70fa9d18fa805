import { type LineKind } from "#domain/billing/line.js";
import { monthOf, serviceMonths } from "#domain/billing/service-months.js";
import { compareText } from "#domain/by-day.js";
import { type LocalDate } from "#domain/calendar.js";
import { termsOfRow } from "#domain/commitments/terms-of-row.js";
import { type Amount, big, format } from "#domain/money.js";
import { type DocumentType, issuedDocuments } from "./documents.js";
import { commitmentsById } from "./ledger.js";
import { type Snapshot } from "./snapshot.js";

/** GOODWILL: credit notes of goodwill, which have no lines. */
export type BilledKind = LineKind | "GOODWILL";

/** What sums are told apart by, beside their currency. */
export type BilledBy = "KIND" | "MONTH" | "SERVICE_MONTH" | "OFFER" | "CUSTOMER" | "DOCUMENT";

/** Sums of lines that are alike in what was asked for; what was not asked for is null. */
export interface BilledSum {
  readonly currency: string;
  /** `YYYY-MM` of the issue date. */
  readonly month: string | null;
  /** `YYYY-MM` of the days of the lines; of goodwill that of the issue date. */
  readonly serviceMonth: string | null;
  readonly kind: BilledKind | null;
  readonly document: DocumentType | null;
  readonly customerId: string | null;
  /** Null also of goodwill. */
  readonly offerId: string | null;
  /** The offer's name as it was agreed; of several, one of them. */
  readonly offer: string | null;
  /** A line with days in several months counts in each of them. */
  readonly lines: number;
  readonly fee: Amount;
  readonly discount: Amount;
  readonly net: Amount;
}

/** Days are both included: of the issue dates. */
export interface BilledFilter {
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** Null: all customers. */
  readonly customerId: string | null;
}

/** There are more sums than were allowed. */
export class TooManySums extends Error {
  override readonly name = "TooManySums";
}

/** Lines of a statement: those with equal columns, added up as far as that is exact. */
interface Group {
  readonly currency: string;
  readonly issued: string;
  readonly kind: BilledKind;
  readonly document: DocumentType;
  readonly customer_id: string | null;
  readonly commitment_id: string | null;
  readonly row_id: string | null;
  /** By SERVICE_MONTH: of one line where its days lie in several months, else both are days of one month. */
  readonly from_on: LocalDate;
  readonly until_on: LocalDate;
  readonly lines: string;
  readonly fee: Amount;
  readonly discount: Amount;
}

const MOST_SUMS = 100_000;

/**
 * What was billed by issued documents: their lines, with the credits of void invoices in the month of the credit note,
 * and goodwill (docs/rules.md#revenue-by-month). Everything is added up by currency.
 * @returns sorted by currency, month, service month, kind, document, offer, customer
 * @throws TooManySums
 */
export const billedSums = async (
  snapshot: Snapshot,
  by: ReadonlySet<BilledBy>,
  { from, until, customerId }: BilledFilter,
  most = MOST_SUMS,
): Promise<readonly BilledSum[]> => {
  const sums = new Map<string, BilledSum>();
  const parts = snapshot.parts<Group>(groupsSql(by), [snapshot.providerId, from, until, customerId]);
  for await (const part of parts) {
    const offers = by.has("OFFER") ? await offersOf(snapshot, part) : new Map<Group, Offer>();
    for (const group of part) {
      for (const sum of sumsOf(group, offers.get(group), by)) add(sums, sum);
    }
    if (sums.size > most) throw new TooManySums(`There are more than ${most} sums.`);
  }
  return [...sums.values()].sort((a, b) => compareText(orderOf(a), orderOf(b)));
};

const groupsSql = (by: ReadonlySet<BilledBy>): string => {
  const only = (dimension: BilledBy, column: string, type: string) => (by.has(dimension) ? column : `NULL::${type}`);
  const issued = only("MONTH", "to_char(issued_on, 'YYYY-MM')", "text");
  // Only a line with days in several months has to be spread by itself.
  const single = only(
    "SERVICE_MONTH",
    `CASE WHEN date_trunc('month', l.from_on) <> date_trunc('month', l.until_on) THEN d.id::text || '/' || l.position END`,
    "text",
  );
  return `
    SELECT currency, issued, kind, document, customer_id, commitment_id, row_id, min(from_on) AS from_on,
           max(until_on) AS until_on, sum(lines)::text AS lines, sum(fee)::text AS fee, sum(discount)::text AS discount
      FROM (SELECT l.currency, ${issued} AS issued, l.kind, d.document,
                   ${only("CUSTOMER", "d.customer_id", "uuid")} AS customer_id,
                   ${only("OFFER", "l.commitment_id", "uuid")} AS commitment_id,
                   ${only("OFFER", "l.row_id", "text")} AS row_id,
                   ${only("SERVICE_MONTH", "date_trunc('month', l.from_on)::date", "date")} AS served, ${single} AS single,
                   l.from_on, l.until_on, 1 AS lines, l.fee, l.discount
              FROM ${issuedDocuments("issued_on BETWEEN $2 AND $3 AND ($4::uuid IS NULL OR customer_id = $4)")}
              JOIN invoice_lines l ON l.provider_id = d.provider_id AND l.invoice_id = d.id
             UNION ALL
            SELECT currency, ${issued}, 'GOODWILL', 'CREDIT_NOTE', ${only("CUSTOMER", "customer_id", "uuid")}, NULL, NULL,
                   ${only("SERVICE_MONTH", "date_trunc('month', issued_on)::date", "date")}, NULL,
                   issued_on, issued_on, 0, total, 0
              FROM credit_notes
             WHERE provider_id = $1 AND number IS NOT NULL AND purpose = 'GOODWILL' AND issued_on BETWEEN $2 AND $3
               AND ($4::uuid IS NULL OR customer_id = $4)) g
     GROUP BY currency, issued, kind, document, customer_id, commitment_id, row_id, served, single
     ORDER BY commitment_id, row_id, issued, kind, document, served`;
};

interface Offer {
  readonly offerId: string;
  readonly offer: string;
}

const offersOf = async (snapshot: Snapshot, groups: readonly Group[]): Promise<ReadonlyMap<Group, Offer>> => {
  const commitments = await commitmentsById(
    snapshot,
    groups.flatMap(({ commitment_id }) => commitment_id ?? []),
  );
  return new Map(
    groups.flatMap((group) => {
      const commitment = group.commitment_id === null ? undefined : commitments.get(group.commitment_id);
      if (!commitment || group.row_id === null) return [];
      const { offerId, name: offer } = termsOfRow(commitment, group.row_id, group.from_on).terms;
      return [[group, { offerId, offer }]];
    }),
  );
};

const sumsOf = (group: Group, offer: Offer | undefined, by: ReadonlySet<BilledBy>): readonly BilledSum[] => {
  const { currency, issued, kind, document, customer_id, from_on, until_on, fee, discount } = group;
  const common = {
    currency,
    month: issued,
    kind: by.has("KIND") ? kind : null,
    document: by.has("DOCUMENT") ? document : null,
    customerId: customer_id,
    offerId: offer?.offerId ?? null,
    offer: offer?.offer ?? null,
    lines: Number(group.lines),
  };
  const net = format(big(fee).minus(big(discount)), currency);
  if (!by.has("SERVICE_MONTH")) return [{ ...common, serviceMonth: null, fee, discount, net }];
  if (monthOf(from_on) === monthOf(until_on))
    return [{ ...common, serviceMonth: monthOf(from_on), fee, discount, net }];
  const months = serviceMonths({ from: from_on, until: until_on, fee, discount, currency });
  return months.map(({ month, ...amounts }) => ({ ...common, serviceMonth: month, ...amounts }));
};

const keyOf = ({ currency, month, serviceMonth, kind, document, offerId, customerId }: BilledSum): string =>
  [currency, month, serviceMonth, kind, document, offerId, customerId].join(" ");

const orderOf = (sum: BilledSum): string =>
  [sum.currency, sum.month, sum.serviceMonth, sum.kind, sum.document, sum.offer, sum.offerId, sum.customerId].join(
    "\u0000",
  );

const add = (sums: Map<string, BilledSum>, sum: BilledSum): void => {
  const key = keyOf(sum);
  const known = sums.get(key);
  const plus = (field: "fee" | "discount" | "net") =>
    format(big(known?.[field] ?? "0").plus(big(sum[field])), sum.currency);
  sums.set(key, {
    ...(known ?? sum),
    lines: (known?.lines ?? 0) + sum.lines,
    fee: plus("fee"),
    discount: plus("discount"),
    net: plus("net"),
  });
};
