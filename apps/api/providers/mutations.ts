import { CommandBus, QueryBus } from "@nestjs/cqrs";
import { Args, Mutation, Resolver } from "@nestjs/graphql";
import { ProviderCommand, type ProviderOrder } from "../commands/messages.js";
import { type Caller, CallerOf } from "../graphql/context.js";
import { INPUT, type Outcome } from "../graphql/payload.js";
import { answer } from "../queries/answer.js";
import {
  AdvanceTestClockInput,
  ChangeProviderSettingsInput,
  CreateProviderInput,
  ProviderPayload,
  SetTestClockInput,
} from "./models.js";

@Resolver()
export class ProviderMutations {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Mutation(() => ProviderPayload, {
    description: "Creates a provider. Send its id in the header `tenure-provider` to work as it.",
  })
  async createProvider(
    @Args("input", { description: INPUT }) input: CreateProviderInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "createProvider", input }, caller);
  }

  @Mutation(() => ProviderPayload, { description: "Changes settings of the provider." })
  async changeProviderSettings(
    @Args("input", { description: INPUT }) input: ChangeProviderSettingsInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "changeProviderSettings", input }, caller);
  }

  @Mutation(() => ProviderPayload, {
    description: "Sets the provider's test clock: once, while it has no customers. Refused in production.",
  })
  async setTestClock(
    @Args("input", { description: INPUT }) input: SetTestClockInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "setTestClock", input }, caller);
  }

  @Mutation(() => ProviderPayload, {
    description:
      "Moves the provider's test clock forward and does everything that falls due on the way; answers when it is done. Refused in production.",
  })
  async advanceTestClock(
    @Args("input", { description: INPUT }) input: AdvanceTestClockInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "advanceTestClock", input }, caller);
  }

  private async run(order: ProviderOrder, caller: Caller): Promise<Outcome> {
    return answer(this.queries, "provider", caller, await this.commands.execute(new ProviderCommand(order, caller)));
  }
}
