import { Args, Int, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { reject } from "#domain/rejection.js";
import { type Scope } from "#read-models/rows/scope.js";
import { searchAll } from "#read-models/search/search-all.js";
import { Account } from "../accounts/models.js";
import { Backend } from "../core/backend.js";
import { Customer } from "../customers/models.js";
import { ScopeOf } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { Search, SearchHit } from "../search/models.js";

/** Characters of what is searched, and hits of each kind, at most. */
const LONGEST = 200;
const MOST = 50;

@Resolver()
export class SearchQueries {
  constructor(private readonly backend: Backend) {}

  @Query(() => Search, {
    description:
      "What a text names: customers by a part of their name, e-mail address or phone number, accounts by a part of their identifier or of an alias, documents by their number, and all of these and commitments by the beginning of their id. Of fewer than three characters, the beginning alone is looked for, and the end of identifiers and aliases.",
  })
  async search(
    @Args("text", { type: () => String, description: "The text, whatever its case." }) text: string,
    @Args("first", { type: () => Int, defaultValue: 10, description: `Hits of each kind, 0 to ${MOST}.` })
    first: number,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<Search>> {
    if (text.length > LONGEST) {
      throw reject("VALIDATION_FAILED", `text is longer than ${LONGEST} characters.`, {
        ...{ field: "text", facts: { case: "TEXT_TOO_LONG", most: String(LONGEST) } },
      });
    }
    if (first < 0 || first > MOST) {
      throw reject("VALIDATION_FAILED", `first must be from 0 to ${MOST}.`, { field: "first" });
    }
    const groups = await searchAll(this.backend.dataSource, scope, text, first);
    return { groups: groups.map(({ hits, ...group }) => ({ ...group, hits: [...hits] })) };
  }
}

@Resolver(() => SearchHit)
export class SearchHitFields {
  @ResolveField(() => Customer, { description: "The customer that it is, or belongs to.", nullable: true })
  customer(@Parent() { customerId }: SearchHit, @LoadersOf() load: Loaders): Promise<Plain<Customer> | null> {
    return load.customer(customerId);
  }

  @ResolveField(() => Account, { description: "The account that was found; null: it is none.", nullable: true })
  async account(@Parent() { kind, id }: SearchHit, @LoadersOf() load: Loaders): Promise<Plain<Account> | null> {
    return kind === "ACCOUNT" ? load.account(id) : null;
  }
}
