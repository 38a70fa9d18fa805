import {
  type BillingPeriod,
  type Catalog,
  type Customer,
  type CustomerClass,
  type Fees,
  type Offer,
  type OneTimeRow,
  type Strategy,
  type Subscription,
} from "../story.js";
import { type Capabilities } from "./capabilities.js";
import { type Random } from "./random.js";

/** Amounts that are awkward to prorate, in each currency; the first of a list are the common ones. */
const FEES: Readonly<Record<string, string[]>> = {
  USD: ["20.00", "19.99", "29.95", "12.00", "33.33", "100.00", "7.77", "0.05", "0.00"],
  KWD: ["20.000", "19.99", "6.667", "12.5", "33.333", "0.005", "101.001"],
  JPY: ["2000", "1999", "980", "333", "100", "7", "1"],
};
const DISCOUNTS: Readonly<Record<string, string[]>> = {
  USD: ["5.00", "4.99", "2.01", "0.05", "12.00", "0.01", "0.00"],
  KWD: ["5.000", "4.99", "1.667", "0.001", "0.000", "12.5"],
  JPY: ["500", "499", "33", "1", "0", "980"],
};
const OTHER: Readonly<Record<string, string>> = { USD: "JPY", JPY: "KWD", KWD: "USD" };

export const feeIn = (random: Random, currency: string): string => random.pick(FEES[currency] ?? ["1"]);
export const discountIn = (random: Random, currency: string): string => random.pick(DISCOUNTS[currency] ?? ["1"]);

const STRATEGIES: readonly (readonly [number, Strategy])[] = [
  [3, "SUM_OF_DISCOUNTS"],
  [3, "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES"],
  [2, "REMAINING_FEES"],
  [2, "FIXED"],
  [1, "NONE"],
];

export const TYPES: readonly BillingPeriod[] = [
  "DAILY",
  "WEEKLY",
  "SEMI_MONTHLY",
  "MONTHLY",
  "MONTHLY_ANNIVERSARY",
  "THIRTY_DAYS",
  "QUARTERLY",
  "YEARLY",
];

/** The billing periods of a story's customers, and those that they may change to. */
export function generateTypes(random: Random, has: Capabilities): BillingPeriod[] {
  if (!has.has("PERIODS") || random.chance(0.3)) return ["MONTHLY", "MONTHLY_ANNIVERSARY"];
  // Days make many periods of little interest.
  const type = (): BillingPeriod => random.pick(random.chance(0.3) ? TYPES : TYPES.slice(1));
  return [...new Set([type(), type(), type()])];
}

export const ADD_ONS = ["Midi", "Turbo", "TV", "Fax"];
export const CLASSES = ["Plain", "Bankers", "Upwards"];

export function generateCatalog(random: Random, currency: string, types: BillingPeriod[], has: Capabilities): Catalog {
  // Two strategies at most, so that offers of several rows of one strategy are common.
  const strategies = [random.weighted(STRATEGIES), random.weighted(STRATEGIES)];
  const subscriptions = Array.from({ length: random.int(3, 6) }, (_, i) =>
    generateSubscription(random, `Plan ${i + 1}`, currency, strategies[i % 2] ?? "SUM_OF_DISCOUNTS", types),
  );
  const offers = Array.from({ length: random.int(3, 6) }, (_, i) =>
    generateOffer(random, `Offer ${i + 1}`, currency, subscriptions, has),
  );
  if (random.chance(0.15)) {
    const other = OTHER[currency] ?? "USD";
    const abroad = generateSubscription(random, "Plan abroad", other, "SUM_OF_DISCOUNTS", types);
    subscriptions.push(abroad);
    offers.push(generateOffer(random, "Offer abroad", other, [abroad], has));
  }
  return {
    subscriptions,
    addOnProducts: ADD_ONS.map((name) => ({ name, service: name === "TV" ? "TV" : "Internet" })),
    mainProducts: [
      { name: "Full", addOnProducts: ADD_ONS },
      { name: "Basic", addOnProducts: random.some(ADD_ONS, 1) },
    ],
    customerClasses: [
      { name: "Plain", graceDays: random.pick([0, 14, 30]), ...collectionTerms(random, has), ...warning(random) },
      { name: "Bankers", rounding: "HALF_EVEN", ...collectionTerms(random, has), ...warning(random) },
      {
        name: "Upwards",
        rounding: "UP",
        graceDays: 7,
        ...collectionTerms(random, has),
        ...warning(random),
        ...(has.has("SELF_CARE") && { selfPauseDaysPerYear: 30, selfPauseLongestDays: 14, selfPauseNoticeDays: 2 }),
      },
    ],
    commitments: offers,
  };
}

/** How long before a discount's end its holder is told; mostly the default. */
const warning = (random: Random): Pick<CustomerClass, "warnBeforeEndDays"> =>
  random.chance(0.5) ? {} : { warnBeforeEndDays: random.pick([0, 1, 7, 60]) };

export function collectionTerms(random: Random, has: Capabilities): Partial<CustomerClass> {
  if (!has.has("COLLECTION") || random.chance(0.25)) return {};
  return {
    suspendAfterDays: random.pick([null, 1, 5, 10, 10, 30]),
    terminateAfterDays: random.pick([null, null, 2, 20, 45, 60, 90]),
    remindAfterDays: random.pick([[], [1], [3, 7], [2, 10, 30]]),
    warnBeforeSuspensionDays: random.pick([0, 1, 3, 3, 12]),
  };
}

function generateSubscription(
  random: Random,
  name: string,
  currency: string,
  penalty: Strategy,
  types: BillingPeriod[],
): Subscription {
  return {
    name,
    currency,
    recurringFees: generateFees(random, currency, types),
    minimumPeriods: random.chance(0.95) ? 24 : null,
    penalty,
    penaltyAmount: penalty === "FIXED" ? feeIn(random, currency) : null,
    prorateFirst: random.chance(0.8),
    prorateLast: random.chance(0.8),
  };
}

/** Mostly a fee for every type of the story. */
export function generateFees(random: Random, currency: string, types: readonly BillingPeriod[]): Fees {
  const fees: Fees = {};
  for (const type of types) {
    // The fee of a month serves an anniversary too.
    const isServed = type === "MONTHLY_ANNIVERSARY" && fees.MONTHLY !== undefined && random.chance(0.8);
    if (!isServed && random.chance(0.97)) fees[type] = feeIn(random, currency);
  }
  if (Object.keys(fees).length === 0) fees.MONTHLY = feeIn(random, currency);
  return fees;
}

function generateOffer(
  random: Random,
  name: string,
  currency: string,
  plans: Subscription[],
  has: Capabilities,
): Offer {
  const discountPeriods = random.pick([null, 1, 2, 3, 6, 12, 12, 24, 24]);
  const discounted = discountPeriods !== null;
  const strategy = random.pick(plans).penalty;
  const fitting = plans.filter(({ penalty }) => penalty === strategy);
  const count = random.chance(0.1) ? 0 : random.int(1, 3);
  const addOns = [...ADD_ONS];
  const recurringFees = Array.from({ length: count }, () => {
    const addOnProduct = random.chance(0.6) ? addOns.splice(random.int(0, addOns.length - 1), 1)[0] : undefined;
    const plan = random.pick(fitting);
    const discount = discounted ? aimedDiscount(random, plan) : "0";
    return { subscription: plan.name, ...(addOnProduct === undefined ? {} : { addOnProduct }), discount };
  });
  const oneTimeFees = generateOneTime(random, currency, discounted, count === 0 ? 1 : 0);
  const transferFee = has.has("TRANSFER") && random.chance(0.6) ? { transferFee: feeIn(random, currency) } : {};
  return { name, currency, discountPeriods, ...transferFee, oneTimeFees, recurringFees };
}

/** Mostly no more than the smallest fee, sometimes that fee itself; never more than every fee: that offer is refused. */
function aimedDiscount(random: Random, plan: Subscription): string {
  const fees = Object.values(plan.recurringFees);
  const fee = fees.reduce((least, other) => (thousandths(other) < thousandths(least) ? other : least));
  if (plan.minimumPeriods === null && random.chance(0.8)) return "0";
  if (random.chance(0.08)) return fee;
  const most = random.chance(0.95) ? thousandths(fee) : Math.max(...fees.map(thousandths));
  const fitting = (DISCOUNTS[plan.currency] ?? []).filter((discount) => thousandths(discount) <= most);
  return random.maybe(fitting) ?? "0";
}

/** Good enough to aim: amounts of the lists above compare right in thousandths. */
function thousandths(amount: string): number {
  const [units = "0", fraction = ""] = amount.split(".");
  return parseInt(units, 10) * 1000 + parseInt(fraction.padEnd(3, "0"), 10);
}

export function generateOneTime(random: Random, currency: string, discounted: boolean, least: number): OneTimeRow[] {
  return ["Router", "TV set"].slice(0, random.pick([least, least, 1, 2])).map((description) => {
    const fee = feeIn(random, currency);
    const fitting = (DISCOUNTS[currency] ?? []).filter((discount) => thousandths(discount) <= thousandths(fee));
    const discount = discounted && random.chance(0.6) ? random.pick([fee, ...fitting]) : "0";
    return { description, service: "Any", fee, discount };
  });
}

/** Where each day begins, and where it ends. */
export const [FIRST_ZONE, LAST_ZONE] = ["Pacific/Kiritimati", "Pacific/Pago_Pago"];
export const ZONES = ["Pacific/Auckland", "Europe/Berlin", "America/Vancouver", "Pacific/Honolulu", "Asia/Kolkata"];

/** @param counts how many there may be */
export function generateCustomers(
  random: Random,
  currency: string,
  types: BillingPeriod[],
  has: Capabilities,
  counts: readonly number[] = has.has("TRANSFER") ? [1, 2, 2] : [1, 1, 2],
): Customer[] {
  const count = random.pick(counts);
  let accounts = Math.max(count, random.pick([1, 2, 2, 3]));
  const zone = has.has("PERIODS") && random.chance(0.3) ? { timeZone: random.pick(ZONES) } : {};
  return ["Ona", "Jonas", "Petras"].slice(0, count).map((name, i): Customer => {
    const own = i === 0 || i < count - 1 ? random.int(1, accounts - (count - 1 - i)) : accounts;
    accounts -= own;
    const billingPeriod = random.pick(types);
    const isAnniversary = billingPeriod === "MONTHLY_ANNIVERSARY";
    return {
      name,
      // Nothing fits a customer of another currency: the first one never is.
      currency: i > 0 && random.chance(0.05) ? (OTHER[currency] ?? currency) : currency,
      billingPeriod,
      ...(isAnniversary && random.chance(0.7) ? { anniversaryDay: random.pick(ANNIVERSARIES) } : {}),
      ...zone,
      ...(random.chance(has.has("COLLECTION") ? 0.85 : 0.5) ? { class: random.pick(CLASSES) } : {}),
      ...(has.has("MONEY") && random.chance(0.8) ? { contact: { email: `${name.toLowerCase()}@example.com` } } : {}),
      accounts: Array.from({ length: own }, (_, n) => ({
        id: `${i + 1}00${n + 1}`,
        mainProduct: random.chance(0.85) ? "Full" : "Basic",
      })),
    };
  });
}

export const ANNIVERSARIES = [1, 2, 15, 28, 29, 30, 31];
