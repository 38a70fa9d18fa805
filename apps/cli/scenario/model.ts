import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Action } from "./actions.js";
import { type z } from "zod";
import { type Catalog, type CustomerItem, type Refusable } from "./items.js";
import {
  type expectedCommitment,
  type expectedCustomer,
  type expectedInvoice,
  type expectedLine,
} from "./schema/expect.js";

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

/** What a schema reads, and the line on which it stands. */
type Expected<Schema extends z.ZodType> = Readonly<z.output<Schema>> & { readonly line: number };

export type ExpectedLine = Expected<typeof expectedLine>;
export type ExpectedInvoice = Omit<Expected<typeof expectedInvoice>, "lines"> & {
  readonly lines?: readonly ExpectedLine[] | undefined;
};
export type ExpectedCommitment = Expected<typeof expectedCommitment>;
export type ExpectedCustomer = Expected<typeof expectedCustomer>;
