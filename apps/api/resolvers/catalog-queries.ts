import { type Plain } from "../graphql/plain.js";
import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Scope } from "#read-models/rows/scope.js";
import { ScopeOf } from "../graphql/context.js";
import { type Connection, FILTER, ID_ARG, ConnectionArgs, SORT } from "../graphql/pagination.js";
import { FindQuery, ListQuery } from "../queries/messages.js";
import {
  AddOnProductFilter,
  CatalogSort,
  CustomerClassFilter,
  MainProductFilter,
  OfferFilter,
  PlanFilter,
  VolumeDiscountPlanFilter,
} from "../catalog/filters.js";
import {
  AddOnProduct,
  AddOnProductConnection,
  CustomerClass,
  CustomerClassConnection,
  MainProduct,
  MainProductConnection,
  Offer,
  OfferConnection,
  Plan,
  PlanConnection,
  VolumeDiscountPlan,
  VolumeDiscountPlanConnection,
} from "../catalog/models.js";

@Resolver()
export class CatalogQueries {
  constructor(private readonly bus: QueryBus) {}

  @Query(() => Plan, {
    description: "A plan by its id; null when the provider has none with it.",
    nullable: true,
  })
  plan(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<Plan> | null> {
    return this.bus.execute(new FindQuery("plan", id, scope));
  }

  @Query(() => PlanConnection, { description: "The provider's plans." })
  plans(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: PlanFilter,
    @Args("sort", SORT) sort: CatalogSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Plan>>> {
    return this.bus.execute(new ListQuery("plan", slice, filter, sort, scope));
  }

  @Query(() => AddOnProduct, {
    description: "An add-on product by its id; null when the provider has none with it.",
    nullable: true,
  })
  addOnProduct(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<AddOnProduct> | null> {
    return this.bus.execute(new FindQuery("addOnProduct", id, scope));
  }

  @Query(() => AddOnProductConnection, { description: "The provider's add-on products." })
  addOnProducts(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: AddOnProductFilter,
    @Args("sort", SORT) sort: CatalogSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<AddOnProduct>>> {
    return this.bus.execute(new ListQuery("addOnProduct", slice, filter, sort, scope));
  }

  @Query(() => VolumeDiscountPlan, {
    description: "A volume discount plan by its id; null when the provider has none with it.",
    nullable: true,
  })
  volumeDiscountPlan(
    @Args("id", ID_ARG) id: string,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<VolumeDiscountPlan> | null> {
    return this.bus.execute(new FindQuery("volumeDiscountPlan", id, scope));
  }

  @Query(() => VolumeDiscountPlanConnection, { description: "The provider's volume discount plans." })
  volumeDiscountPlans(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: VolumeDiscountPlanFilter,
    @Args("sort", SORT) sort: CatalogSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<VolumeDiscountPlan>>> {
    return this.bus.execute(new ListQuery("volumeDiscountPlan", slice, filter, sort, scope));
  }

  @Query(() => MainProduct, {
    description: "A main product by its id; null when the provider has none with it.",
    nullable: true,
  })
  mainProduct(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<MainProduct> | null> {
    return this.bus.execute(new FindQuery("mainProduct", id, scope));
  }

  @Query(() => MainProductConnection, { description: "The provider's main products." })
  mainProducts(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: MainProductFilter,
    @Args("sort", SORT) sort: CatalogSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<MainProduct>>> {
    return this.bus.execute(new ListQuery("mainProduct", slice, filter, sort, scope));
  }

  @Query(() => CustomerClass, {
    description: "A customer class by its id; null when the provider has none with it.",
    nullable: true,
  })
  customerClass(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<CustomerClass> | null> {
    return this.bus.execute(new FindQuery("customerClass", id, scope));
  }

  @Query(() => CustomerClassConnection, { description: "The provider's customer classes." })
  customerClasses(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: CustomerClassFilter,
    @Args("sort", SORT) sort: CatalogSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<CustomerClass>>> {
    return this.bus.execute(new ListQuery("customerClass", slice, filter, sort, scope));
  }

  @Query(() => Offer, { description: "An offer by its id; null when the provider has none with it.", nullable: true })
  offer(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<Offer> | null> {
    return this.bus.execute(new FindQuery("offer", id, scope));
  }

  @Query(() => OfferConnection, { description: "The provider's offers, without deleted ones." })
  offers(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: OfferFilter,
    @Args("sort", SORT) sort: CatalogSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<Offer>>> {
    return this.bus.execute(new ListQuery("offer", slice, filter, sort, scope));
  }
}
