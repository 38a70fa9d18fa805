import { type Account } from "../accounts/account.js";
import { type BillingCycle, periodContaining } from "../billing-periods.js";
import { type Interval, type LocalDate } from "../calendar.js";
import { type CustomerClass } from "../catalog/customer-class.js";
import { type CustomerHistory } from "../commitments/history.js";
import { type CustomerBilling, NOTHING_BILLED } from "../billing/ledger.js";
import { type Line } from "../billing/line.js";
import { type Commitment, commitmentEvolver } from "../commitments/commitment.js";
import {
  type CommitmentAssigned,
  type CommitmentTerminated,
  type OneTimeRow,
  type RecurringRow,
  type Terms,
} from "../commitments/events.js";
import { type Customer } from "../customers/customer.js";
import { account, customer } from "./examples.js";

/** Internet 20.00 a month with 5.00 off (E1). */
export const internet = (changes: Partial<RecurringRow> = {}): RecurringRow => ({
  rowId: "recurring-1",
  subscriptionId: "subscription-1",
  description: "Turbo 1 GB",
  addOnProductId: "add-on-1",
  fees: { MONTHLY: "20.00" },
  discount: "5.00",
  minimumPeriods: 24,
  prorateFirst: true,
  prorateLast: true,
  ...changes,
});

/** A TV set, 400.00 for 0.01 (E3). */
export const tv = (changes: Partial<OneTimeRow> = {}): OneTimeRow => ({
  rowId: "one-time-1",
  description: "TV set",
  service: "TV",
  fee: "400.00",
  discount: "399.99",
  ...changes,
});

export const terms = (changes: Partial<Terms> = {}): Terms => ({
  offerId: "offer-1",
  offerRevision: 1,
  name: "Turbo 24",
  currency: "USD",
  discountPeriods: 24,
  penalty: "SUM_OF_DISCOUNTS",
  transferFee: "0.00",
  recurring: [internet()],
  oneTime: [],
  ...changes,
});

/** E2's: from 2019-03-01, discount until the end of February 2021. */
export const assigned = (changes: Partial<CommitmentAssigned["data"]> = {}): CommitmentAssigned => ({
  type: "CommitmentAssigned",
  data: {
    commitmentId: "commitment-1",
    accountId: "account-1",
    customerId: "customer-1",
    terms: terms(),
    discountEnd: "2021-03-01",
    discountEndKind: "DEFAULT",
    effectiveOn: "2019-03-01",
    ...changes,
  },
});

export const terminated = (
  effectiveOn: LocalDate,
  changes: Partial<CommitmentTerminated["data"]> = {},
): CommitmentTerminated => ({
  type: "CommitmentTerminated",
  data: {
    effectiveOn,
    discountEnd: "2021-03-01",
    early: true,
    penaltyPreview: "0.00",
    reason: "ORDERED",
    ...changes,
  },
});

/** Event ids are "<commitment id>/assigned" and "<commitment id>/terminated". */
export const commitment = (
  changes: Partial<CommitmentAssigned["data"]> = {},
  terminatedOn: LocalDate | null = null,
): Commitment => {
  const event = assigned(changes);
  const id = event.data.commitmentId;
  const started = commitmentEvolver.evolve(null, event, `${id}/assigned`);
  const ended =
    terminatedOn === null ? started : commitmentEvolver.evolve(started, terminated(terminatedOn), `${id}/terminated`);
  if (!ended) throw new Error("an assigned commitment has a state");
  return ended;
};

export const history = (
  commitments: readonly Commitment[],
  {
    owner = customer(),
    accounts = [account()],
    classes = [],
    others = [],
  }: {
    owner?: Customer;
    accounts?: readonly Account[];
    classes?: readonly CustomerClass[];
    /** Other holders, of whom nothing was closed. */
    others?: readonly Customer[];
  } = {},
): CustomerHistory => ({
  customer: owner,
  accounts: new Map(accounts.map((item) => [item.accountId, item])),
  classes: new Map(classes.map((item) => [item.customerClassId, item])),
  commitments,
  others: new Map(
    others.map((other) => [
      other.customerId,
      { customer: other, closedTo: null, voided: new Set(), feesGone: new Set() },
    ]),
  ),
});

/** The customer's billing; of what is not given, nothing was billed. */
export const billing = (known: CustomerHistory, changes: Partial<CustomerBilling> = {}): CustomerBilling => ({
  ...NOTHING_BILLED,
  history: known,
  ...changes,
});

/** How the calendar is cut by default. */
export const MONTHLY: BillingCycle = { type: "MONTHLY", anchor: null };

/** The calendar month of a date `YYYY-MM`. */
export const month = (text: string): Interval => periodContaining(MONTHLY, `${text}-01`);

/** A whole July of E1; say what differs. The unit amounts of a whole period are those charged. */
export const recurringLine = (changes: Partial<Line> = {}): Line => {
  const line = { ...JULY, ...changes };
  const isWhole = line.days === line.periodDays;
  const unitDiscount = line.discountOrigin === null ? "0.00" : "5.00";
  return {
    ...line,
    unitFee: changes.unitFee ?? (isWhole ? line.fee : "20.00"),
    unitDiscount: changes.unitDiscount ?? (isWhole ? line.discount : unitDiscount),
  };
};

const JULY: Line = {
  kind: "RECURRING",
  commitmentId: "commitment-1",
  accountId: "account-1",
  rowId: "recurring-1",
  description: "Turbo 1 GB",
  from: "2020-07-01",
  until: "2020-07-31",
  days: 31,
  periodDays: 31,
  fee: "20.00",
  discount: "5.00",
  discountOrigin: "COMMITMENT",
  net: "15.00",
  currency: "USD",
  taxes: [],
  causes: ["commitment-1/assigned"],
};

/** What a line names that the termination of commitment-1 cuts short. */
export const endedByTermination = { causes: ["commitment-1/assigned", "commitment-1/terminated"] };

const singleDay = (on: LocalDate) => ({ from: on, until: on, days: 1, periodDays: null });

export const oneTimeLine = (on: LocalDate, changes: Partial<Line> = {}): Line => ({
  ...JULY,
  kind: "ONE_TIME",
  rowId: "one-time-1",
  description: "TV set",
  ...singleDay(on),
  unitFee: changes.fee ?? "400.00",
  unitDiscount: changes.discount ?? "399.99",
  fee: "400.00",
  discount: "399.99",
  net: "0.01",
  ...changes,
});

export const penaltyLine = (on: LocalDate, amount: string, changes: Partial<Line> = {}): Line => ({
  ...JULY,
  kind: "PENALTY",
  description: "Early termination: Turbo 1 GB",
  ...singleDay(on),
  fee: amount,
  discount: "0.00",
  discountOrigin: null,
  net: amount,
  ...endedByTermination,
  ...changes,
});
