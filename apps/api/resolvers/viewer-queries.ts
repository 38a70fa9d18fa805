import { Field, ObjectType, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { mutationsOf, queriesOf } from "#application/access/rights.js";
import { type Principal } from "#application/command/principal.js";
import { Customer } from "../customers/models.js";
import { PrincipalOf } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { RoleEnum, type RoleName, roleShown } from "../graphql/roles.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { Provider } from "../providers/models.js";

@ObjectType({ description: "Who asks, and what he may." })
export class Viewer {
  @Field(() => String, { description: "As in every event of his commands." }) actor: string;
  @Field(() => [RoleEnum], { description: "His roles, of which each right counts." }) roles: RoleName[];
  @Field(() => [String], { description: "The mutations that he may ask for, sorted." }) commands: string[];
  @Field(() => [String], { description: "The queries that he may ask, sorted." }) queries: string[];
}

@Resolver()
export class ViewerQueries {
  @Query(() => Viewer, { description: "Who asks, and what he may." })
  viewer(@PrincipalOf() principal: Principal): Plain<Viewer> {
    const { actor, roles } = principal;
    return {
      actor,
      roles: roles.flatMap((role) => roleShown(role) ?? []),
      commands: [...mutationsOf(principal)],
      queries: [...queriesOf(principal)],
    };
  }
}

@Resolver(() => Viewer)
export class ViewerFields {
  @ResolveField(() => Provider, { description: "The provider of the request.", nullable: true })
  provider(@PrincipalOf() { providerId }: Principal, @LoadersOf() load: Loaders): Promise<Plain<Provider> | null> {
    return load.provider(providerId);
  }

  @ResolveField(() => Customer, {
    description: "The customer that he belongs to, as a person of self-care; null for all others.",
    nullable: true,
  })
  async customer(
    @PrincipalOf() { customerId }: Principal,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<Customer> | null> {
    return customerId === null ? null : load.customer(customerId);
  }
}
