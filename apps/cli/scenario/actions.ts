import { type BillingPeriodType } from "#domain/billing-periods.js";
import { type Instant, type LocalDate, type TimeZone } from "#domain/calendar.js";
import { type CallLeg } from "#domain/voice/xdr.js";
import {
  type ContactFields,
  type Fees,
  type OneTimeFeeItem,
  type RateItem,
  type RecurringFeeItem,
  type RevisedTerms,
} from "./items.js";

/**
 * The command of a step. Names are those of the file: `commitment` an `as`, `account` an id, `offer` a catalog
 * commitment.
 */
export type Action =
  | CatalogAction
  | AccountAction
  | CustomerAction
  | ReceivablesAction
  | CollectionAction
  | CommitmentAction
  | ScheduledAction
  | TicketAction
  | VoiceAction
  | { readonly kind: "moveClock" };

/** A message to support, for a customer. */
export interface TicketAction {
  readonly kind: "createTicket";
  readonly customer: string;
  readonly subject: string;
  readonly body: string;
}

export type VoiceAction =
  /** A call of an account that was answered, seen by no edge. */
  | {
      readonly kind: "call";
      readonly account: string;
      readonly leg: CallLeg;
      /** null: hidden. */
      readonly from: string | null;
      readonly to: string;
      readonly answered: Instant;
      /** Decimal text. */
      readonly seconds: string;
      readonly key: string | undefined;
    }
  | { readonly kind: "changeRates"; readonly tariff: string; readonly rates: readonly RateItem[] }
  /** Calls by their keys in the file. Undefined: what the server takes where nothing is said. */
  | {
      readonly kind: "rateCalls";
      readonly calls: readonly string[];
      readonly tariff?: string | undefined;
    }
  | {
      readonly kind: "correctCalls";
      readonly calls: readonly string[];
      readonly void?: boolean | undefined;
      /** Decimal text. */
      readonly seconds?: string | undefined;
      readonly tariff?: string | undefined;
    };

export type ReceivablesAction =
  /** Of the closed period that contains a day. */
  | { readonly kind: "creditNote"; readonly customer: string; readonly correcting: LocalDate }
  | {
      readonly kind: "pay";
      readonly customer: string;
      readonly amount: string;
      /** Name of the payment in the file. */
      readonly as?: string | undefined;
      readonly currency?: string | undefined;
      readonly reference?: string | undefined;
      /** The date of the invoice that it was paid for; undefined: none is named. */
      readonly issued?: LocalDate | undefined;
    }
  /** A payment by its name in the file. */
  | { readonly kind: "reversePayment"; readonly payment: string }
  | { readonly kind: "refund" | "goodwill"; readonly customer: string; readonly amount: string }
  | InvoiceAction;

/** On the latest invoice of a date that is not void, or of the void ones to issue again. */
export interface InvoiceAction {
  readonly kind: "voidInvoice" | "reissueInvoice" | "writeOff";
  readonly customer: string;
  readonly issued: LocalDate;
}

export type CatalogAction =
  | {
      readonly kind: "reviseCommitment";
      readonly offer: string;
      readonly recurringFees?: readonly RecurringFeeItem[] | undefined;
      readonly oneTimeFees?: readonly OneTimeFeeItem[] | undefined;
    }
  | { readonly kind: "reviseSubscription"; readonly subscription: string; readonly recurringFees: Fees }
  | { readonly kind: "reviseCustomerClass"; readonly customerClass: string; readonly terms: RevisedTerms }
  | { readonly kind: "withdrawCommitment"; readonly offer: string };

export type AccountAction =
  | { readonly kind: "openAccount"; readonly account: string; readonly customer: string; readonly mainProduct: string }
  | { readonly kind: "changeMainProduct"; readonly account: string; readonly mainProduct: string }
  | { readonly kind: "addAlias"; readonly account: string; readonly alias: string }
  | { readonly kind: "removeAlias"; readonly account: string; readonly alias: string }
  | { readonly kind: "closeAccount"; readonly account: string };

export type CustomerAction =
  | { readonly kind: "closeCustomer"; readonly customer: string }
  | { readonly kind: "changeContact"; readonly customer: string; readonly contact: ContactFields }
  | {
      readonly kind: "changeBilling";
      readonly customer: string;
      readonly billingPeriod?: BillingPeriodType | undefined;
      readonly timeZone?: TimeZone | undefined;
      readonly anniversaryDay?: number | undefined;
    }
  | { readonly kind: "setCustomerClass"; readonly customer: string; readonly customerClass: string }
  /** `rate` is in percent, as it stands in the file; null removes it. */
  | { readonly kind: "setSubscriptionDiscountRate"; readonly customer: string; readonly rate: string | null }
  | { readonly kind: "suspend"; readonly customer: string }
  | { readonly kind: "unsuspend"; readonly customer: string };

/** What people tell collection of a customer. */
export type CollectionAction =
  | { readonly kind: "promiseToPay"; readonly customer: string; readonly by: LocalDate }
  | { readonly kind: "exemptFromCollection"; readonly customer: string; readonly exempt: boolean };

/** Cancels what is scheduled for a coming day of a customer or a commitment: the step's effective date. */
export type ScheduledAction =
  | {
      readonly kind: "cancelScheduled";
      readonly customer: string;
      readonly what: "SUSPENSION" | "UNSUSPENSION" | "RATE";
    }
  | { readonly kind: "cancelScheduled"; readonly commitment: string; readonly what: "UPGRADE" | "RENEWAL" };

export type CommitmentAction =
  | {
      readonly kind: "assign";
      readonly offer: string;
      readonly account: string;
      /** Name of the commitment in the file and in the result. */
      readonly as: string;
      readonly discountEnd: DiscountEndOr<"DEFAULT">;
    }
  | {
      readonly kind: "transfer";
      readonly commitment: string;
      /** The receiving account. */
      readonly toAccount: string;
    }
  | { readonly kind: "setDiscountEnd"; readonly commitment: string; readonly discountEnd: ChosenDiscountEnd }
  | {
      readonly kind: "terminate";
      readonly commitment: string;
      /** The reason for waiving the penalty. */
      readonly waivePenalty?: string | undefined;
    }
  | { readonly kind: "cancelTermination"; readonly commitment: string }
  | { readonly kind: "annul"; readonly commitment: string; readonly reason?: string | undefined }
  | { readonly kind: "renewFees"; readonly commitment: string }
  | PauseAction
  | UpgradeAction;

/** Days as in the file: first and last paused day. */
export type PauseAction =
  /** Without `from`: "pause now", paused from the next day. Without `until`: an open pause. */
  | {
      readonly kind: "pause";
      readonly commitment: string;
      readonly from?: LocalDate | undefined;
      readonly until?: LocalDate | undefined;
    }
  | {
      readonly kind: "changePause";
      readonly commitment: string;
      /** The pause, by its present first paused day. */
      readonly from: LocalDate;
      readonly newFrom?: LocalDate | undefined;
      readonly newUntil?: LocalDate | undefined;
    }
  | { readonly kind: "cancelPause"; readonly commitment: string; readonly from: LocalDate }
  | { readonly kind: "resume"; readonly commitment: string }
  /** By the customer: within the limits of its class a pause at once. */
  | { readonly kind: "requestPause"; readonly commitment: string; readonly from: LocalDate; readonly until: LocalDate }
  /** The request, by its first paused day. */
  | {
      readonly kind: "approvePause" | "declinePause" | "withdrawPause";
      readonly commitment: string;
      readonly from: LocalDate;
    };

export type UpgradeAction =
  | {
      readonly kind: "timeLimitedUpgrade";
      readonly commitment: string;
      readonly addOnProduct: string;
      readonly until: LocalDate;
      /** The row, by its present add-on product. */
      readonly replacing?: string | undefined;
      /** The offer of the planned upgrade on the day after `until`. */
      readonly thenUpgradeTo?: string | undefined;
    }
  | { readonly kind: "extendUpgrade"; readonly commitment: string; readonly until: LocalDate }
  | { readonly kind: "endUpgrade"; readonly commitment: string }
  | { readonly kind: "cancelThenUpgrade"; readonly commitment: string }
  | {
      readonly kind: "upgrade";
      readonly commitment: string;
      readonly offer: string;
      readonly discountEnd: DiscountEndOr<"KEEP" | "DEFAULT">;
    };

/** A manual discount end date, or that of another commitment. */
export type ChosenDiscountEnd =
  | { readonly kind: "MANUAL"; readonly date: LocalDate }
  | { readonly kind: "SYNCHRONISED"; readonly commitment: string };

/** The same, or a keyword. */
export type DiscountEndOr<Word extends string> =
  ChosenDiscountEnd | { readonly [W in Word]: { readonly kind: W } }[Word];
