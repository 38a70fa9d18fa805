import { type Customer, customerStatus } from "#domain/customers/customer.js";
import { type Folded, foldStreams } from "../runner/fold-streams.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { digitsOf, searchForm } from "../search/forms.js";
import { type CustomerRow, customers } from "./table.js";

/** Customers as their streams fold. */
export const customersProjection: Projection<"customer"> = {
  name: "customers",
  version: 6,
  tables: ["customers"],
  categories: ["customer"],
  async apply(manager, events) {
    const folded = await foldStreams(manager, "customer", { table: "customers", idColumn: "id" }, events);
    await upsert(manager, customers, folded.map(toRow), { fixed: ["createdCommit", "createdAt"] });
  },
};

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
  status: customerStatus(state),
  createdOn: state.createdOn,
  closedOn: state.closedOn,
  state,
  revision: revision.toString(),
  createdCommit: first.position.commit.toString(),
  createdAt: first.metadata.recordedAt,
  updatedAt: last.metadata.recordedAt,
});
