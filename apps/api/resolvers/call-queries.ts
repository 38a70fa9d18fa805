import { QueryBus } from "@nestjs/cqrs";
import { Args, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { Account } from "../accounts/models.js";
import { Call, CallConnection, CallFilter, CallSort } from "../calls/models.js";
import { Tariff } from "../catalog/tariff-models.js";
import { Customer } from "../customers/models.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs, FILTER, SORT } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { ListQuery } from "../queries/messages.js";

@Resolver()
export class CallQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => CallConnection, {
    description: "Calls that were answered, the latest first unless another order is asked for.",
  })
  calls(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: CallFilter,
    @Args("sort", SORT) sort: CallSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Call>>> {
    return this.bus.execute(new ListQuery("call", slice, filter, sort, scope));
  }
}

@Resolver(() => Call)
export class CallFields {
  @ResolveField(() => Account, { description: "The account that is charged.", nullable: true })
  account(@Parent() { accountId }: Call, @LoadersOf() load: Loaders): Promise<Plain<Account> | null> | null {
    return accountId === null ? null : load.account(accountId);
  }

  @ResolveField(() => Customer, { description: "The customer that is charged.", nullable: true })
  customer(@Parent() { customerId }: Call, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> | null {
    return customerId === null ? null : load.customer(customerId);
  }

  @ResolveField(() => Tariff, { description: "The tariff that it was rated by.", nullable: true })
  tariff(@Parent() { tariffId }: Call, @LoadersOf() load: Loaders): Promise<Plain<Tariff> | null> | null {
    return tariffId === null ? null : load.tariff(tariffId);
  }
}
