import { CommandBus, QueryBus } from "@nestjs/cqrs";
import { Args, Mutation, Resolver } from "@nestjs/graphql";
import { CommitmentCommand, type CommitmentOrder } from "../commands/messages.js";
import { type Caller, CallerOf } from "../graphql/context.js";
import { INPUT, type Outcome } from "../graphql/payload.js";
import { answer } from "../queries/answer.js";
import { AssignOfferInput, CancelTerminationInput, SetDiscountEndInput, TerminateCommitmentInput } from "./inputs.js";
import { CommitmentPayload, TerminateCommitmentPayload } from "./models.js";
import { CancelPauseInput, ChangePauseInput, PauseCommitmentInput, ResumeCommitmentInput } from "./pause-inputs.js";
import {
  CancelThenUpgradeInput,
  EndTimeLimitedUpgradeInput,
  ExtendTimeLimitedUpgradeInput,
  OrderTimeLimitedUpgradeInput,
  UpgradeCommitmentInput,
} from "./upgrade-inputs.js";

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

  @Mutation(() => CommitmentPayload, {
    description: "Sets a commitment's discount end date by hand, or copies another commitment's, from today on.",
  })
  async setDiscountEnd(
    @Args("input", { description: INPUT }) input: SetDiscountEndInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "setDiscountEnd", input }, caller);
  }

  @Mutation(() => CommitmentPayload, {
    description: "Pauses a commitment: no service and no charges, and its discount ends later.",
  })
  async pauseCommitment(
    @Args("input", { description: INPUT }) input: PauseCommitmentInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "pauseCommitment", input }, caller);
  }

  @Mutation(() => CommitmentPayload, { description: "Changes the days of a pause that has not begun." })
  async changePause(
    @Args("input", { description: INPUT }) input: ChangePauseInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "changePause", input }, caller);
  }

  @Mutation(() => CommitmentPayload, { description: "Cancels a pause that has not begun." })
  async cancelPause(
    @Args("input", { description: INPUT }) input: CancelPauseInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "cancelPause", input }, caller);
  }

  @Mutation(() => CommitmentPayload, {
    description:
      "Ends a running pause: service is back at once, charges on the day after. On the day of a pause from now on, cancels it.",
  })
  async resumeCommitment(
    @Args("input", { description: INPUT }) input: ResumeCommitmentInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "resumeCommitment", input }, caller);
  }

  @Mutation(() => CommitmentPayload, {
    description: "Gives a better add-on product at the same fee, from today until a day.",
  })
  async orderTimeLimitedUpgrade(
    @Args("input", { description: INPUT }) input: OrderTimeLimitedUpgradeInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "orderTimeLimitedUpgrade", input }, caller);
  }

  @Mutation(() => CommitmentPayload, { description: "Lets a running time-limited upgrade last longer." })
  async extendTimeLimitedUpgrade(
    @Args("input", { description: INPUT }) input: ExtendTimeLimitedUpgradeInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "extendTimeLimitedUpgrade", input }, caller);
  }

  @Mutation(() => CommitmentPayload, { description: "Ends a running time-limited upgrade today." })
  async endTimeLimitedUpgrade(
    @Args("input", { description: INPUT }) input: EndTimeLimitedUpgradeInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "endTimeLimitedUpgrade", input }, caller);
  }

  @Mutation(() => CommitmentPayload, { description: "Cancels the upgrade that was to follow a time-limited one." })
  async cancelThenUpgrade(
    @Args("input", { description: INPUT }) input: CancelThenUpgradeInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "cancelThenUpgrade", input }, caller);
  }

  @Mutation(() => CommitmentPayload, {
    description:
      "Moves a commitment to another offer: new fees from that day, no penalty; discounts given so far stay claimable.",
  })
  async upgradeCommitment(
    @Args("input", { description: INPUT }) input: UpgradeCommitmentInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "upgradeCommitment", input }, caller);
  }

  @Mutation(() => TerminateCommitmentPayload, {
    description:
      "Terminates a commitment: today, on a day to come, or back to the last close. Again: with another date.",
  })
  async terminateCommitment(
    @Args("input", { description: INPUT }) input: TerminateCommitmentInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "terminateCommitment", input }, caller);
  }

  @Mutation(() => CommitmentPayload, {
    description: "Cancels a scheduled termination: what it would have cut short goes on.",
  })
  async cancelTermination(
    @Args("input", { description: INPUT }) input: CancelTerminationInput,
    @CallerOf() caller: Caller,
  ): Promise<Outcome> {
    return this.run({ name: "cancelTermination", input }, caller);
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
