import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { Customer } from "../customers/models.js";
import { type Connection, ConnectionArgs } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { DecimalScalar, LocalDateScalar } from "../graphql/scalars.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { type Payment, PaymentConnection, type Refund, RefundConnection } from "../receivables/models.js";
import { Statement } from "../receivables/statement-models.js";

const day = (description: string) => ({ type: () => LocalDateScalar, nullable: true, description });

/** What a customer owes and has paid. */
@Resolver(() => Customer)
export class CustomerMoneyFields {
  @ResolveField(() => DecimalScalar, {
    description:
      "Unused credit, which the next invoice uses; below zero: owed beyond all invoices, settled first by the next credit.",
  })
  balance(@Parent() customer: Customer, @LoadersOf() load: Loaders): Promise<string> {
    return load.balance(customer);
  }

  @ResolveField(() => PaymentConnection, { description: "Its payments, the latest first." })
  payments(
    @Parent() { id }: Customer,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<Payment>>> {
    return load.paymentsOfCustomer(id, slice);
  }

  @ResolveField(() => RefundConnection, { description: "What was paid back to it, the latest first." })
  refunds(
    @Parent() { id }: Customer,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<Refund>>> {
    return load.refundsOfCustomer(id, slice);
  }

  @ResolveField(() => Statement, {
    description:
      "Its statement of account over some days, as recorded by then; null with an error for days that cannot be.",
    nullable: true,
  })
  statement(
    @Parent() customer: Customer,
    @Args("from", day("The first day; left out: the customer's first.")) from: string | null | undefined,
    @Args("until", day("The last day, today or earlier; left out: today.")) until: string | null | undefined,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Statement>> {
    return load.statement(customer, { from: from ?? undefined, until: until ?? undefined });
  }
}
