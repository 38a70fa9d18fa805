import { Args, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { type Principal } from "#application/command/principal.js";
import { type Scope } from "#read-models/rows/scope.js";
import { zendeskClientOf } from "#processors/zendesk/clients.js";
import { searchOrganizations } from "#processors/zendesk/organization-facts.js";
import { reject } from "#domain/rejection.js";
import { Backend } from "../core/backend.js";
import { Customer } from "../customers/models.js";
import { PrincipalOf, ScopeOf } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { CustomerZendesk, organizationUrlOf, ZendeskOrganization, zendeskShown } from "../zendesk/models.js";

/** Characters of a name that is searched for. */
const LONGEST = 200;

@Resolver()
export class ZendeskQueries {
  constructor(private readonly backend: Backend) {}

  @Query(() => [ZendeskOrganization], {
    description: "Organizations of Zendesk by name, as they are there at this moment: 25 at most.",
  })
  async zendeskOrganizations(
    @Args("search", { type: () => String, description: "The beginning of the name, whatever its case." })
    search: string,
    @Args("exact", { type: () => Boolean, defaultValue: false, description: "True: `search` is the whole name." })
    isExact: boolean,
    @PrincipalOf() { providerId }: Principal,
  ): Promise<Plain<ZendeskOrganization>[]> {
    const name = search.trim();
    if (name === "" || name.length > LONGEST) {
      throw reject("VALIDATION_FAILED", `search has 1 to ${LONGEST} characters.`, { field: "search" });
    }
    const origin = zendeskClientOf(this.backend.targets, providerId)?.configuration.origin ?? "";
    const found = await searchOrganizations(this.backend, providerId, { name, isExact });
    return found.map(({ id, ...organization }) => ({
      ...{ organizationId: id, url: organizationUrlOf(origin, id) },
      ...organization,
    }));
  }

  @Query(() => String, {
    description: "The key of Zendesk's widget for self-care pages; null: there is none.",
    nullable: true,
  })
  zendeskWidgetKey(@ScopeOf() { providerId }: Scope): string | null {
    return zendeskClientOf(this.backend.targets, providerId)?.configuration.widgetKey ?? null;
  }
}

@Resolver(() => ZendeskOrganization)
export class ZendeskOrganizationFields {
  @ResolveField(() => Customer, { description: "The customer that it is linked to; null: none.", nullable: true })
  customer(
    @Parent() { customerId }: ZendeskOrganization,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Customer> | null> | null {
    return customerId === null ? null : load.customer(customerId);
  }
}

@Resolver(() => Customer)
export class CustomerZendeskField {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => CustomerZendesk, { description: "What it is in Zendesk." })
  zendesk(@Parent() { zendeskState }: Customer, @ScopeOf() { providerId }: Scope): Plain<CustomerZendesk> {
    const client = zendeskClientOf(this.backend.targets, providerId);
    return zendeskShown(zendeskState, client?.configuration.origin ?? null);
  }
}
