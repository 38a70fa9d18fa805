import { type EntitlementState } from "#domain/entitlements/entitlements.js";
import { enumOf } from "../graphql/enums.js";

export const EntitlementStateEnum = enumOf<EntitlementState>(
  "EntitlementState",
  "Whether an add-on product can be used on a day.",
  {
    SERVED: "It can be used; on the day of `resumeCommitment` already, although that day is not charged.",
    PAUSED: "The day is one of a pause of the commitment.",
    SUSPENDED: "The customer's service is blocked.",
  },
);
