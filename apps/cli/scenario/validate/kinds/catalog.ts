import { type CatalogAction } from "../../actions.js";
import { oneTimeFee, recurringFee, recurringFeesByPeriod } from "../catalog.js";
import { listOf } from "../place.js";
import { type StepKinds } from "./step-kind.js";

export const CATALOG_STEPS: StepKinds<CatalogAction> = {
  reviseCommitment: {
    keys: ["recurringFees", "oneTimeFees"],
    read(step, { names }) {
      const offer = step.required("reviseCommitment", names.reference("offer"));
      const recurringFees = step.optional("recurringFees", listOf("a recurring fee", recurringFee(names)));
      const oneTimeFees = step.optional("oneTimeFees", listOf("a one-time fee", oneTimeFee));
      if (!recurringFees && !oneTimeFees) step.at.refuse(`reviseCommitment needs "recurringFees" or "oneTimeFees"`);
      return { action: { kind: "reviseCommitment", offer, recurringFees, oneTimeFees }, whose: null };
    },
  },
  reviseSubscription: {
    keys: ["recurringFees"],
    read(step, { names }) {
      const subscription = step.required("reviseSubscription", names.reference("subscription"));
      const recurringFees = step.required("recurringFees", recurringFeesByPeriod);
      return { action: { kind: "reviseSubscription", subscription, recurringFees }, whose: null };
    },
  },
  withdrawCommitment: {
    keys: [],
    read(step, { names }) {
      const offer = step.required("withdrawCommitment", names.reference("offer"));
      return { action: { kind: "withdrawCommitment", offer }, whose: null };
    },
  },
};
