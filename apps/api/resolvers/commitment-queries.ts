import { type Plain } from "../graphql/plain.js";
import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Principal } from "#application/command/principal.js";
import { PrincipalOf } from "../graphql/context.js";
import { type Connection, FILTER, ID_ARG, ConnectionArgs, SORT } from "../graphql/pagination.js";
import { FindQuery, ListQuery } from "../queries/messages.js";
import { Commitment, CommitmentConnection, CommitmentFilter, CommitmentSort } from "../commitments/models.js";

@Resolver()
export class CommitmentQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Commitment, {
    description: "A commitment by its id; null when the provider has none with it.",
    nullable: true,
  })
  commitment(
    @Args("id", ID_ARG) id: string,
    @PrincipalOf() { providerId }: Principal,
  ): Promise<Plain<Commitment> | null> {
    return this.bus.execute(new FindQuery("commitment", id, providerId));
  }

  @Query(() => CommitmentConnection, { description: "The provider's commitments." })
  commitments(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: CommitmentFilter,
    @Args("sort", SORT) sort: CommitmentSort,
    @PrincipalOf() { providerId }: Principal,
  ): Promise<Connection<Plain<Commitment>>> {
    return this.bus.execute(new ListQuery("commitment", slice, filter, sort, providerId));
  }
}
