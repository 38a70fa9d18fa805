import { type StepKind } from "#domain/collection/collection.js";
import { enumOf } from "../graphql/enums.js";

export const CollectionStepKindEnum = enumOf<StepKind>("CollectionStepKind", "A step of collection.", {
  OVERDUE: "The invoice becomes overdue.",
  REMINDER: "The customer is reminded.",
  WARNING: "The customer is warned that it will be suspended.",
  SUSPENSION: "The customer is suspended.",
  TERMINATION: "The customer's commitments are terminated.",
});
