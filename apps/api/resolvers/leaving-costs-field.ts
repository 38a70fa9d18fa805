import { type Plain } from "../graphql/plain.js";
import { Args, Int, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { MOST_MONTHS } from "#domain/billing/early-termination-quote.js";
import { reject } from "#domain/rejection.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { LeavingCost } from "../commitments/leaving-costs.js";
import { Commitment } from "../commitments/models.js";

const MONTHS = {
  type: () => Int,
  defaultValue: 24,
  description: `At most this many months, 1 to ${MOST_MONTHS}.`,
};

@Resolver(() => Commitment)
export class LeavingCostsField {
  @ResolveField(() => [LeavingCost], {
    description:
      "Early-termination quotes for the last day of the present and each coming calendar month, regardless of a scheduled termination. The last one is for the first month without a penalty because the discount has ended. Empty when it has ended.",
  })
  leavingCosts(
    @Parent() commitment: Commitment,
    @Args("months", MONTHS) months: number,
    @LoadersOf() load: Loaders,
  ): Promise<Plain<LeavingCost>[]> {
    if (months >= 1 && months <= MOST_MONTHS) return load.leavingCosts(commitment, months);
    throw reject("VALIDATION_FAILED", `months must be from 1 to ${MOST_MONTHS}.`, { field: "months" });
  }
}
