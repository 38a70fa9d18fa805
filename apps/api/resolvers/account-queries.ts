import { type Plain } from "../graphql/plain.js";
import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { reject } from "#domain/rejection.js";
import { type Scope } from "#read-models/rows/scope.js";
import { AS_OF, type AsOfInput } from "../graphql/as-of.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, FILTER, ConnectionArgs, SORT } from "../graphql/pagination.js";
import { AccountAliasesQuery, AccountByIdentifierQuery, FindQuery, ListQuery } from "../queries/messages.js";
import { type OpenView, OpenViewOf } from "../queries/views.js";
import { type AccountAlias, AccountAliasConnection, AccountAliasFilter } from "../accounts/alias-models.js";
import { Account, AccountConnection, AccountFilter, AccountSort } from "../accounts/models.js";
import { ID } from "../graphql/scalars.js";

@Resolver()
export class AccountQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Account, {
    description: "An account by its id or by an identifier; null when the provider has none. Give one of the two.",
    nullable: true,
  })
  async account(
    @Args("id", { type: () => ID, nullable: true, description: "Its id." }) id: string | null,
    @Args("identifier", { type: () => String, nullable: true, description: "Its identifier, or one of its aliases." })
    identifier: string | null,
    @Args("asOf", AS_OF) asOf: AsOfInput | null,
    @ScopeOf() scope: Scope,
    @OpenViewOf() open: OpenView,
  ): Promise<Plain<Account> | null> {
    if (id != null && identifier == null) {
      const reader = await open(asOf, { accountId: id });
      return reader === null ? null : this.bus.execute(new FindQuery("account", id, scope, reader));
    }
    if (id == null && identifier != null) {
      const reader = await open(asOf, { identifier });
      return reader === null ? null : this.bus.execute(new AccountByIdentifierQuery(identifier, scope, reader));
    }
    throw reject("VALIDATION_FAILED", "Give either the id or an identifier of the account.");
  }

  @Query(() => AccountConnection, { description: "The provider's accounts." })
  accounts(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: AccountFilter,
    @Args("sort", SORT) sort: AccountSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Account>>> {
    return this.bus.execute(new ListQuery("account", slice, filter, sort, scope));
  }

  @Query(() => AccountAliasConnection, {
    description: "The identifiers and aliases of the provider's accounts, one each, sorted by code point.",
  })
  accountAliases(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: AccountAliasFilter,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<AccountAlias>>> {
    return this.bus.execute(new AccountAliasesQuery(slice, filter, scope));
  }
}
