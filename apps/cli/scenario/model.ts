import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Action } from "./actions.js";
import { type Catalog, type CustomerItem, type Refusable } from "./items.js";

/** A scenario file that was read and found valid. Money is decimal text as it stands in the file. */
export interface Scenario {
  readonly title: string;
  readonly catalog: Catalog;
  readonly customers: readonly CustomerItem[];
  readonly steps: readonly Step[];
  /** The first step's moment: catalog and customers come into being there. */
  readonly startsAt: Instant;
  /** Where the clock ends. */
  readonly endsAt: Instant;
  readonly expect: Expectations;
}

export interface Step extends Refusable {
  /** As people call it: `terminate turbo`. */
  readonly name: string;
  readonly on: LocalDate;
  /** Noon of `on` in the zone that counts for the step. */
  readonly at: Instant;
  readonly effective?: LocalDate | undefined;
  readonly action: Action;
}

/** What must come out. A key that is absent is not checked. */
export interface Expectations {
  readonly invoices?: readonly ExpectedInvoice[] | undefined;
  readonly creditNotes?: readonly never[] | undefined;
  readonly commitments?: readonly ExpectedCommitment[] | undefined;
  readonly customers?: readonly ExpectedCustomer[] | undefined;
}

export interface ExpectedLine {
  readonly line: number;
  readonly commitment?: string | undefined;
  readonly kind?: string | undefined;
  readonly description?: string | undefined;
  readonly from?: LocalDate | undefined;
  readonly until?: LocalDate | undefined;
  readonly days?: number | undefined;
  readonly periodDays?: number | null | undefined;
  readonly fee?: string | undefined;
  readonly discount?: string | undefined;
  readonly discountOrigin?: string | null | undefined;
  readonly net?: string | undefined;
}

export interface ExpectedInvoice {
  readonly line: number;
  readonly customer: string;
  readonly issued: LocalDate;
  readonly total?: string | undefined;
  readonly state?: string | undefined;
  readonly due?: LocalDate | undefined;
  readonly lines?: readonly ExpectedLine[] | undefined;
}

export interface ExpectedCommitment {
  readonly line: number;
  readonly commitment: string;
  readonly status?: string | undefined;
  readonly discountEndDate?: LocalDate | null | undefined;
  readonly discountsGiven?: string | undefined;
}

export interface ExpectedCustomer {
  readonly line: number;
  readonly customer: string;
  readonly status?: string | undefined;
  readonly balanceDue?: string | undefined;
}
