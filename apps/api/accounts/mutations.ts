import { CommandBus, QueryBus } from "@nestjs/cqrs";
import { Args, Mutation, Resolver } from "@nestjs/graphql";
import { AccountCommand, type AccountOrder } from "../commands/messages.js";
import { type Caller, CallerOf } from "../graphql/context.js";
import { INPUT, type Outcome } from "../graphql/payload.js";
import { answer } from "../queries/answer.js";
import {
  AccountPayload,
  AddAliasInput,
  ChangeMainProductInput,
  CloseAccountInput,
  OpenAccountInput,
  RemoveAliasInput,
} from "./models.js";

@Resolver()
export class AccountMutations {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Mutation(() => AccountPayload, { description: "Opens an account." })
  async openAccount(
    @Args("input", { description: INPUT }) input: OpenAccountInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "openAccount", input }, caller);
  }

  @Mutation(() => AccountPayload, { description: "Gives an account another main product." })
  async changeMainProduct(
    @Args("input", { description: INPUT }) input: ChangeMainProductInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "changeMainProduct", input }, caller);
  }

  @Mutation(() => AccountPayload, { description: "Gives an account a further identifier." })
  async addAlias(
    @Args("input", { description: INPUT }) input: AddAliasInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "addAlias", input }, caller);
  }

  @Mutation(() => AccountPayload, { description: "Takes a further identifier from an account." })
  async removeAlias(
    @Args("input", { description: INPUT }) input: RemoveAliasInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "removeAlias", input }, caller);
  }

  @Mutation(() => AccountPayload, { description: "Closes an account with all it holds." })
  async closeAccount(
    @Args("input", { description: INPUT }) input: CloseAccountInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "closeAccount", input }, caller);
  }

  private async run(order: AccountOrder, caller: Caller): Promise<Outcome> {
    return answer(this.queries, "account", caller, await this.commands.execute(new AccountCommand(order, caller)));
  }
}
