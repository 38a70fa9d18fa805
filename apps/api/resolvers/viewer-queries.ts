import { Field, ObjectType, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { mutationsOf, queriesOf } from "#application/access/rights.js";
import { type Principal } from "#application/command/principal.js";
import { Backend } from "../core/backend.js";
import { Customer } from "../customers/models.js";
import { PrincipalOf } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { RoleEnum, type RoleName, roleShown } from "../graphql/roles.js";
import { ownName } from "../history/actors.js";
import { namingOf } from "../history/naming.js";
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
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => String, {
    description: "His name as a person, or the label of his key; null: he has none that is known here.",
    nullable: true,
  })
  async name(@PrincipalOf() { actor, providerId }: Principal): Promise<string | null> {
    const naming = await namingOf(this.backend.dataSource, providerId, (asking) => ownName(actor, asking));
    return ownName(actor, naming);
  }

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
