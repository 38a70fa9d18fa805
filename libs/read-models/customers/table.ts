import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Customer, type CustomerStatus } from "#domain/customers/customer.js";
import { bigint, date, entityOf, instant, jsonb, nullable, numeric, text, uuid, uuidKey } from "../rows/columns.js";

export interface CustomerRow {
  readonly providerId: string;
  readonly id: string;
  readonly name: string;
  readonly companyDomain: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** The three as search compares them (search/forms.ts); empty where there is none. */
  readonly nameForm: string;
  readonly emailForm: string;
  readonly phoneDigits: string;
  readonly currency: string;
  /** The last one recorded; which one it is on a day says `classIdOn` of the state. */
  readonly customerClassId: string | null;
  readonly creditLimit: string;
  /** As of the last event or signal. */
  readonly status: CustomerStatus;
  readonly createdOn: LocalDate;
  /** Last charged day. */
  readonly closedOn: LocalDate | null;
  readonly state: Customer;
  readonly revision: string;
  /** Commit position of its first event: sorts as created. */
  readonly createdCommit: string;
  /** When its first event was recorded, and its last one. */
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const customers = entityOf<CustomerRow>("Customer", "customers", {
  providerId: uuidKey,
  id: uuidKey,
  name: text,
  companyDomain: nullable(text),
  email: nullable(text),
  phone: nullable(text),
  nameForm: text,
  emailForm: text,
  phoneDigits: text,
  currency: text,
  customerClassId: nullable(uuid),
  creditLimit: numeric,
  status: text,
  createdOn: date,
  closedOn: nullable(date),
  state: jsonb,
  revision: bigint,
  createdCommit: numeric,
  createdAt: instant,
  updatedAt: instant,
});
