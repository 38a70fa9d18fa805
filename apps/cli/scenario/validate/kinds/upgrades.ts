import { type UpgradeAction } from "../../actions.js";
import { date } from "../values.js";
import { discountEnd } from "./discount-end.js";
import { type StepKinds } from "./step-kind.js";

export const UPGRADE_STEPS: StepKinds<UpgradeAction> = {
  timeLimitedUpgrade: {
    keys: ["addOnProduct", "until", "replacing", "thenUpgradeTo"],
    read(step, { names }) {
      const commitment = step.required("timeLimitedUpgrade", names.reference("assigned"));
      const addOnProduct = step.required("addOnProduct", names.reference("addOnProduct"));
      const until = step.required("until", date);
      const replacing = step.optional("replacing", names.reference("addOnProduct"));
      const thenUpgradeTo = step.optional("thenUpgradeTo", names.reference("offer"));
      return {
        action: { kind: "timeLimitedUpgrade", commitment, addOnProduct, until, replacing, thenUpgradeTo },
        whose: { commitment },
      };
    },
  },
  extendUpgrade: {
    keys: ["until"],
    read(step, { names }) {
      const commitment = step.required("extendUpgrade", names.reference("assigned"));
      const until = step.required("until", date);
      return { action: { kind: "extendUpgrade", commitment, until }, whose: { commitment } };
    },
  },
  endUpgrade: {
    keys: [],
    read(step, { names }) {
      const commitment = step.required("endUpgrade", names.reference("assigned"));
      return { action: { kind: "endUpgrade", commitment }, whose: { commitment } };
    },
  },
  cancelThenUpgrade: {
    keys: [],
    read(step, { names }) {
      const commitment = step.required("cancelThenUpgrade", names.reference("assigned"));
      return { action: { kind: "cancelThenUpgrade", commitment }, whose: { commitment } };
    },
  },
  upgrade: {
    keys: ["to", "discountEnd"],
    read(step, { names }) {
      const commitment = step.required("upgrade", names.reference("assigned"));
      const offer = step.required("to", names.reference("offer"));
      const end = step.optional("discountEnd", discountEnd(names, "KEEP", "DEFAULT")) ?? { kind: "KEEP" };
      return { action: { kind: "upgrade", commitment, offer, discountEnd: end }, whose: { commitment } };
    },
  },
};
