import { type CatalogAction } from "../../actions.js";
import { fees, oneTimeFee, recurringFee } from "../catalog.js";
import { listOf, nameOf } from "../values.js";
import { step, type StepSchemas } from "./step.js";

export const CATALOG_STEPS: StepSchemas<CatalogAction> = {
  reviseCommitment: step(
    "reviseCommitment",
    {
      reviseCommitment: nameOf("offer"),
      recurringFees: listOf(recurringFee).optional(),
      oneTimeFees: listOf(oneTimeFee).optional(),
    },
    ({ reviseCommitment: offer, recurringFees, oneTimeFees }, context) => {
      if (!recurringFees && !oneTimeFees) context.addIssue(`reviseCommitment needs "recurringFees" or "oneTimeFees"`);
      return { action: { kind: "reviseCommitment", offer, recurringFees, oneTimeFees }, whose: null };
    },
  ),
  reviseSubscription: step(
    "reviseSubscription",
    { reviseSubscription: nameOf("subscription"), recurringFees: fees },
    ({ reviseSubscription: subscription, recurringFees }) => ({
      action: { kind: "reviseSubscription", subscription, recurringFees },
      whose: null,
    }),
  ),
  withdrawCommitment: step(
    "withdrawCommitment",
    { withdrawCommitment: nameOf("offer") },
    ({ withdrawCommitment: offer }) => ({ action: { kind: "withdrawCommitment", offer }, whose: null }),
  ),
};
