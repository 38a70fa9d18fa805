import { type LocalDate } from "#domain/calendar.js";
import { assignOffer } from "#domain/commitments/assign.js";
import { type GivenDiscountEnd } from "#domain/commitments/choose-discount-end.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { setDiscountEnd } from "#domain/commitments/set-discount-end.js";
import { type Reason } from "../command/closed-days.js";
import { commandsOn } from "../command/definition.js";
import { billingAndNamed } from "./facts.js";
import { type DiscountEnd, discountEndOf, givenDiscountEnd } from "./discount-ends.js";

export interface AssignOffer extends Reason {
  readonly offerId: string;
  readonly accountId: string;
  /** `{ kind: DEFAULT }` unless given. */
  readonly discountEnd?: DiscountEnd<"DEFAULT" | GivenDiscountEnd["kind"]>;
  /** The first charged day; today unless given. */
  readonly effectiveOn?: LocalDate;
}
export interface SetDiscountEnd extends Reason {
  readonly commitmentId: string;
  readonly discountEnd: DiscountEnd<GivenDiscountEnd["kind"]>;
}

const command = commandsOn("commitment", commitmentEvolver);

const assignedDiscountEnd = ({ discountEnd = { kind: "DEFAULT" } }: AssignOffer) =>
  discountEndOf<"DEFAULT">(discountEnd);

/** Commands that begin a commitment or set its discount end date. */
export const assigning = {
  assignOffer: command({
    bills: true,
    check: assignedDiscountEnd,
    target: (_input: AssignOffer, { newId }) => newId("commitment"),
    facts: ({ accountId, offerId, discountEnd }, { facts, providerId }) =>
      facts.named(providerId, { accountId, offerId, syncWith: discountEnd?.commitmentId ?? null }),
    decide: (input, { id, now, facts, closedDays }) =>
      assignOffer(
        { ...input, commitmentId: id, discountEnd: assignedDiscountEnd(input), now },
        { ...facts, closedDays },
      ),
  }),
  setDiscountEnd: command({
    bills: true,
    check: ({ discountEnd }: SetDiscountEnd) => givenDiscountEnd(discountEnd),
    target: ({ commitmentId }: SetDiscountEnd) => commitmentId,
    facts: ({ discountEnd }, loading) => billingAndNamed(loading, { syncWith: discountEnd.commitmentId ?? null }),
    decide: (input, { state, now, facts }) =>
      setDiscountEnd({ discountEnd: givenDiscountEnd(input.discountEnd), now }, state, facts),
  }),
};
