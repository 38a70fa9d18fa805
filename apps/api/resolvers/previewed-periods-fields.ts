import { Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { Preview, PreviewedComingPeriods } from "../commands/preview-models.js";
import { comingShown } from "../commands/preview-shown.js";
import { type Plain } from "../graphql/plain.js";

@Resolver(() => Preview)
export class PreviewedPeriodsFields {
  @ResolveField(() => PreviewedComingPeriods, {
    description:
      "The billing periods after the running one whose invoices the command changes; null where `runningPeriod` is. Of a transfer to another customer, the receiver's.",
    nullable: true,
  })
  comingPeriods(@Parent() { bill }: Preview): Plain<PreviewedComingPeriods> | null {
    return bill && comingShown(bill);
  }

  @ResolveField(() => PreviewedComingPeriods, {
    description: "For a transfer to another customer, the same of the customer that gives it; otherwise null.",
    nullable: true,
  })
  giversComingPeriods(@Parent() { giversBill }: Preview): Plain<PreviewedComingPeriods> | null {
    return giversBill && comingShown(giversBill);
  }
}
