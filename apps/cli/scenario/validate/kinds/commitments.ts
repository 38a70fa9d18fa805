import { type CommitmentAction, type PauseAction, type UpgradeAction } from "../../actions.js";
import { text } from "../values.js";
import { discountEnd } from "./discount-end.js";
import { type StepKinds } from "./step-kind.js";

/** The life of a commitment, pauses and upgrades apart. */
export const COMMITMENT_STEPS: StepKinds<Exclude<CommitmentAction, PauseAction | UpgradeAction>> = {
  assign: {
    keys: ["account", "as", "discountEnd"],
    read(step, { names, moments }, rejected) {
      // The name comes first: what refers to it is not wrong because the rest of this step is.
      const given = step.optional("as", rejected ? text : (at) => names.define("assigned", at));
      const account = step.required("account", names.reference("account"));
      const offer = step.required("assign", names.reference("offer"));
      const as = given ?? (rejected ? offer : names.defineUnused("assigned", offer, step.at.line));
      const end = step.optional("discountEnd", discountEnd(names, "DEFAULT")) ?? { kind: "DEFAULT" };
      if (!rejected && end.kind === "SYNCHRONISED" && end.commitment === as) {
        step.place("discountEnd").refuse(`"${as}" cannot be synchronised with itself`);
      }
      return {
        action: { kind: "assign", offer, account, as, discountEnd: end },
        whose: { account },
        accepted: () => {
          moments.addCommitment(as, account);
        },
      };
    },
  },
  setDiscountEnd: {
    keys: ["to"],
    read(step, { names }) {
      const commitment = step.required("setDiscountEnd", names.reference("assigned"));
      const end = step.required("to", discountEnd(names));
      return { action: { kind: "setDiscountEnd", commitment, discountEnd: end }, whose: { commitment } };
    },
  },
  terminate: {
    keys: ["waivePenalty"],
    read(step, { names }) {
      const commitment = step.required("terminate", names.reference("assigned"));
      const waivePenalty = step.optional("waivePenalty", text);
      return { action: { kind: "terminate", commitment, waivePenalty }, whose: { commitment } };
    },
  },
  cancelTermination: {
    keys: [],
    read(step, { names }) {
      const commitment = step.required("cancelTermination", names.reference("assigned"));
      return { action: { kind: "cancelTermination", commitment }, whose: { commitment } };
    },
  },
};
