import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { Customer } from "../customers/models.js";
import { type Connection, ConnectionArgs } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { type Person, PersonConnection } from "../people/models.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";

@Resolver(() => Customer)
export class PeopleField {
  @ResolveField(() => PersonConnection, {
    description: "People who act for it, in the order in which they were invited; not those who were removed.",
  })
  people(
    @Parent() { id }: Customer,
    @Args() slice: ConnectionArgs,
    @LoadersOf() load: Loaders,
  ): Promise<Connection<Plain<Person>>> {
    return load.peopleOfCustomer(id, slice);
  }
}
