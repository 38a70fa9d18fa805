import { type LineKind } from "#domain/billing/line.js";
import { type Language } from "#domain/language.js";
import { type MovementKind } from "#domain/receivables/movements.js";

/** Everything that documents say in a language. Dates and amounts come in as text. */
export interface Words {
  readonly language: Language;
  /** BCP 47. */
  readonly tag: string;

  readonly invoice: string;
  readonly creditNote: string;
  readonly statement: string;
  readonly page: (page: number, of: number) => string;
  readonly carriedOn: string;

  readonly number: string;
  readonly date: string;
  readonly due: string;
  readonly period: string;
  readonly daysOfStatement: string;
  readonly corrects: string;
  readonly yourTaxId: string;
  readonly taxId: string;
  readonly email: string;
  readonly phone: string;

  readonly toPay: string;
  readonly by: (date: string) => string;
  readonly nothingToPay: string;
  readonly credited: string;
  readonly youOwe: string;
  readonly yourCredit: string;
  readonly settled: string;

  readonly position: string;
  readonly description: string;
  readonly days: string;
  readonly fee: string;
  readonly discount: string;
  readonly net: string;
  readonly account: (identifier: string) => string;
  readonly otherAccount: string;
  readonly accountTotal: (identifier: string) => string;

  readonly kinds: Readonly<Record<LineKind, string>>;
  readonly total: string;
  readonly discountsGiven: (amount: string) => string;
  readonly netOfTax: string;

  readonly howToPay: string;
  readonly payBy: (amount: string, date: string, number: string) => string;
  readonly holder: string;
  readonly bank: string;
  readonly iban: string;
  readonly bic: string;
  readonly accountNumber: string;
  readonly routingNumber: string;
  readonly reference: string;
  readonly aboutCredit: string;
  readonly howCreditIsUsed: string;
  readonly voids: (invoice: string | null) => string;
  readonly goodwill: string;

  /** Lines explained. */
  readonly prorated: (days: number, of: number, fee: string) => string;
  readonly ownDiscount: string;
  readonly rateDiscount: string;
  readonly oneTime: string;
  readonly earlyTermination: (what: string) => string;
  readonly penaltyWaived: (what: string) => string;
  readonly transferFee: (what: string) => string;
  readonly callsReceived: (what: string) => string;
  readonly callsMade: (what: string) => string;
  /** @param charged minutes and seconds, `1:30` */
  readonly calls: (count: number, charged: string) => string;
  readonly callsOfEarlier: string;
  readonly endedEarly: (date: string) => string;
  readonly claimed: {
    readonly discounts: string;
    readonly oneTimeDiscount: string;
    readonly discountsAtMostFees: string;
    readonly remainingFees: string;
    readonly fixed: string;
    readonly agreed: string;
  };
  readonly waived: string;
  readonly takenOver: (date: string) => string;
  readonly correction: (what: string) => string;
  readonly correctsLines: (period: string, billed: string) => string;
  readonly correctsNothing: (period: string) => string;
  readonly line: (numbers: string, document: string) => string;
  readonly lines: (numbers: string, document: string) => string;
  readonly anEarlierDocument: string;
  readonly differs: (days: number, of: number) => string;
  readonly rateDiffers: string;
  readonly cancelled: (billed: string) => string;

  /** Statements. */
  readonly movement: string;
  readonly owed: string;
  readonly paid: string;
  readonly balance: string;
  readonly opening: string;
  readonly closing: string;
  readonly noMovements: string;
  readonly movements: Readonly<Record<MovementKind, string>>;
  readonly howToRead: string;
}
