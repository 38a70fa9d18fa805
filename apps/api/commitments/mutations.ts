import { CommandBus, QueryBus } from "@nestjs/cqrs";
import { Args, Mutation, Resolver } from "@nestjs/graphql";
import { CommitmentCommand, type CommitmentOrder } from "../commands/messages.js";
import { type Caller, CallerOf } from "../graphql/context.js";
import { INPUT, type Outcome } from "../graphql/payload.js";
import { answer } from "../queries/answer.js";
import { AssignOfferInput, TerminateCommitmentInput } from "./inputs.js";
import { CommitmentPayload, TerminateCommitmentPayload } from "./models.js";

@Resolver()
export class CommitmentMutations {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Mutation(() => CommitmentPayload, {
    description: "Assigns an offer to an account: the account then holds a commitment.",
  })
  async assignOffer(
    @Args("input", { description: INPUT }) input: AssignOfferInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "assignOffer", input }, caller);
  }

  @Mutation(() => TerminateCommitmentPayload, {
    description: "Terminates a commitment, today or back to the last close.",
  })
  async terminateCommitment(
    @Args("input", { description: INPUT }) input: TerminateCommitmentInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "terminateCommitment", input }, caller);
  }

  private async run(order: CommitmentOrder, caller: Caller): Promise<Outcome> {
    return answer(
      this.queries,
      "commitment",
      caller,
      await this.commands.execute(new CommitmentCommand(order, caller)),
    );
  }
}
