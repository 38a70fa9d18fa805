import { assignOffer } from "#domain/commitments/assign.js";
import { type OrderOf } from "../commands/messages.js";
import { type Decision, type Sources } from "./decision.js";
import { discountEndOf, syncWithOf } from "./discount-ends.js";
import { namedFacts } from "./facts.js";

/** @param commitmentId of the commitment that is made */
export const assigning = (
  { input }: OrderOf<"assignOffer">,
  { backend, providerId }: Sources,
  commitmentId: string,
): Decision => {
  const { accountId, offerId, effectiveOn } = input;
  const discountEnd = discountEndOf<"DEFAULT">(input.discountEnd ?? { kind: "DEFAULT" });
  const named = { accountId, offerId, syncWith: syncWithOf(discountEnd) };
  return async (_state, now) =>
    assignOffer(
      { commitmentId, discountEnd, ...(effectiveOn && { effectiveOn }), now },
      await namedFacts(backend, providerId, named),
    );
};
