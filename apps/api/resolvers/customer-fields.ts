import { type Principal } from "#application/command/principal.js";
import { Backend } from "../core/backend.js";
import { documentUrl } from "../core/document-url.js";
import { PrincipalOf } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { Account, AccountConnection } from "../accounts/models.js";
import { CustomerClass } from "../catalog/models.js";
import { type Commitment, CommitmentConnection } from "../commitments/models.js";
import { Collection } from "../collection/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { type Connection, ConnectionArgs } from "../graphql/pagination.js";
import { DecimalScalar } from "../graphql/scalars.js";
import { type CreditNote, CreditNoteConnection, type Invoice, InvoiceConnection } from "../invoices/models.js";
import { Unbilled } from "../invoices/unbilled-models.js";
import { Customer } from "../customers/models.js";

@Resolver(() => Customer)
export class CustomerFields {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => String, {
    description:
      "Where this server has its statement of account as a PDF: an absolute URL where the server has a public one, else a path behind its address. `?from=2020-08-01&until=2020-08-31` limits the days; `.html` instead of `.pdf` is a page.",
  })
  statementUrl(@Parent() { id }: Customer, @PrincipalOf() { providerId }: Principal): string {
    return documentUrl(this.backend.publicUrl, providerId, "statements", id);
  }

  @ResolveField(() => CustomerClass, { description: "Its class; null: the default terms.", nullable: true })
  customerClass(
    @Parent() { customerClassId }: Customer,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<CustomerClass> | null> | null {
    return customerClassId === null ? null : load.customerClass(customerClassId);
  }

  @ResolveField(() => DecimalScalar, {
    description: "Balance due: what is open of its invoices, less unused credit; below zero where it is owed to it.",
  })
  balanceDue(@Parent() customer: Customer, @LoadersOf() load: Loaders): Promise<string> {
    return load.balanceDue(customer);
  }

  @ResolveField(() => Collection, {
    description: "What collection knows of it, and what happens next if nothing is paid.",
    nullable: true,
  })
  collection(@Parent() customer: Customer, @LoadersOf() load: Loaders): Promise<Plain<Collection>> {
    return load.collection(customer);
  }

  @ResolveField(() => AccountConnection, { description: "Its accounts, in order of opening." })
  accounts(
    @Parent() { id }: Customer,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<Account>>> {
    return load.accountsOfCustomer(id, slice);
  }

  @ResolveField(() => CommitmentConnection, { description: "The commitments on its accounts, by start." })
  commitments(
    @Parent() { id }: Customer,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<Commitment>>> {
    return load.commitmentsOfCustomer(id, slice);
  }

  @ResolveField(() => Unbilled, {
    description: "Its running billing period as known now; null with an error where read models are behind.",
    nullable: true,
  })
  unbilled(@Parent() customer: Customer, @LoadersOf() load: Loaders): Promise<Plain<Unbilled>> {
    return load.unbilled(customer);
  }

  @ResolveField(() => InvoiceConnection, { description: "Its issued invoices, the latest first." })
  invoices(
    @Parent() { id }: Customer,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<Invoice>>> {
    return load.invoicesOfCustomer(id, slice);
  }

  @ResolveField(() => CreditNoteConnection, { description: "Its issued credit notes, the latest first." })
  creditNotes(
    @Parent() { id }: Customer,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<CreditNote>>> {
    return load.creditNotesOfCustomer(id, slice);
  }
}
