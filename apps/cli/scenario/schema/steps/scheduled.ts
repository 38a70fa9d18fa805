import { z } from "zod";
import { type ScheduledAction } from "../../actions.js";
import { date, nameOf } from "../values.js";
import { step, type StepSchemas } from "./step.js";

const OF_CUSTOMER = ["SUSPENSION", "UNSUSPENSION", "RATE"] as const;
const OF_COMMITMENT = ["UPGRADE", "RENEWAL"] as const;

const customersStep = step(
  "cancelScheduled",
  {
    cancelScheduled: nameOf("customer"),
    what: z.enum(OF_CUSTOMER).describe("What was ordered for the effective date"),
    effective: date,
  },
  ({ cancelScheduled, what }) => ({
    action: { kind: "cancelScheduled", customer: cancelScheduled, what },
    whose: { customer: cancelScheduled },
  }),
);

const commitmentsStep = step(
  "cancelScheduled",
  {
    cancelScheduled: nameOf("assigned"),
    what: z.enum(OF_COMMITMENT).describe("What was ordered for the effective date"),
  },
  ({ cancelScheduled, what }) => ({
    action: { kind: "cancelScheduled", commitment: cancelScheduled, what },
    whose: { commitment: cancelScheduled },
  }),
);

/** The name is a customer's or a commitment's, by what is cancelled. */
export const SCHEDULED_STEPS: StepSchemas<ScheduledAction> = {
  cancelScheduled: z.discriminatedUnion(
    "what",
    [
      customersStep as typeof customersStep & z.core.$ZodTypeDiscriminable,
      commitmentsStep as typeof commitmentsStep & z.core.$ZodTypeDiscriminable,
    ],
    { error: `{it} must be one of ${[...OF_CUSTOMER, ...OF_COMMITMENT].join(", ")}, not {value}` },
  ),
};
