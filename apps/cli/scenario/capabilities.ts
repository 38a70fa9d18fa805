/**
 * Capabilities that the file format has and the engine lacks: by place in the file and value, with the text of the
 * refusal. Who builds one deletes its rows here and adds its fields to schema/.
 */
const MISSING = {
  step: {},
  /** `effective` of a step whose command has no such date. */
  effective: {
    reviseCommitment: "an effective date of reviseCommitment",
    reviseSubscription: "an effective date of reviseSubscription",
    reviseCustomerClass: "an effective date of reviseCustomerClass",
    withdrawCommitment: "an effective date of withdrawCommitment",
    changeMainProduct: "an effective date of changeMainProduct",
    addAlias: "an effective date of addAlias",
    removeAlias: "an effective date of removeAlias",
    changeContact: "an effective date of changeContact",
    creditNote: "an effective date of creditNote",
    voidInvoice: "an effective date of voidInvoice",
    reissueInvoice: "an effective date of reissueInvoice",
    promiseToPay: "an effective date of promiseToPay",
    exemptFromCollection: "an effective date of exemptFromCollection",
    reversePayment: "an effective date of reversePayment",
    refund: "an effective date of refund",
    goodwill: "an effective date of goodwill",
    writeOff: "an effective date of writeOff",
    changeBilling: "an effective date of changeBilling",
    setDiscountEnd: "an effective date of setDiscountEnd",
    cancelTermination: "an effective date of cancelTermination",
    changePause: "an effective date of changePause",
    cancelPause: "an effective date of cancelPause",
    requestPause: "an effective date of requestPause",
    approvePause: "an effective date of approvePause",
    declinePause: "an effective date of declinePause",
    withdrawPause: "an effective date of withdrawPause",
    timeLimitedUpgrade: "an effective date of timeLimitedUpgrade",
    extendUpgrade: "an effective date of extendUpgrade",
    endUpgrade: "an effective date of endUpgrade",
    cancelThenUpgrade: "an effective date of cancelThenUpgrade",
    renewFees: "an effective date of renewFees",
    annul: "an effective date of annul",
    changeRates: "an effective date of changeRates",
    rateCalls: "an effective date of rateCalls",
    correctCalls: "an effective date of correctCalls",
    createTicket: "an effective date of createTicket",
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

export type Place = keyof typeof MISSING;

/** The reason why a value cannot be used at a place yet; undefined if it can. */
export const missingCapability = (place: Place, value: string): string | undefined => {
  const missing: Readonly<Record<string, string>> = MISSING[place];
  const capability = Object.hasOwn(missing, value) ? missing[value] : undefined;
  if (capability === undefined) return undefined;
  return `${capability} ${/^(?:an?|the) /.test(capability) ? "is" : "are"} not supported yet`;
};

/** Values of a place that the format has and the engine does not support. */
export const missingValues = (place: Place): string[] => Object.keys(MISSING[place]);
