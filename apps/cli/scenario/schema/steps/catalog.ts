import { type CatalogAction } from "../../actions.js";
import { fees, oneTimeFee, recurringFee, revisedTerms } from "../catalog.js";
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
  reviseCustomerClass: step(
    "reviseCustomerClass",
    { reviseCustomerClass: nameOf("customerClass"), ...revisedTerms },
    ({ reviseCustomerClass: customerClass, on: _, effective: _e, reason: _r, rejected: _c, ...terms }, context) => {
      if (Object.keys(terms).length === 0) context.addIssue("reviseCustomerClass needs at least one of the terms");
      return { action: { kind: "reviseCustomerClass", customerClass, terms }, whose: null };
    },
  ),
  withdrawCommitment: step(
    "withdrawCommitment",
    { withdrawCommitment: nameOf("offer") },
    ({ withdrawCommitment: offer }) => ({ action: { kind: "withdrawCommitment", offer }, whose: null }),
  ),
};
