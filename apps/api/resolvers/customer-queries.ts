import { type Plain } from "../graphql/plain.js";
import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { AS_OF, type AsOfInput } from "../graphql/as-of.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, FILTER, ID_ARG, ConnectionArgs, SORT } from "../graphql/pagination.js";
import { FindQuery, ListQuery, ZendeskCustomerQuery } from "../queries/messages.js";
import { type OpenView, OpenViewOf } from "../queries/views.js";
import { Customer, CustomerConnection, CustomerFilter, CustomerSort } from "../customers/models.js";

@Resolver()
export class CustomerQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Customer, {
    description: "A customer by its id; null when the provider has none with it.",
    nullable: true,
  })
  async customer(
    @Args("id", ID_ARG) id: string,
    @Args("asOf", AS_OF) asOf: AsOfInput | null,
    @ScopeOf() scope: Scope,
    @OpenViewOf() open: OpenView,
  ): Promise<Plain<Customer> | null> {
    const reader = await open(asOf, { customerId: id });
    return reader === null ? null : this.bus.execute(new FindQuery("customer", id, scope, reader));
  }

  @Query(() => Customer, {
    description: "The customer that an organization of Zendesk is linked to; null: none.",
    nullable: true,
  })
  zendeskCustomer(
    @Args("organizationId", { type: () => String, description: "The organization's number in Zendesk." })
    organizationId: string,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<Customer> | null> {
    return this.bus.execute(new ZendeskCustomerQuery(organizationId, scope));
  }

  @Query(() => CustomerConnection, { description: "The provider's customers." })
  customers(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: CustomerFilter,
    @Args("sort", SORT) sort: CustomerSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Customer>>> {
    return this.bus.execute(new ListQuery("customer", slice, filter, sort, scope));
  }
}
