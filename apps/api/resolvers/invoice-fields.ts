import { type Principal } from "#application/command/principal.js";
import { Backend } from "../core/backend.js";
import { documentUrl } from "../core/document-url.js";
import { PrincipalOf } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { Account } from "../accounts/models.js";
import { Commitment } from "../commitments/models.js";
import { Customer } from "../customers/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { type Connection, ConnectionArgs } from "../graphql/pagination.js";
import {
  ClosedPeriod,
  CorrectedLine,
  CreditNote,
  CreditNoteConnection,
  Invoice,
  Line,
  LineConnection,
} from "../invoices/models.js";
import { Unbilled, UnbilledCommitment } from "../invoices/unbilled-models.js";

const DOCUMENT_URL = {
  description:
    "Where this server has its PDF: an absolute URL where the server has a public one, else a path behind its address. With `.html` instead of `.pdf` it is a page.",
} as const;

@Resolver(() => Invoice)
export class InvoiceFields {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => String, DOCUMENT_URL)
  documentUrl(@Parent() { id }: Invoice, @PrincipalOf() { providerId }: Principal): string {
    return documentUrl(this.backend.publicUrl, providerId, "invoices", id);
  }

  @ResolveField(() => Customer, { description: "The customer that it is addressed to.", nullable: true })
  customer(@Parent() { customerId }: Invoice, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }

  @ResolveField(() => LineConnection, { description: "Its lines, in order." })
  lines(
    @Parent() { id }: Invoice,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<Line>>> {
    return load.linesOfInvoice(id, slice);
  }

  @ResolveField(() => CreditNoteConnection, { description: "The credit notes that correct or void it." })
  creditNotes(
    @Parent() { id }: Invoice,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<CreditNote>>> {
    return load.creditNotesOfInvoice(id, slice);
  }
}

@Resolver(() => CreditNote)
export class CreditNoteFields {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => String, DOCUMENT_URL)
  documentUrl(@Parent() { id }: CreditNote, @PrincipalOf() { providerId }: Principal): string {
    return documentUrl(this.backend.publicUrl, providerId, "credit-notes", id);
  }

  @ResolveField(() => Customer, { description: "The customer that it is addressed to.", nullable: true })
  customer(@Parent() { customerId }: CreditNote, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }

  @ResolveField(() => Invoice, { description: "The invoice that it corrects or voids; null: none.", nullable: true })
  invoice(@Parent() { invoiceId }: CreditNote, @LoadersOf() load: Loaders): Promise<Plain<Invoice> | null> | null {
    return invoiceId === null ? null : load.invoice(invoiceId);
  }

  @ResolveField(() => LineConnection, { description: "Its lines, in order." })
  lines(
    @Parent() { id }: CreditNote,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<Line>>> {
    return load.linesOfInvoice(id, slice);
  }
}

@Resolver(() => Line)
export class LineFields {
  @ResolveField(() => Commitment, { description: "The commitment that it belongs to; null for calls.", nullable: true })
  commitment(@Parent() { commitmentId }: Line, @LoadersOf() load: Loaders): Promise<Plain<Commitment> | null> | null {
    return commitmentId === null ? null : load.commitment(commitmentId);
  }

  @ResolveField(() => Account, { description: "The account that it belongs to.", nullable: true })
  account(@Parent() { accountId }: Line, @LoadersOf() load: Loaders): Promise<Plain<Account> | null> {
    return load.account(accountId);
  }

  @ResolveField(() => Invoice, { description: "The issued invoice that it is on; null: on none yet.", nullable: true })
  invoice(@Parent() { invoiceId }: Line, @LoadersOf() load: Loaders): Promise<Plain<Invoice> | null> | null {
    return invoiceId == null ? null : load.invoice(invoiceId);
  }

  @ResolveField(() => CreditNote, { description: "The issued credit note that it is on; null: none.", nullable: true })
  creditNote(@Parent() { invoiceId }: Line, @LoadersOf() load: Loaders): Promise<Plain<CreditNote> | null> | null {
    return invoiceId == null ? null : load.creditNote(invoiceId);
  }
}

@Resolver(() => CorrectedLine)
export class CorrectedLineFields {
  @ResolveField(() => Invoice, {
    description: "The issued invoice that it is on; null: not issued yet.",
    nullable: true,
  })
  invoice(@Parent() { invoiceId }: CorrectedLine, @LoadersOf() load: Loaders): Promise<Plain<Invoice> | null> {
    return load.invoice(invoiceId);
  }
}

@Resolver(() => ClosedPeriod)
export class ClosedPeriodFields {
  @ResolveField(() => Customer, { description: "The customer whose period it is.", nullable: true })
  customer(@Parent() { customerId }: ClosedPeriod, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }

  @ResolveField(() => Invoice, {
    description:
      "Its invoice; null: there was nothing to invoice, or what there was is on the invoice of a later close.",
    nullable: true,
  })
  invoice(@Parent() { invoiceId }: ClosedPeriod, @LoadersOf() load: Loaders): Promise<Plain<Invoice> | null> | null {
    return invoiceId === null ? null : load.invoice(invoiceId);
  }
}

@Resolver(() => Unbilled)
export class UnbilledFields {
  @ResolveField(() => Customer, { description: "The customer whose period it is.", nullable: true })
  customer(@Parent() { customerId }: Unbilled, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }
}

@Resolver(() => UnbilledCommitment)
export class UnbilledCommitmentFields {
  @ResolveField(() => Commitment, { description: "The commitment.", nullable: true })
  commitment(
    @Parent() { commitmentId }: UnbilledCommitment,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Commitment> | null> {
    return load.commitment(commitmentId);
  }
}
