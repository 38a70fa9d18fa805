import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { CatalogSort } from "../catalog/filters.js";
import { SipEdge, SipEdgeConnection, SipEdgeFilter } from "../edges/models.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs, FILTER, SORT } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { ListQuery } from "../queries/messages.js";

@Resolver()
export class EdgeQueries {
  constructor(private readonly bus: QueryBus) {}

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
