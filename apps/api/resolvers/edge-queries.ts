import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { CatalogSort } from "../catalog/filters.js";
import { SipEdge, SipEdgeConnection, SipEdgeFilter } from "../edges/models.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs, FILTER, ID_ARG, SORT } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { FindQuery, ListQuery } from "../queries/messages.js";

@Resolver()
export class EdgeQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => SipEdge, {
    description: "A SIP edge by its id; null when the provider has none with it.",
    nullable: true,
  })
  edge(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<SipEdge> | null> {
    return this.bus.execute(new FindQuery("edge", id, scope));
  }

  @Query(() => SipEdgeConnection, { description: "The provider's SIP edges, retired ones among them." })
  edges(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: SipEdgeFilter,
    @Args("sort", SORT) sort: CatalogSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<SipEdge>>> {
    return this.bus.execute(new ListQuery("edge", slice, filter, sort, scope));
  }
}
