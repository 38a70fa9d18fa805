import { CommandBus, QueryBus } from "@nestjs/cqrs";
import { Args, Mutation, Resolver } from "@nestjs/graphql";
import { CustomerCommand, type CustomerOrder } from "../commands/messages.js";
import { type Caller, CallerOf } from "../graphql/context.js";
import { INPUT, type Outcome } from "../graphql/payload.js";
import { answer } from "../queries/answer.js";
import {
  ChangeCreditLimitInput,
  ChangeCustomerContactInput,
  ChangeCustomerTimeZoneInput,
  CloseCustomerInput,
  CreateCustomerInput,
  SetCustomerClassInput,
  SetSubscriptionDiscountRateInput,
  SuspendCustomerInput,
  UnsuspendCustomerInput,
} from "./inputs.js";
import { CustomerPayload } from "./models.js";

@Resolver()
export class CustomerMutations {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Mutation(() => CustomerPayload, { description: "Creates a customer." })
  async createCustomer(
    @Args("input", { description: INPUT }) input: CreateCustomerInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "createCustomer", input }, caller);
  }

  @Mutation(() => CustomerPayload, { description: "Changes how to reach a customer." })
  async changeCustomerContact(
    @Args("input", { description: INPUT }) input: ChangeCustomerContactInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "changeCustomerContact", input }, caller);
  }

  @Mutation(() => CustomerPayload, {
    description: "Changes a customer's billing time zone when its present billing period ends.",
  })
  async changeCustomerTimeZone(
    @Args("input", { description: INPUT }) input: ChangeCustomerTimeZoneInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "changeCustomerTimeZone", input }, caller);
  }

  @Mutation(() => CustomerPayload, { description: "Changes a customer's credit limit." })
  async changeCreditLimit(
    @Args("input", { description: INPUT }) input: ChangeCreditLimitInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "changeCreditLimit", input }, caller);
  }

  @Mutation(() => CustomerPayload, { description: "Puts a customer into a class." })
  async setCustomerClass(
    @Args("input", { description: INPUT }) input: SetCustomerClassInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "setCustomerClass", input }, caller);
  }

  @Mutation(() => CustomerPayload, {
    description:
      "Sets or removes the percentage of subscription fees that a customer gets off instead of its commitments' discounts.",
  })
  async setSubscriptionDiscountRate(
    @Args("input", { description: INPUT }) input: SetSubscriptionDiscountRateInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "setSubscriptionDiscountRate", input }, caller);
  }

  @Mutation(() => CustomerPayload, {
    description:
      "Blocks a customer's service: no recurring fee is charged. Suspending one that is suspended changes nothing.",
  })
  async suspendCustomer(
    @Args("input", { description: INPUT }) input: SuspendCustomerInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "suspendCustomer", input }, caller);
  }

  @Mutation(() => CustomerPayload, {
    description: "Gives a suspended customer its service back.",
  })
  async unsuspendCustomer(
    @Args("input", { description: INPUT }) input: UnsuspendCustomerInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "unsuspendCustomer", input }, caller);
  }

  @Mutation(() => CustomerPayload, { description: "Closes a customer with all it holds." })
  async closeCustomer(
    @Args("input", { description: INPUT }) input: CloseCustomerInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "closeCustomer", input }, caller);
  }

  private async run(order: CustomerOrder, caller: Caller): Promise<Outcome> {
    return answer(this.queries, "customer", caller, await this.commands.execute(new CustomerCommand(order, caller)));
  }
}
