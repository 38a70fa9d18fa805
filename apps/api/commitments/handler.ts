import { CommandHandler, type ICommandHandler } from "@nestjs/cqrs";
import { type LocalDate } from "#domain/calendar.js";
import { type Line } from "#domain/charges/line.js";
import { totalOf } from "#domain/charges/period.js";
import { type Commitment, commitmentEvolver } from "#domain/commitment/commitment.js";
import { assignOffer, type AssignOffer } from "#domain/commitment/assign.js";
import { type CommitmentFacts } from "#domain/commitment/guards.js";
import { penaltyIfTerminated, terminateCommitment } from "#domain/commitment/terminate.js";
import { termsOn } from "#domain/commitment/terms.js";
import { type CommitmentEvent, type CommitmentTerminated } from "#domain/commitment/events.js";
import { reject } from "#domain/rejection.js";
import { Backend } from "../backend.js";
import { Commander } from "../commands/commander.js";
import { CommitmentCommand, type CommitmentOrder } from "../commands/messages.js";
import { type Caller } from "../graphql/context.js";
import { type Outcome } from "../graphql/payload.js";
import { type Plain } from "../graphql/plain.js";
import { assignFacts, penaltyFacts } from "./facts.js";
import { type DiscountEndInput } from "./inputs.js";
import { type PenaltyPreview } from "./models.js";

type Assign = Extract<CommitmentOrder, { name: "assignOffer" }>;
type Terminate = Extract<CommitmentOrder, { name: "terminateCommitment" }>;

@CommandHandler(CommitmentCommand)
export class CommitmentHandler implements ICommandHandler<CommitmentCommand> {
  constructor(
    private readonly commander: Commander,
    private readonly backend: Backend,
  ) {}

  execute({
    order,
    caller,
  }: CommitmentCommand): Promise<Outcome & { readonly penaltyPreview?: Plain<PenaltyPreview> }> {
    switch (order.name) {
      case "assignOffer":
        return this.assign(order, caller);
      case "terminateCommitment":
        return this.terminate(order, caller);
    }
  }

  private async assign(order: Assign, caller: Caller): Promise<Outcome> {
    const { accountId, offerId, effectiveOn } = order.input;
    const discountEnd = discountEndOf(order.input.discountEnd);
    const commitmentId = this.commander.newId(caller, order, "commitment");
    const { outcome } = await this.commander.run<Commitment | null, CommitmentEvent>({
      ...{ caller, order, id: commitmentId, category: "commitment", decider: commitmentEvolver },
      decide: async (_state, now) =>
        assignOffer(
          { commitmentId, discountEnd, ...(effectiveOn && { effectiveOn }), now },
          await assignFacts(this.backend, caller.providerId, accountId, offerId, null),
        ),
    });
    return outcome;
  }

  private async terminate(
    order: Terminate,
    caller: Caller,
  ): Promise<Outcome & { readonly penaltyPreview?: Plain<PenaltyPreview> }> {
    const { commitmentId, effectiveOn } = order.input;
    let facts: CommitmentFacts | undefined;
    const { outcome, handled } = await this.commander.run<Commitment | null, CommitmentEvent>({
      ...{ caller, order, id: commitmentId, category: "commitment", decider: commitmentEvolver },
      decide: async (state, now) => {
        if (state) facts = await penaltyFacts(this.backend, caller.providerId, state.customerId);
        return terminateCommitment({ ...(effectiveOn && { effectiveOn }), now }, state, facts ?? NO_FACTS);
      },
    });
    const { state } = handled;
    const event = handled.events.find((found): found is CommitmentTerminated => found.type === "CommitmentTerminated");
    if (!state || !event) return outcome;
    facts ??= await penaltyFacts(this.backend, caller.providerId, state.customerId);
    const lines = penaltyIfTerminated(state, event.data.effectiveOn, facts);
    return {
      ...outcome,
      penaltyPreview: preview(lines, event.data.penaltyPreview, termsOn(state, event.data.effectiveOn).currency),
    };
  }
}

/** A commitment that does not exist is refused before anything of its customer is looked at. */
const NO_FACTS = { sealed: new Map(), closedTo: null } as unknown as CommitmentFacts;

/** A repeated command answers the total of its first result; the lines only where they still add up to it. */
const preview = (lines: readonly Line[], total: string, currency: string): Plain<PenaltyPreview> => ({
  total,
  currency,
  lines: totalOf(lines, currency) === total ? lines : [],
});

const discountEndOf = (input: DiscountEndInput | undefined): AssignOffer["discountEnd"] => {
  const date: LocalDate | null = input?.date ?? null;
  if (input?.kind === "MANUAL" && date !== null) return { kind: "MANUAL", date };
  if (input?.kind !== "MANUAL" && date === null) return { kind: "DEFAULT" };
  throw reject("VALIDATION_FAILED", "discountEnd takes a date with MANUAL, and only then.", { field: "discountEnd" });
};
