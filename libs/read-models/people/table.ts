import { type Instant } from "#domain/calendar.js";
import { type Person } from "#domain/people/person.js";
import {
  arrayOf,
  bigint,
  boolean,
  entityOf,
  instant,
  jsonb,
  nullable,
  numeric,
  text,
  uuid,
  uuidKey,
} from "../rows/columns.js";

/** A person of a customer. */
export interface PersonRow {
  readonly id: string;
  readonly providerId: string;
  readonly customerId: string;
  /** In lower case, as it is found by. */
  readonly email: string;
  readonly isRemoved: boolean;
  /** Of the links that may count. */
  readonly linkHashes: readonly string[];
  /** Of its account at the OpenID provider; null: it has none. */
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly state: Person;
  /** Stream revision. */
  readonly revision: string;
  /** Commit position of its first event: sorts as created. */
  readonly createdCommit: string;
  /** When its first event was recorded, and its last one. */
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const people = entityOf<PersonRow>("Person", "people", {
  providerId: uuidKey,
  id: uuidKey,
  customerId: uuid,
  email: text,
  isRemoved: boolean,
  linkHashes: arrayOf(text),
  issuer: nullable(text),
  subject: nullable(text),
  state: jsonb,
  revision: bigint,
  createdCommit: numeric,
  createdAt: instant,
  updatedAt: instant,
});
