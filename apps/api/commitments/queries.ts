import { type Plain } from "../graphql/plain.js";
import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Caller, CallerOf } from "../graphql/context.js";
import { type Connection, FILTER, ID_ARG, PageArgs, SORT } from "../graphql/pagination.js";
import { FindQuery, ListQuery } from "../queries/messages.js";
import { Commitment, CommitmentConnection, CommitmentFilter, CommitmentSort } from "./models.js";

@Resolver()
export class CommitmentQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Commitment, {
    description: "A commitment by its id; null when the provider has none with it.",
    nullable: true,
  })
  commitment(@Args("id", ID_ARG) id: string, @CallerOf() caller: Caller): Promise<Plain<Commitment> | null> {
    return this.bus.execute(new FindQuery("commitment", id, caller));
  }

  @Query(() => CommitmentConnection, { description: "The provider's commitments." })
  commitments(
    @Args() page: PageArgs,
    @Args("filter", FILTER) filter: CommitmentFilter,
    @Args("sort", SORT) sort: CommitmentSort,
    @CallerOf() caller: Caller,
  ): Promise<Connection<Plain<Commitment>>> {
    return this.bus.execute(new ListQuery("commitment", page, filter, sort, caller));
  }
}
