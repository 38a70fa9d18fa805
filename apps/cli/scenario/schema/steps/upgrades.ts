import { type UpgradeAction } from "../../actions.js";
import { discountEnd } from "../discount-end.js";
import { date, nameOf } from "../values.js";
import { step, type StepSchemas } from "./step.js";

const commitment = nameOf("assigned");

export const UPGRADE_STEPS: StepSchemas<UpgradeAction> = {
  timeLimitedUpgrade: step(
    "timeLimitedUpgrade",
    {
      timeLimitedUpgrade: commitment,
      addOnProduct: nameOf("addOnProduct"),
      until: date.describe("The last day of the upgrade"),
      replacing: nameOf("addOnProduct").optional().describe("Which fee: by the add-on product that it has so far"),
      thenUpgradeTo: nameOf("offer").optional().describe("The offer that the commitment moves to on the day after"),
    },
    ({ timeLimitedUpgrade, addOnProduct, until, replacing, thenUpgradeTo }) => ({
      action: {
        kind: "timeLimitedUpgrade",
        commitment: timeLimitedUpgrade,
        addOnProduct,
        until,
        replacing,
        thenUpgradeTo,
      },
      whose: { commitment: timeLimitedUpgrade },
    }),
  ),
  extendUpgrade: step("extendUpgrade", { extendUpgrade: commitment, until: date }, ({ extendUpgrade, until }) => ({
    action: { kind: "extendUpgrade", commitment: extendUpgrade, until },
    whose: { commitment: extendUpgrade },
  })),
  endUpgrade: step("endUpgrade", { endUpgrade: commitment }, ({ endUpgrade }) => ({
    action: { kind: "endUpgrade", commitment: endUpgrade },
    whose: { commitment: endUpgrade },
  })),
  cancelThenUpgrade: step("cancelThenUpgrade", { cancelThenUpgrade: commitment }, ({ cancelThenUpgrade }) => ({
    action: { kind: "cancelThenUpgrade", commitment: cancelThenUpgrade },
    whose: { commitment: cancelThenUpgrade },
  })),
  upgrade: step(
    "upgrade",
    {
      upgrade: commitment,
      to: nameOf("offer"),
      discountEnd: discountEnd("KEEP", "DEFAULT").default({ kind: "KEEP" }),
    },
    ({ upgrade, to, discountEnd: end }) => ({
      action: { kind: "upgrade", commitment: upgrade, offer: to, discountEnd: end },
      whose: { commitment: upgrade },
    }),
  ),
};
