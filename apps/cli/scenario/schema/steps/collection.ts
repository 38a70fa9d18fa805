import { type CollectionAction } from "../../actions.js";
import { date, flag, nameOf } from "../values.js";
import { step, type StepSchemas } from "./step.js";

const customer = nameOf("customer");

export const COLLECTION_STEPS: StepSchemas<CollectionAction> = {
  promiseToPay: step(
    "promiseToPay",
    { promiseToPay: customer, by: date.describe("The last day through which collection waits") },
    ({ promiseToPay, by }) => ({
      action: { kind: "promiseToPay", customer: promiseToPay, by },
      whose: { customer: promiseToPay },
    }),
  ),
  exemptFromCollection: step(
    "exemptFromCollection",
    { exemptFromCollection: customer, exempt: flag },
    ({ exemptFromCollection, exempt }) => ({
      action: { kind: "exemptFromCollection", customer: exemptFromCollection, exempt },
      whose: { customer: exemptFromCollection },
    }),
  ),
};
