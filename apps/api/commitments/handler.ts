import { CommandHandler, type ICommandHandler } from "@nestjs/cqrs";
import { type Commitment, commitmentEvolver } from "#domain/commitments/commitment.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { Backend } from "../backend.js";
import { Commander, type Ran } from "../commands/commander.js";
import { CommitmentCommand, type CommitmentOrder } from "../commands/messages.js";
import { type Caller } from "../graphql/context.js";
import { type Outcome } from "../graphql/payload.js";
import { type Plain } from "../graphql/plain.js";
import { assigning } from "./assigning.js";
import { type Decision, type Sources } from "./decision.js";
import { settingDiscountEnd } from "./discount-ends.js";
import { type PenaltyPreview } from "./models.js";
import { pausing } from "./pauses.js";
import { cancellingTermination, terminating } from "./terminations.js";
import { upgrading } from "./upgrades.js";

/** Commands on commitments: each family of them decides in a file of its own. */
@CommandHandler(CommitmentCommand)
export class CommitmentHandler implements ICommandHandler<CommitmentCommand> {
  constructor(
    private readonly commander: Commander,
    private readonly backend: Backend,
  ) {}

  async execute({
    order,
    caller,
  }: CommitmentCommand): Promise<Outcome & { readonly penaltyPreview?: Plain<PenaltyPreview> | null }> {
    const sources: Sources = {
      backend: this.backend,
      providerId: caller.providerId,
      newId: (kind) => this.commander.newId(caller, order, kind),
    };
    switch (order.name) {
      case "assignOffer": {
        const commitmentId = sources.newId("commitment");
        return (await this.run(order, caller, commitmentId, assigning(order, sources, commitmentId))).outcome;
      }
      case "terminateCommitment": {
        const { decide, preview } = terminating(order, sources);
        const { outcome, handled } = await this.run(order, caller, order.input.commitmentId, decide);
        return { ...outcome, penaltyPreview: await preview(handled) };
      }
      default:
        return (await this.run(order, caller, order.input.commitmentId, decisionOf(order, sources))).outcome;
    }
  }

  private run(
    order: CommitmentOrder,
    caller: Caller,
    id: string,
    decide: Decision,
  ): Promise<Ran<Commitment | null, CommitmentEvent>> {
    return this.commander.run({ caller, order, id, category: "commitment", decider: commitmentEvolver, decide });
  }
}

const decisionOf = (
  order: Exclude<CommitmentOrder, { readonly name: "assignOffer" | "terminateCommitment" }>,
  sources: Sources,
): Decision => {
  switch (order.name) {
    case "setDiscountEnd":
      return settingDiscountEnd(order, sources);
    case "pauseCommitment":
    case "changePause":
    case "cancelPause":
    case "resumeCommitment":
      return pausing(order, sources);
    case "orderTimeLimitedUpgrade":
    case "extendTimeLimitedUpgrade":
    case "endTimeLimitedUpgrade":
    case "cancelThenUpgrade":
    case "upgradeCommitment":
      return upgrading(order, sources);
    case "cancelTermination":
      return cancellingTermination(sources);
  }
};
