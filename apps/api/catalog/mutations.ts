import { CommandBus, QueryBus } from "@nestjs/cqrs";
import { Args, Mutation, Resolver } from "@nestjs/graphql";
import { CatalogCommand, type CatalogOrder } from "../commands/messages.js";
import { type Caller, CallerOf } from "../graphql/context.js";
import { INPUT, type Outcome } from "../graphql/payload.js";
import { answer } from "../queries/answer.js";
import { type Kind } from "../queries/messages.js";
import {
  DefineAddOnProductInput,
  DefineCustomerClassInput,
  DefineMainProductInput,
  DefineSubscriptionInput,
  DefineVolumeDiscountPlanInput,
  ReviseCustomerClassInput,
  ReviseMainProductInput,
  ReviseSubscriptionInput,
} from "./inputs.js";
import {
  AddOnProductPayload,
  CustomerClassPayload,
  MainProductPayload,
  SubscriptionPayload,
  VolumeDiscountPlanPayload,
} from "./models.js";

@Resolver()
export class CatalogMutations {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Mutation(() => SubscriptionPayload, { description: "Puts a subscription into the catalog." })
  async defineSubscription(
    @Args("input", { description: INPUT }) input: DefineSubscriptionInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run("subscription", { name: "defineSubscription", input }, caller);
  }

  @Mutation(() => SubscriptionPayload, { description: "Gives a subscription new terms; commitments keep theirs." })
  async reviseSubscription(
    @Args("input", { description: INPUT }) input: ReviseSubscriptionInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run("subscription", { name: "reviseSubscription", input }, caller);
  }

  @Mutation(() => AddOnProductPayload, { description: "Puts an add-on product into the catalog." })
  async defineAddOnProduct(
    @Args("input", { description: INPUT }) input: DefineAddOnProductInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run("addOnProduct", { name: "defineAddOnProduct", input }, caller);
  }

  @Mutation(() => VolumeDiscountPlanPayload, { description: "Puts a volume discount plan into the catalog." })
  async defineVolumeDiscountPlan(
    @Args("input", { description: INPUT }) input: DefineVolumeDiscountPlanInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run("volumeDiscountPlan", { name: "defineVolumeDiscountPlan", input }, caller);
  }

  @Mutation(() => MainProductPayload, { description: "Puts a main product into the catalog." })
  async defineMainProduct(
    @Args("input", { description: INPUT }) input: DefineMainProductInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run("mainProduct", { name: "defineMainProduct", input }, caller);
  }

  @Mutation(() => MainProductPayload, { description: "Changes a main product; what accounts hold stays." })
  async reviseMainProduct(
    @Args("input", { description: INPUT }) input: ReviseMainProductInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run("mainProduct", { name: "reviseMainProduct", input }, caller);
  }

  @Mutation(() => CustomerClassPayload, { description: "Puts a customer class into the catalog." })
  async defineCustomerClass(
    @Args("input", { description: INPUT }) input: DefineCustomerClassInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run("customerClass", { name: "defineCustomerClass", input }, caller);
  }

  @Mutation(() => CustomerClassPayload, { description: "Changes a customer class from today on." })
  async reviseCustomerClass(
    @Args("input", { description: INPUT }) input: ReviseCustomerClassInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run("customerClass", { name: "reviseCustomerClass", input }, caller);
  }

  private async run(kind: Kind, order: CatalogOrder, caller: Caller): Promise<Outcome> {
    return answer(this.queries, kind, caller, await this.commands.execute(new CatalogCommand(order, caller)));
  }
}
