/**
 * What a calculation is said with: sentences that a customer could be read on the phone. Dates, periods and amounts come in
 * as text.
 */
export interface Telling {
  /** A part of the fee, or the whole of it. */
  readonly fee: (what: string, amount: string) => string;
  readonly wholeFee: (what: string, amount: string, days: string) => string;
  readonly part: (charged: number, of: number, days: string, unit: string, amount: string) => string;
  /** How a part was rounded; said where it was. */
  readonly rounded: (amount: string) => string;
  /** A part of what neighbouring days come to together, which was rounded once. */
  readonly allocated: (charged: number, of: number, together: string, amount: string) => string;
  readonly discount: (unit: string) => string;
  readonly discountUntil: (unit: string, day: string) => string;
  readonly discountOver: (day: string) => string;
  readonly rateDiscount: (percent: string, unit: string, amount: string) => string;
  readonly atMostFee: (amount: string) => string;
  readonly leaves: (fee: string, discount: string, net: string) => string;

  readonly oneTimeFee: (what: string, amount: string, day: string) => string;
  readonly oneTimeDiscount: (amount: string) => string;
  readonly transferFee: (amount: string, day: string) => string;

  /** @param of.seconds that are charged, as text. @param of.exact of all calls, before it is rounded */
  readonly calls: (
    what: string,
    of: { readonly count: number; readonly seconds: string; readonly exact: string; readonly days: string },
  ) => string;

  readonly endedEarly: (lastDay: string, discountDay: string) => string;
  readonly ended: (lastDay: string) => string;
  /** Discounts given, in runs of the same amount. */
  readonly given: (runs: string, total: string) => string;
  readonly once: (amount: string, days: string) => string;
  readonly times: (count: number, amount: string, from: string, until: string) => string;
  readonly and: (parts: readonly string[]) => string;
  readonly chargedBack: (what: string, amount: string) => string;
  readonly remaining: (runs: string, total: string) => string;
  readonly remainingCharged: (what: string, amount: string) => string;
  readonly lesser: (given: string, remaining: string, least: string) => string;
  readonly shared: (what: string, amount: string) => string;
  readonly fixedPenalty: (what: string, amount: string) => string;
  readonly waived: (amount: string) => string;

  readonly due: (amount: string) => string;
  readonly nothingDue: string;
  readonly billed: (amount: string, documents: string) => string;
  readonly nothingBilled: string;
  readonly onDocument: (days: string, amount: string, document: string) => string;
  readonly anEarlierDocument: string;
  readonly corrected: (amount: string) => string;
  readonly undone: (amount: string) => string;

  readonly discountEndSet: (day: string) => string;
  readonly pauseMoved: (pause: string, days: number, day: string) => string;
  readonly pauseIncluded: (pause: string, days: number, included: number, day: string) => string;
  readonly notLater: (day: string) => string;
  readonly notEarlier: (day: string) => string;
  readonly lastDiscounted: (day: string) => string;

  readonly hasEnded: (lastDay: string) => string;
  readonly begins: (day: string) => string;
  readonly hasRunSince: (day: string) => string;
  readonly onPause: (days: string) => string;
  readonly onOpenPause: (day: string) => string;
  readonly suspendedSince: (day: string) => string;
  readonly suspensionLifted: (day: string) => string;
  readonly closedOn: (day: string) => string;
  readonly accountOpened: (day: string) => string;
  readonly accountClosed: (lastDay: string) => string;
  readonly nothingBlocks: string;

  /** What changed what is left to pay of an invoice, each kind together. */
  readonly invoiceOf: (amount: string) => string;
  readonly invoicePaidFromBalance: (amount: string) => string;
  readonly invoicePaid: (amount: string) => string;
  readonly invoiceCredited: (amount: string) => string;
  readonly invoiceReversed: (amount: string) => string;
  readonly invoiceGivenUp: (amount: string) => string;
  readonly invoiceDue: (day: string) => string;
  readonly invoiceWasDue: (day: string) => string;
  readonly invoiceVoid: (day: string) => string;

  /** What is left of a payment or a credit note of a day. */
  readonly leftOfPayment: (amount: string, day: string, left: string) => string;
  readonly leftOfCreditNote: (amount: string, day: string, left: string) => string;
  readonly unusedInAll: (amount: string) => string;
  readonly nothingUnused: string;
  readonly leftOfInvoices: (amount: string) => string;
  readonly owedBeyond: (due: string, beyond: string) => string;

  /** Movements of one kind, all together. */
  readonly invoiced: (count: number, amount: string) => string;
  readonly credited: (count: number, amount: string) => string;
  readonly paid: (count: number, amount: string) => string;
  readonly reversed: (count: number, amount: string) => string;
  readonly refunded: (count: number, amount: string) => string;
  readonly writtenOff: (amount: string) => string;
  readonly writeOffUndone: (amount: string) => string;
  readonly owed: (amount: string) => string;
  readonly owedNothing: string;
  readonly inCredit: (amount: string) => string;
}
