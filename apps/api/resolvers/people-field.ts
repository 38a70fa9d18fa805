import { QueryBus } from "@nestjs/cqrs";
import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { Customer } from "../customers/models.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { type Person, PersonConnection } from "../people/models.js";
import { ListQuery } from "../queries/messages.js";

@Resolver(() => Customer)
export class PeopleField {
  constructor(private readonly bus: QueryBus) {}

  @ResolveField(() => PersonConnection, {
    description: "People who act for it, in the order in which they were invited; not those who were removed.",
  })
  people(
    @Parent() { id }: Customer,
    @Args() slice: ConnectionArgs,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Person>>> {
    return this.bus.execute(new ListQuery("person", slice, { customerId: id }, null, scope));
  }
}
