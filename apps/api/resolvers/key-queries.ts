import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Principal } from "#application/command/principal.js";
import { PrincipalOf } from "../graphql/context.js";
import { type Connection, ConnectionArgs, FILTER, SORT } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { ApiKey, ApiKeyConnection, ApiKeyFilter, ApiKeySort } from "../keys/models.js";
import { ListQuery } from "../queries/messages.js";

@Resolver()
export class KeyQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => ApiKeyConnection, {
    description:
      "The provider's API keys, those that no longer count among them. Keys of operators, which are of the installation, are listed to operators, with the default provider.",
  })
  keys(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: ApiKeyFilter,
    @Args("sort", SORT) sort: ApiKeySort,
    @PrincipalOf() principal: Principal,
  ): Promise<Connection<Plain<ApiKey>>> {
    const label = (filter as ApiKeyFilter | undefined)?.label;
    const withOperators = principal.roles.includes("operator");
    return this.bus.execute(new ListQuery("key", slice, { label, withOperators }, sort, principal));
  }
}
