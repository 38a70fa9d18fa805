/**
 * When a command is only done with a reason, in the words of a person (docs/rules.md#reasons). A reason that is missing or
 * blank is VALIDATION_FAILED with this field, and nothing is recorded; a preview is refused likewise.
 */
export const reasonNeeds = {
  ALWAYS: { field: "reason", when: "always" },
  CLOSED_DAY: { field: "reason", when: "for a day in a closed billing period" },
  END_BY_HAND: { field: "reason", when: "for a discount end date by hand, not for one that is copied" },
  REPLACEMENT: { field: "reason", when: "where what is linked is replaced" },
  UNLINKING: { field: "reason", when: "unless the app inside Zendesk unlinks" },
  WAIVER: { field: "waivePenalty", when: "where the penalty is waived: the waiver is its reason" },
} as const;
export type ReasonNeed = keyof typeof reasonNeeds;

/** What commands that take a reason need it for; nothing: it may be said. The deciders ask for it. */
export const reasons = {
  quarantineEvent: ["ALWAYS"],
  grantKey: ["ALWAYS"],
  revokeKey: ["ALWAYS"],
  removePerson: ["ALWAYS"],
  setCustomerClass: ["CLOSED_DAY"],
  setSubscriptionDiscountRate: ["CLOSED_DAY"],
  suspendCustomer: ["ALWAYS"],
  unsuspendCustomer: ["ALWAYS"],
  linkZendeskOrganization: ["REPLACEMENT"],
  unlinkZendeskOrganization: ["UNLINKING"],
  closeCustomer: ["CLOSED_DAY"],
  closeAccount: ["CLOSED_DAY"],
  assignOffer: ["CLOSED_DAY", "END_BY_HAND"],
  setDiscountEnd: ["END_BY_HAND"],
  pauseCommitment: ["CLOSED_DAY"],
  changePause: ["CLOSED_DAY"],
  resumeCommitment: ["CLOSED_DAY"],
  declinePause: ["ALWAYS"],
  upgradeCommitment: ["CLOSED_DAY", "END_BY_HAND"],
  transferCommitment: ["CLOSED_DAY"],
  terminateCommitment: ["CLOSED_DAY", "WAIVER"],
  annulCommitment: ["ALWAYS"],
  issueCreditNote: [],
  voidInvoice: ["ALWAYS"],
  exemptFromCollection: [],
  reversePayment: ["ALWAYS"],
  recordRefund: [],
  issueGoodwillCredit: ["ALWAYS"],
  writeOffInvoice: ["ALWAYS"],
  correctCalls: ["ALWAYS"],
} as const satisfies Readonly<Record<string, readonly ReasonNeed[]>>;
