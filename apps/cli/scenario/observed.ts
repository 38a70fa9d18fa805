import { type Instant, type LocalDate } from "#domain/calendar.js";

/** The result, with the field names of the file format: every line, every field. A public interface (`--json`). */
export interface Observed {
  readonly invoices: readonly ObservedInvoice[];
  readonly creditNotes: readonly ObservedCreditNote[];
  readonly commitments: readonly ObservedCommitment[];
  readonly customers: readonly ObservedCustomer[];
  readonly outbound: readonly ObservedDelivery[];
  /** By answer, account, leg. */
  readonly calls: readonly ObservedCall[];
}

export interface ObservedLine {
  /** Its `as` name; null: of calls, which belong to none. */
  readonly commitment: string | null;
  readonly kind: string;
  readonly description: string;
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly days: number;
  readonly periodDays: number | null;
  readonly fee: string;
  readonly discount: string;
  readonly discountOrigin: string | null;
  readonly net: string;
  /** What a line of calls counts; other lines have none of these. */
  readonly calls?: number;
  readonly seconds?: number;
  readonly chargedSeconds?: number;
  readonly late?: boolean;
}

export interface ObservedInvoice {
  readonly customer: string;
  readonly issued: LocalDate;
  readonly due: LocalDate;
  readonly total: string;
  readonly state: string;
  readonly currency: string;
  readonly number: string;
  readonly lines: readonly ObservedLine[];
}

export type ObservedCreditNote = Pick<
  ObservedInvoice,
  "customer" | "issued" | "total" | "currency" | "number" | "lines"
>;

export interface ObservedCommitment {
  readonly commitment: string;
  readonly status: string;
  readonly discountEndDate: LocalDate | null;
  readonly discountsGiven: string;
}

export interface ObservedCustomer {
  readonly customer: string;
  readonly status: string;
  readonly balanceDue: string;
}

export interface ObservedDelivery {
  readonly to: string;
  readonly event: string;
  readonly customer: string;
  readonly on: LocalDate;
}

export interface ObservedCall {
  /** Its name in the file; null: it has none. */
  readonly key: string | null;
  readonly account: string;
  readonly leg: string;
  /** null: hidden. */
  readonly from: string | null;
  readonly to: string;
  readonly answered: Instant;
  readonly day: LocalDate | null;
  readonly tariff: string | null;
  readonly prefix: string | null;
  readonly seconds: number | null;
  readonly chargedSeconds: number | null;
  readonly amount: string | null;
  readonly state: string;
  readonly reason: string | null;
}

export const NOTHING_OBSERVED: Observed = {
  invoices: [],
  creditNotes: [],
  commitments: [],
  customers: [],
  outbound: [],
  calls: [],
};

/** A difference between the file's expectations and the result. */
export interface Difference {
  /** 1-based line of the expectation in the file; null: none. */
  readonly line: number | null;
  /** Description of what differs. */
  readonly where: string;
  readonly expected: string;
  readonly observed: string;
}
