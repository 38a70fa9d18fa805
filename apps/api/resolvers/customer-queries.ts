import { type Plain } from "../graphql/plain.js";
import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Principal } from "#application/command/principal.js";
import { PrincipalOf } from "../graphql/context.js";
import { type Connection, FILTER, ID_ARG, ConnectionArgs, SORT } from "../graphql/pagination.js";
import { FindQuery, ListQuery } from "../queries/messages.js";
import { Customer, CustomerConnection, CustomerFilter, CustomerSort } from "../customers/models.js";

@Resolver()
export class CustomerQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Customer, {
    description: "A customer by its id; null when the provider has none with it.",
    nullable: true,
  })
  customer(@Args("id", ID_ARG) id: string, @PrincipalOf() { providerId }: Principal): Promise<Plain<Customer> | null> {
    return this.bus.execute(new FindQuery("customer", id, providerId));
  }

  @Query(() => CustomerConnection, { description: "The provider's customers." })
  customers(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: CustomerFilter,
    @Args("sort", SORT) sort: CustomerSort,
    @PrincipalOf() { providerId }: Principal,
  ): Promise<Connection<Plain<Customer>>> {
    return this.bus.execute(new ListQuery("customer", slice, filter, sort, providerId));
  }
}
