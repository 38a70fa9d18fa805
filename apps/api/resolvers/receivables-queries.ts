import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs, FILTER, ID_ARG, SORT } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { ID, LocalDateScalar } from "../graphql/scalars.js";
import { AgedReceivablesQuery, FindQuery, ListQuery } from "../queries/messages.js";
import {
  Payment,
  PaymentConnection,
  PaymentFilter,
  PaymentSort,
  Refund,
  RefundConnection,
  RefundFilter,
  RefundSort,
} from "../receivables/models.js";
import { AgedReceivables } from "../receivables/statement-models.js";

@Resolver()
export class ReceivablesQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Payment, {
    description: "A payment by its id; null when the provider has none with it.",
    nullable: true,
  })
  payment(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<Payment> | null> {
    return this.bus.execute(new FindQuery("payment", id, scope));
  }

  @Query(() => PaymentConnection, { description: "The provider's payments." })
  payments(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: PaymentFilter,
    @Args("sort", SORT) sort: PaymentSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Payment>>> {
    return this.bus.execute(new ListQuery("payment", slice, filter, sort, scope));
  }

  @Query(() => Refund, { description: "A refund by its id; null when the provider has none with it.", nullable: true })
  refund(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<Refund> | null> {
    return this.bus.execute(new FindQuery("refund", id, scope));
  }

  @Query(() => RefundConnection, { description: "What the provider paid back." })
  refunds(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: RefundFilter,
    @Args("sort", SORT) sort: RefundSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Refund>>> {
    return this.bus.execute(new ListQuery("refund", slice, filter, sort, scope));
  }

  @Query(() => AgedReceivables, {
    description: "What is open of invoices, by currency and how long it has been due, on a day, as recorded by then.",
  })
  agedReceivables(
    @Args("asOf", {
      type: () => LocalDateScalar,
      nullable: true,
      description: "The day, today or earlier; left out: the provider's present day in UTC.",
    })
    asOf: string | null | undefined,
    @Args("customerId", { type: () => ID, nullable: true, description: "Only what this customer owes." })
    customerId: string | null | undefined,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<AgedReceivables>> {
    return this.bus.execute(new AgedReceivablesQuery(asOf ?? null, customerId ?? null, scope));
  }
}
