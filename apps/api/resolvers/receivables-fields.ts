import { Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { Customer } from "../customers/models.js";
import { type Plain } from "../graphql/plain.js";
import { DecimalScalar } from "../graphql/scalars.js";
import { CreditNote, Invoice } from "../invoices/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { Allocation, Payment, Refund } from "../receivables/models.js";
import { Movement } from "../receivables/statement-models.js";

@Resolver(() => Payment)
export class PaymentFields {
  @ResolveField(() => Customer, { description: "The customer that paid.", nullable: true })
  customer(@Parent() { customerId }: Payment, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }

  @ResolveField(() => Invoice, { description: "The invoice that it was recorded for; null: none.", nullable: true })
  invoice(@Parent() { invoiceId }: Payment, @LoadersOf() load: Loaders): Promise<Plain<Invoice> | null> | null {
    return invoiceId === null ? null : load.invoice(invoiceId);
  }

  @ResolveField(() => [Allocation], { description: "What it was used for; nothing once it is reversed." })
  allocations(@Parent() { id }: Payment, @LoadersOf() load: Loaders): Promise<readonly Plain<Allocation>[]> {
    return load.usesOfCredit(id);
  }

  @ResolveField(() => DecimalScalar, { description: "What nothing has used of it yet." })
  unusedAmount(@Parent() payment: Payment, @LoadersOf() load: Loaders): Promise<string> {
    return load.unusedAmount(payment);
  }
}

@Resolver(() => Refund)
export class RefundFields {
  @ResolveField(() => Customer, { description: "The customer that was paid back.", nullable: true })
  customer(@Parent() { customerId }: Refund, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }

  @ResolveField(() => [Allocation], { description: "The credits that it used, the oldest first." })
  allocations(@Parent() { id }: Refund, @LoadersOf() load: Loaders): Promise<readonly Plain<Allocation>[]> {
    return load.creditsUsedBy(id);
  }
}

/** On invoices and credit notes. */
@Resolver(() => Invoice)
export class InvoiceAllocationsField {
  @ResolveField(() => [Allocation], { description: "The credits that paid it, the oldest first." })
  allocations(@Parent() { id }: Invoice, @LoadersOf() load: Loaders): Promise<readonly Plain<Allocation>[]> {
    return load.creditsUsedBy(id);
  }
}

@Resolver(() => CreditNote)
export class CreditNoteAllocationsField {
  @ResolveField(() => [Allocation], { description: "What it was used for." })
  allocations(@Parent() { id }: CreditNote, @LoadersOf() load: Loaders): Promise<readonly Plain<Allocation>[]> {
    return load.usesOfCredit(id);
  }

  @ResolveField(() => DecimalScalar, { description: "What nothing has used of it yet." })
  unusedAmount(@Parent() note: CreditNote, @LoadersOf() load: Loaders): Promise<string> {
    return load.unusedAmount(note);
  }
}

@Resolver(() => Allocation)
export class AllocationFields {
  @ResolveField(() => Payment, { description: "The payment that was used; null: it is a credit note.", nullable: true })
  payment(@Parent() { creditId }: Allocation, @LoadersOf() load: Loaders): Promise<Plain<Payment> | null> {
    return load.payment(creditId);
  }

  @ResolveField(() => CreditNote, {
    description: "The credit note that was used; null: it is a payment.",
    nullable: true,
  })
  creditNote(@Parent() { creditId }: Allocation, @LoadersOf() load: Loaders): Promise<Plain<CreditNote> | null> {
    return load.creditNote(creditId);
  }

  @ResolveField(() => Invoice, { description: "The invoice that was paid; null: none was.", nullable: true })
  invoice(
    @Parent() { usedFor, userId }: Allocation,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Invoice> | null> | null {
    return usedFor === "INVOICE" && userId !== null ? load.invoice(userId) : null;
  }

  @ResolveField(() => Refund, { description: "The refund that it was paid back by; null: none.", nullable: true })
  refund(@Parent() { usedFor, userId }: Allocation, @LoadersOf() load: Loaders): Promise<Plain<Refund> | null> | null {
    return usedFor === "REFUND" && userId !== null ? load.refund(userId) : null;
  }
}

@Resolver(() => Movement)
export class MovementFields {
  @ResolveField(() => Invoice, {
    description: "The invoice: that was issued or written off; null: it is about none.",
    nullable: true,
  })
  invoice(@Parent() { kind, documentId }: Movement, @LoadersOf() load: Loaders): Promise<Plain<Invoice> | null> | null {
    const isInvoices = kind === "INVOICE" || kind === "WRITE_OFF" || kind === "WRITE_OFF_UNDONE";
    return isInvoices ? load.invoice(documentId) : null;
  }

  @ResolveField(() => CreditNote, { description: "The credit note; null: it is none.", nullable: true })
  creditNote(
    @Parent() { kind, documentId }: Movement,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<CreditNote> | null> | null {
    return kind === "CREDIT_NOTE" ? load.creditNote(documentId) : null;
  }

  @ResolveField(() => Payment, {
    description: "The payment: that was recorded or reversed; null: it is about none.",
    nullable: true,
  })
  payment(@Parent() { kind, documentId }: Movement, @LoadersOf() load: Loaders): Promise<Plain<Payment> | null> | null {
    return kind === "PAYMENT" || kind === "REVERSAL" ? load.payment(documentId) : null;
  }

  @ResolveField(() => Refund, { description: "The refund; null: it is none.", nullable: true })
  refund(@Parent() { kind, documentId }: Movement, @LoadersOf() load: Loaders): Promise<Plain<Refund> | null> | null {
    return kind === "REFUND" ? load.refund(documentId) : null;
  }
}
