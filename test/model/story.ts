import { stringify } from "yaml";
import { type Outcome } from "./outcome.js";

/**
 * A life story in exactly the scenario file format (docs/scenarios.md): printed as YAML or JSON it is a valid file.
 * Only what the model knows is in the type; dates are `YYYY-MM-DD`, money is a decimal string.
 */
export interface Story {
  scenario: string;
  timeZone?: string;
  catalog: Catalog;
  customers: Customer[];
  steps: Step[];
  until: string;
}

export interface Catalog {
  subscriptions?: Subscription[];
  tariffs?: Tariff[];
  addOnProducts?: { name: string; service: string; quota?: string; voice?: Voice }[];
  mainProducts?: { name: string; addOnProducts?: string[]; voice?: Voice }[];
  customerClasses?: CustomerClass[];
  commitments?: Offer[];
}

export type Strategy =
  "SUM_OF_DISCOUNTS" | "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES" | "REMAINING_FEES" | "FIXED" | "NONE";
export type Rounding = "HALF_UP" | "HALF_EVEN" | "UP";
export type BillingPeriod =
  "DAILY" | "WEEKLY" | "SEMI_MONTHLY" | "MONTHLY" | "MONTHLY_ANNIVERSARY" | "THIRTY_DAYS" | "QUARTERLY" | "YEARLY";
export type Fees = Partial<Record<BillingPeriod, string>>;

/** One version of a prefix; what is left out: from now on, no fee, by the second, no flag. */
export interface Rate {
  prefix: string;
  /** An instant. */
  effectiveFrom?: string;
  /** Per minute. */
  priceFirst: string;
  priceNext: string;
  connectFee?: string;
  /** Seconds. */
  firstInterval?: number;
  nextInterval?: number;
  discontinued?: boolean;
  forbidden?: boolean;
  payback?: boolean;
}

export interface Tariff {
  name: string;
  currency: string;
  matchBy?: "CLD" | "CLI";
  duration?: "NEAREST" | "UP";
  rates?: Rate[];
}

/** What calls cost; the rest of the format's voice services is nothing to the model. */
export interface Voice {
  incomingTariff?: string;
  outgoingTariff?: string;
}

export interface Subscription {
  name: string;
  currency: string;
  recurringFees: Fees;
  minimumPeriods?: number | null;
  penalty?: Strategy;
  penaltyAmount?: string | null;
  prorateFirst?: boolean;
  prorateLast?: boolean;
}

export interface CustomerClass {
  name: string;
  graceDays?: number;
  rounding?: Rounding;
  suspendAfterDays?: number | null;
  terminateAfterDays?: number | null;
  remindAfterDays?: number[];
  warnBeforeSuspensionDays?: number;
  warnBeforeEndDays?: number;
  selfPauseDaysPerYear?: number;
  selfPauseLongestDays?: number;
  selfPauseNoticeDays?: number;
}

export interface RecurringRow {
  subscription: string;
  addOnProduct?: string | null;
  discount?: string;
}

export interface OneTimeRow {
  description: string;
  service: string;
  fee: string;
  discount?: string;
}

/** What a scenario file's catalog calls a commitment: an offer. */
export interface Offer {
  name: string;
  currency: string;
  discountPeriods?: number | null;
  transferFee?: string;
  oneTimeFees?: OneTimeRow[];
  recurringFees?: RecurringRow[];
}

/** A null field is removed, one that is left out stays. */
export interface Contact {
  email?: string | null;
  phone?: string | null;
  domain?: string | null;
}

export interface Customer {
  name: string;
  currency: string;
  billingPeriod: BillingPeriod;
  anniversaryDay?: number;
  timeZone?: string;
  class?: string;
  contact?: Contact;
  accounts?: { id: string; mainProduct: string; voice?: Voice }[];
}

/** A discount end date given by hand, or copied from another commitment. */
export type EndDate = { date: string } | { syncWith: string };

interface Dated {
  on: string;
}
/** Steps that can be dated forward or back. */
interface Effective extends Dated {
  effective?: string;
}

export type AssignStep = Effective & {
  assign: string;
  account: string;
  as?: string;
  discountEnd?: "DEFAULT" | EndDate;
};
export type SetDiscountEndStep = Dated & { setDiscountEnd: string; to: EndDate };
export type PauseStep = Effective & { pause: string; from?: string; until?: string };
export type ChangePauseStep = Dated & { changePause: string; from: string; newFrom?: string; newUntil?: string };
export type CancelPauseStep = Dated & { cancelPause: string; from: string };
export type ResumeStep = Effective & { resume: string };
export type TimeLimitedUpgradeStep = Dated & {
  timeLimitedUpgrade: string;
  addOnProduct: string;
  until: string;
  replacing?: string;
  thenUpgradeTo?: string;
};
export type ExtendUpgradeStep = Dated & { extendUpgrade: string; until: string };
export type EndUpgradeStep = Dated & { endUpgrade: string };
export type CancelThenUpgradeStep = Dated & { cancelThenUpgrade: string };
export type UpgradeStep = Effective & { upgrade: string; to: string; discountEnd?: "KEEP" | "DEFAULT" | EndDate };
export type TerminateStep = Effective & { terminate: string; waivePenalty?: string };
export type CancelTerminationStep = Dated & { cancelTermination: string };
export type ReviseCommitmentStep = Dated & {
  reviseCommitment: string;
  recurringFees?: RecurringRow[];
  oneTimeFees?: OneTimeRow[];
};
export type ReviseSubscriptionStep = Dated & { reviseSubscription: string; recurringFees: Fees };
export type ReviseCustomerClassStep = Dated & { reviseCustomerClass: string } & Partial<Omit<CustomerClass, "name">>;
export type WithdrawCommitmentStep = Dated & { withdrawCommitment: string };
export type OpenAccountStep = Effective & { openAccount: string; customer: string; mainProduct: string };
export type ChangeMainProductStep = Dated & { changeMainProduct: string; to: string };
export type CloseAccountStep = Effective & { closeAccount: string };
export type CloseCustomerStep = Effective & { closeCustomer: string };
export type SetCustomerClassStep = Effective & { setCustomerClass: string; class: string };
export type SetRateStep = Effective & { setSubscriptionDiscountRate: string; rate: string | null };
export type SuspendStep = Effective & { suspend: string };
export type UnsuspendStep = Effective & { unsuspend: string };
export type ChangeContactStep = Dated & { changeContact: string; contact: Contact };
export type ChangeBillingStep = Dated & {
  changeBilling: string;
  billingPeriod?: BillingPeriod;
  timeZone?: string;
  anniversaryDay?: number;
};
export type TransferStep = Effective & { transfer: string; toAccount: string };
export type RenewFeesStep = Dated & { renewFees: string };
export type AnnulStep = Dated & { annul: string };
export type RequestPauseStep = Dated & { requestPause: string; from: string; until: string };
export type ApprovePauseStep = Dated & { approvePause: string; from: string };
export type DeclinePauseStep = Dated & { declinePause: string; from: string };
export type WithdrawPauseStep = Dated & { withdrawPause: string; from: string };
/** Of a customer, or of a commitment. */
export type CancelScheduledStep = Dated & {
  cancelScheduled: string;
  what: "SUSPENSION" | "UNSUSPENSION" | "RATE" | "UPGRADE" | "RENEWAL";
  effective: string;
};
export type CreditNoteStep = Dated & { creditNote: string; correcting: string };
export type VoidInvoiceStep = Dated & { voidInvoice: string; issued: string };
export type ReissueInvoiceStep = Dated & { reissueInvoice: string; issued: string };
/** `effective`: the value date, which is only shown. `issued`: the date of the invoice that it is recorded for. */
export type PayStep = Effective & {
  pay: string;
  amount: string;
  as?: string;
  currency?: string;
  reference?: string;
  issued?: string;
};
export type ReversePaymentStep = Dated & { reversePayment: string };
export type RefundStep = Dated & { refund: string; amount: string };
export type GoodwillStep = Dated & { goodwill: string; amount: string };
export type WriteOffStep = Dated & { writeOff: string; issued: string };
export type PromiseToPayStep = Dated & { promiseToPay: string; by: string };
export type ExemptStep = Dated & { exemptFromCollection: string; exempt: boolean };

/** Answered at `at`, by the customer's clocks, of `on`, or of `effective`; told of then, or at noon of `on`. */
export type CallStep = Effective & {
  call: string;
  at?: string;
  leg: "IN" | "OUT";
  from?: string | null;
  to: string;
  seconds: string;
  key?: string;
};
export type ChangeRatesStep = Dated & { changeRates: string; rates: Rate[] };
/** Calls by their keys. Without a tariff: by that of their account. */
export type RateCallsStep = Dated & { rateCalls: string[]; tariff?: string };
/** Void, or rated again: as long as `seconds`, by `tariff`. */
export type CorrectCallsStep = Dated & { correctCalls: string[]; void?: boolean; seconds?: string; tariff?: string };

/** The step's command is the key that no other step has: `"assign" in step` tells them apart. */
export type Step =
  | AssignStep
  | SetDiscountEndStep
  | PauseStep
  | ChangePauseStep
  | CancelPauseStep
  | ResumeStep
  | TimeLimitedUpgradeStep
  | ExtendUpgradeStep
  | EndUpgradeStep
  | CancelThenUpgradeStep
  | UpgradeStep
  | TerminateStep
  | CancelTerminationStep
  | ReviseCommitmentStep
  | ReviseSubscriptionStep
  | ReviseCustomerClassStep
  | WithdrawCommitmentStep
  | OpenAccountStep
  | ChangeMainProductStep
  | CloseAccountStep
  | CloseCustomerStep
  | SetCustomerClassStep
  | SetRateStep
  | SuspendStep
  | UnsuspendStep
  | ChangeContactStep
  | ChangeBillingStep
  | TransferStep
  | RenewFeesStep
  | AnnulStep
  | RequestPauseStep
  | ApprovePauseStep
  | DeclinePauseStep
  | WithdrawPauseStep
  | CancelScheduledStep
  | CreditNoteStep
  | VoidInvoiceStep
  | ReissueInvoiceStep
  | PayStep
  | ReversePaymentStep
  | RefundStep
  | GoodwillStep
  | WriteOffStep
  | PromiseToPayStep
  | ExemptStep
  | CallStep
  | ChangeRatesStep
  | RateCallsStep
  | CorrectCallsStep
  | Dated;

/** The format has no words for names that were never given: such a file would be invalid. */
const UNSPEAKABLE = ["COMMITMENT_NOT_FOUND", "ACCOUNT_NOT_FOUND", "CUSTOMER_NOT_FOUND", "PAYMENT_NOT_FOUND"];

/** The story as a scenario file that expects `outcome`. */
export function toScenarioFile(story: Story, outcome: Outcome): string {
  const steps = story.steps.flatMap((step, i) => {
    const rejected = outcome.steps[i] ?? null;
    if (rejected === null) return [step];
    // A step on a name that a refused one was to give changes nothing and cannot be written down.
    return UNSPEAKABLE.includes(rejected) ? [] : [{ ...step, rejected }];
  });
  const { scenario, timeZone, catalog, customers, until } = story;
  const expect = {
    invoices: outcome.invoices.map(({ open: _, ...invoice }) => ({
      ...invoice,
      lines: invoice.lines.map((line) => ({ ...line })),
    })),
    creditNotes: outcome.creditNotes.map(({ customer, issued, total, lines, voids }) => ({
      ...{ customer, issued, total },
      // The model does not know of which days a void credits its rows.
      ...(!voids && { lines }),
    })),
    commitments: outcome.commitments,
    customers: outcome.customers,
    // An empty list says that no target is told anything.
    ...(outcome.outbound.length > 0 && { outbound: outcome.outbound }),
    calls: outcome.calls,
  };
  const file = { scenario, ...(timeZone === undefined ? {} : { timeZone }), catalog, customers, steps, until, expect };
  return stringify(file, { version: "1.2", schema: "core", lineWidth: 120, aliasDuplicateObjects: false });
}
