import { QueryBus } from "@nestjs/cqrs";
import { Args, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { testRate } from "#domain/voice/rate-test.js";
import { findCatalogItems } from "#read-models/catalog/queries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { ratesOfNumber } from "#read-models/tariffs/queries.js";
import { rateVersionOf } from "#read-models/tariffs/table.js";
import { Account } from "../accounts/models.js";
import { Call, CallConnection, CallFilter, CallSort } from "../calls/models.js";
import { RateTest, Tariff } from "../catalog/tariff-models.js";
import { rateTestShown } from "../catalog/tariffs-shown.js";
import { Backend } from "../core/backend.js";
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
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => RateTest, {
    description:
      "How its amount comes about, by the rate at its answer: computed again, which no later rate changes; null of a call without an amount, and of a void one.",
    nullable: true,
  })
  async rating(@Parent() call: Call, @ScopeOf() scope: Scope): Promise<Plain<RateTest> | null> {
    const { tariffId, seconds, answered, cli, cld, voided } = call;
    if (tariffId === null || seconds === null || voided) return null;
    const { dataSource } = this.backend;
    const [tariff] = await findCatalogItems(dataSource, scope, "tariff", [tariffId]);
    if (!tariff) return null;
    const number = tariff.state.matchBy === "CLI" ? cli : cld;
    const rows = await ratesOfNumber(dataSource, scope, tariffId, number);
    const at = new Date(answered).toISOString();
    const tested = testRate({ number, at, seconds }, rows.map(rateVersionOf), tariff.state);
    return rateTestShown(tested, tariff.state.currency, rows);
  }

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
