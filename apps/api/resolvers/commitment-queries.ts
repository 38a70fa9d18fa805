import { type Plain } from "../graphql/plain.js";
import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { AS_OF, type AsOfInput } from "../graphql/as-of.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, FILTER, ID_ARG, ConnectionArgs, SORT } from "../graphql/pagination.js";
import { FindQuery, ListQuery } from "../queries/messages.js";
import { type OpenView, OpenViewOf } from "../queries/views.js";
import { Commitment, CommitmentConnection, CommitmentFilter, CommitmentSort } from "../commitments/models.js";

@Resolver()
export class CommitmentQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Commitment, {
    description: "A commitment by its id; null when the provider has none with it.",
    nullable: true,
  })
  async commitment(
    @Args("id", ID_ARG) id: string,
    @Args("asOf", AS_OF) asOf: AsOfInput | null,
    @ScopeOf() scope: Scope,
    @OpenViewOf() open: OpenView,
  ): Promise<Plain<Commitment> | null> {
    const reader = await open(asOf, { commitmentId: id });
    return reader === null ? null : this.bus.execute(new FindQuery("commitment", id, scope, reader));
  }

  @Query(() => CommitmentConnection, { description: "The provider's commitments." })
  commitments(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: CommitmentFilter,
    @Args("sort", SORT) sort: CommitmentSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Commitment>>> {
    return this.bus.execute(new ListQuery("commitment", slice, filter, sort, scope));
  }
}
