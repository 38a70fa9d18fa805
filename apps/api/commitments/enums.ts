import { type CommitmentStatus } from "#domain/commitments/commitment.js";
import { type GivenDiscountEnd } from "#domain/commitments/choose-discount-end.js";
import { type DiscountEndKind } from "#domain/commitments/events.js";
import { type UpgradeCommitment } from "#domain/commitments/upgrade.js";
import { type CommitmentSortField as CommitmentSortBy } from "#read-models/commitments/queries.js";
import { type PauseStatus } from "#domain/commitments/on-day.js";
import { type PauseRequestStatus } from "#domain/commitments/pause-request.js";
import { enumOf } from "../graphql/enums.js";

export const CommitmentStatusEnum = enumOf<CommitmentStatus>(
  "CommitmentStatus",
  "The status of a commitment on the customer's today.",
  {
    PENDING: "Its first charged day is still to come.",
    ACTIVE: "It has started and goes on; served and charged unless its customer is suspended.",
    PAUSED: "The day is one of a pause: neither served nor charged.",
    TERMINATED: "Its last charged day has passed.",
  },
);

export const DiscountEndKindEnum = enumOf<DiscountEndKind>("DiscountEndKind", "Where a discount end date comes from.", {
  DEFAULT: "The offer's discount period, counted from the start or from an upgrade.",
  MANUAL: "Set manually.",
  SYNCHRONISED: "Copied from another commitment of the account.",
});

export const NewDiscountEndKindEnum = enumOf<GivenDiscountEnd["kind"]>(
  "NewDiscountEndKind",
  "Where a new discount end date comes from.",
  {
    MANUAL: "The date given.",
    SYNCHRONISED: "The date that another commitment of the account has today.",
  },
);

export const UpgradeDiscountEndKindEnum = enumOf<UpgradeCommitment["discountEnd"]["kind"]>(
  "UpgradeDiscountEndKind",
  "Where the discount end date after an upgrade comes from.",
  {
    KEEP: "The date that the commitment has; where it has none, the new offer's discount period from that day.",
    DEFAULT: "The new offer's discount period from that day; where it has none, the date that the commitment has.",
    MANUAL: "The date given.",
    SYNCHRONISED: "The date that another commitment of the account has today.",
  },
);

export const PauseStatusEnum = enumOf<PauseStatus>("PauseStatus", "The status of a pause on the customer's today.", {
  SCHEDULED: "Its first paused day is still to come.",
  RUNNING: "The day is one of its paused days.",
  ENDED: "Its last paused day has passed.",
  CANCELLED: "It was cancelled before it began, or its commitment was terminated before.",
});

export const PauseRequestStatusEnum = enumOf<PauseRequestStatus>(
  "PauseRequestStatus",
  "What became of a customer's request for a pause.",
  {
    OPEN: "It waits for an answer.",
    APPROVED: "The pause was ordered.",
    DECLINED: "It was refused, with a reason.",
    WITHDRAWN: "The customer took it back.",
    LAPSED: "Its first day began before it was answered.",
  },
);

export const CommitmentSortField = enumOf<CommitmentSortBy>("CommitmentSortField", "What commitments are sorted by.", {
  CREATED: "The order in which they were assigned.",
  START: "Their first charged day.",
  NAME: "The offer's name.",
  DISCOUNT_END: "Their discount end date; those without one come last.",
  TERMINATED: "Their last charged day; those without one come last.",
});
