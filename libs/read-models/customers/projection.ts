import { type EntityManager } from "typeorm";
import { type Instant } from "#domain/calendar.js";
import { type Customer, customerStatus, todayOf } from "#domain/customers/customer.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Folded, foldStreams } from "../runner/fold-streams.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { digitsOf, searchForm } from "../search/forms.js";
import { type CustomerRow, customers } from "./table.js";
import { writeZendeskLinks } from "./zendesk-links.js";

/** Customers as their streams fold. */
export const customersProjection: Projection<"customer" | "lifecycle"> = {
  name: "customers",
  version: 6,
  tables: ["customers", "zendesk_links"],
  lateIndexes: [
    "zendesk_links_by_domain",
    "zendesk_links_by_organization",
    "customers_by_domain",
    "customers_class",
    "customers_created",
    "customers_email",
    "customers_email_form",
    "customers_email_starts",
    "customers_name",
    "customers_name_form",
    "customers_name_starts",
    "customers_phone_digits",
    "customers_phone_starts",
    "customers_status",
    "customers_updated",
  ],
  categories: ["customer", "lifecycle"],
  async apply(manager, events) {
    const own = events.filter((event) => isOf(event, "customer"));
    const folded = await foldStreams(manager, "customer", { table: "customers", idColumn: "id" }, own);
    await upsert(manager, customers, folded.map(toRow), { fixed: ["createdCommit", "createdAt"] });
    await writeZendeskLinks(manager, folded);
    await showStatus(manager, events);
  },
};

/** A suspension or its lifting can be recorded before its day: a signal says that the day has come. */
const showStatus = async (manager: EntityManager, events: readonly RecordedEvent[]): Promise<void> => {
  const signals = events.filter((event) => "customerId" in event.data && isOf(event, "lifecycle"));
  if (signals.length === 0) return;
  const moments = new Map(signals.map(({ stream, metadata }) => [stream, metadata.recordedAt]));
  const keys = [...moments].map(([stream, recordedAt]) => ({ ...parseStreamName(stream), recordedAt }));
  const stored = await manager.query<
    { provider_id: string; id: string; state: Customer; updated_at: Date; recorded_at: Instant }[]
  >(
    `SELECT c.provider_id, c.id, c.state, c.updated_at, k.recorded_at FROM customers c
       JOIN unnest($1::uuid[], $2::uuid[], $3::text[]) AS k (provider_id, id, recorded_at)
         ON c.provider_id = k.provider_id AND c.id = k.id`,
    [keys.map(({ provider }) => provider), keys.map(({ id }) => id), keys.map(({ recordedAt }) => recordedAt)],
  );
  const shown = stored.map(({ provider_id, id, state, updated_at, recorded_at }) => {
    // A command that is behind the signal in the batch was folded already.
    const updated = updated_at.toISOString();
    return { provider_id, id, status: statusAt(state, updated > recorded_at ? updated : recorded_at) };
  });
  await manager.query(
    `UPDATE customers c SET status = s.status FROM jsonb_populate_recordset(NULL::customers, $1::jsonb) AS s
      WHERE c.provider_id = s.provider_id AND c.id = s.id`,
    [JSON.stringify(shown)],
  );
};

const statusAt = (customer: Customer, recordedAt: Instant) => customerStatus(customer, todayOf(customer, recordedAt));

const toRow = ({ provider, id, state, revision, last, first }: Folded<Customer>): CustomerRow => ({
  providerId: provider,
  id,
  name: state.contact.name,
  companyDomain: state.contact.companyDomain,
  email: state.contact.email,
  phone: state.contact.phone,
  nameForm: searchForm(state.contact.name),
  emailForm: searchForm(state.contact.email ?? ""),
  phoneDigits: digitsOf(state.contact.phone ?? ""),
  currency: state.currency,
  customerClassId: state.classes.at(-1)?.customerClassId ?? null,
  creditLimit: state.creditLimit,
  status: statusAt(state, last.metadata.recordedAt),
  createdOn: state.createdOn,
  closedOn: state.closedOn,
  state,
  revision: revision.toString(),
  createdCommit: first.position.commit.toString(),
  createdAt: first.metadata.recordedAt,
  updatedAt: last.metadata.recordedAt,
});
