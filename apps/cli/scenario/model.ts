import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Action } from "./actions.js";
import { type z } from "zod";
import { type Catalog, type CustomerItem, type Refusable } from "./items.js";
import {
  type expectedCall,
  type expectedCommitment,
  type expectedCreditNote,
  type expectedCustomer,
  type expectedDelivery,
  type expectedInvoice,
  type expectedLine,
} from "./schema/expect.js";

/** A valid scenario file as read. Money is decimal text as in the file. */
export interface Scenario {
  readonly title: string;
  readonly catalog: Catalog;
  readonly customers: readonly CustomerItem[];
  readonly steps: readonly Step[];
  /** The instant of the first step, at which catalog and customers are created. */
  readonly startsAt: Instant;
  /** The instant to which the clock is finally advanced. */
  readonly endsAt: Instant;
  readonly expect: Expectations;
}

export interface Step extends Refusable {
  /** Description of the step: `terminate turbo`. */
  readonly name: string;
  readonly on: LocalDate;
  /** Noon of `on` in the step's time zone; of a call that day its answer. */
  readonly at: Instant;
  readonly effective?: LocalDate | undefined;
  /** Why; "scenario" unless given, for commands that take a reason. */
  readonly reason?: string | undefined;
  readonly action: Action;
}

/** The expected result. A key that is absent is not checked. */
export interface Expectations {
  readonly invoices?: readonly ExpectedInvoice[] | undefined;
  readonly creditNotes?: readonly ExpectedCreditNote[] | undefined;
  readonly commitments?: readonly ExpectedCommitment[] | undefined;
  readonly customers?: readonly ExpectedCustomer[] | undefined;
  readonly outbound?: readonly ExpectedDelivery[] | undefined;
  readonly calls?: readonly ExpectedCall[] | undefined;
}

/** A value read by a schema, with its line. */
type Expected<Schema extends z.ZodType> = Readonly<z.output<Schema>> & { readonly line: number };

export type ExpectedLine = Expected<typeof expectedLine>;
export type ExpectedInvoice = Omit<Expected<typeof expectedInvoice>, "lines"> & {
  readonly lines?: readonly ExpectedLine[] | undefined;
};
export type ExpectedCreditNote = Omit<Expected<typeof expectedCreditNote>, "lines"> & {
  readonly lines?: readonly ExpectedLine[] | undefined;
};
export type ExpectedCommitment = Expected<typeof expectedCommitment>;
export type ExpectedCustomer = Expected<typeof expectedCustomer>;
export type ExpectedDelivery = Expected<typeof expectedDelivery>;
export type ExpectedCall = Expected<typeof expectedCall>;
