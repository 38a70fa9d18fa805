import { type CommitmentAction, type PauseAction, type UpgradeAction } from "../../actions.js";
import { chosenDiscountEnd, discountEnd } from "../discount-end.js";
import { nameOf, text } from "../values.js";
import { step, type StepSchemas } from "./step.js";

const commitment = nameOf("assigned");

/** Steps on a commitment other than pauses and upgrades. */
export const COMMITMENT_STEPS: StepSchemas<Exclude<CommitmentAction, PauseAction | UpgradeAction>> = {
  assign: step(
    "assign",
    {
      assign: nameOf("offer"),
      account: nameOf("account"),
      as: text.optional().describe("What later steps call the commitment; left out, the offer's name"),
      discountEnd: discountEnd("DEFAULT").default({ kind: "DEFAULT" }),
    },
    ({ assign: offer, account, as, discountEnd: end }) => ({
      action: { kind: "assign", offer, account, as, discountEnd: end },
      whose: { account },
    }),
  ),
  transfer: step("transfer", { transfer: commitment, toAccount: nameOf("account") }, ({ transfer, toAccount }) => ({
    action: { kind: "transfer", commitment: transfer, toAccount },
    whose: { commitment: transfer },
  })),
  setDiscountEnd: step(
    "setDiscountEnd",
    { setDiscountEnd: commitment, to: chosenDiscountEnd },
    ({ setDiscountEnd, to }) => ({
      action: { kind: "setDiscountEnd", commitment: setDiscountEnd, discountEnd: to },
      whose: { commitment: setDiscountEnd },
    }),
  ),
  terminate: step(
    "terminate",
    {
      terminate: commitment,
      waivePenalty: text.optional().describe("The reason why nothing is claimed back"),
    },
    ({ terminate, waivePenalty }) => ({
      action: { kind: "terminate", commitment: terminate, waivePenalty },
      whose: { commitment: terminate },
    }),
  ),
  annul: step(
    "annul",
    { annul: commitment, reason: text.optional().describe('Why; left out, "scenario"') },
    ({ annul, reason }) => ({
      action: { kind: "annul", commitment: annul, reason },
      whose: { commitment: annul },
    }),
  ),
  renewFees: step("renewFees", { renewFees: commitment }, ({ renewFees }) => ({
    action: { kind: "renewFees", commitment: renewFees },
    whose: { commitment: renewFees },
  })),
  cancelTermination: step("cancelTermination", { cancelTermination: commitment }, ({ cancelTermination }) => ({
    action: { kind: "cancelTermination", commitment: cancelTermination },
    whose: { commitment: cancelTermination },
  })),
};
