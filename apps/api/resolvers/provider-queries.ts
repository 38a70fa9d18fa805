import { type Plain } from "../graphql/plain.js";
import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, FILTER, ConnectionArgs, SORT } from "../graphql/pagination.js";
import { FindQuery, ListQuery, StallsQuery } from "../queries/messages.js";
import { Provider, ProviderConnection, ProviderFilter, ProviderSort, Stall } from "../providers/models.js";

@Resolver()
export class ProviderQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Provider, {
    description: "The provider of the request: that of the header `tenure-provider`, otherwise the default one.",
  })
  provider(@ScopeOf() scope: Scope): Promise<Plain<Provider> | null> {
    return this.bus.execute(new FindQuery("provider", scope.providerId, scope));
  }

  @Query(() => [Stall], { description: "The stalls of the provider's read models; empty without any." })
  stalls(@ScopeOf() scope: Scope): Promise<Plain<Stall>[]> {
    return this.bus.execute(new StallsQuery(scope));
  }

  @Query(() => ProviderConnection, { description: "The providers of the installation." })
  providers(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: ProviderFilter,
    @Args("sort", SORT) sort: ProviderSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Provider>>> {
    return this.bus.execute(new ListQuery("provider", slice, filter, sort, scope));
  }
}
