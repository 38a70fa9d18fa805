import { type Plain } from "../graphql/plain.js";
import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, FILTER, ConnectionArgs, SORT } from "../graphql/pagination.js";
import { httpRefusal, Refused } from "../graphql/refusals.js";
import { FindQuery, ListQuery, StallsQuery } from "../queries/messages.js";
import { Provider, ProviderConnection, ProviderFilter, ProviderSort, Stall } from "../providers/models.js";

@Resolver()
export class ProviderQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Provider, {
    description: "The provider of the request: that of the header `tenure-provider`, otherwise the default one.",
  })
  async provider(@ScopeOf() scope: Scope): Promise<Plain<Provider>> {
    const provider = await this.bus.execute(new FindQuery("provider", scope.providerId, scope));
    // A provider that does not exist was refused before: this one is recorded, and not projected yet.
    if (!provider)
      throw new Refused(httpRefusal("NOT_VISIBLE_YET", "Queries do not show the provider yet; ask again."));
    return provider;
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
