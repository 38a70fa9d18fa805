import { feePeriods } from "#domain/calendar.js";
import { penaltyStrategies } from "#domain/catalog/events.js";
import { roundingModes } from "#domain/money.js";
import {
  type AddOnProductItem,
  type Catalog,
  type CustomerClassItem,
  type Fees,
  type MainProductItem,
  type OfferItem,
  type OneTimeFeeItem,
  type RecurringFeeItem,
  type Refusable,
  type SubscriptionItem,
  type VolumeDiscountPlanItem,
} from "../items.js";
import { type NameKind, type Names } from "./names.js";
import { listOf, Mapping, type Place, type Reader } from "./place.js";
import { flag, money, nullable, onlyDefault, rejectionCode, text, whole, word } from "./values.js";

const SECTIONS = [
  "volumeDiscountPlans",
  "subscriptions",
  "addOnProducts",
  "mainProducts",
  "customerClasses",
  "commitments",
];

/** Reads the catalog in the order in which its parts refer to each other, whatever their order in the file. */
export const readCatalog = (at: Place, names: Names): Catalog => {
  const catalog = new Mapping(at, SECTIONS);
  return {
    volumeDiscountPlans: catalog.list("volumeDiscountPlans", "a volume discount plan", volumeDiscountPlan(names)),
    addOnProducts: catalog.list("addOnProducts", "an add-on product", addOnProduct(names)),
    subscriptions: catalog.list("subscriptions", "a subscription", subscription(names)),
    mainProducts: catalog.list("mainProducts", "a main product", mainProduct(names)),
    customerClasses: catalog.list("customerClasses", "a customer class", customerClass(names)),
    commitments: catalog.list("commitments", "a commitment", offer(names)),
  };
};

export const EMPTY_CATALOG: Catalog = {
  volumeDiscountPlans: [],
  addOnProducts: [],
  subscriptions: [],
  mainProducts: [],
  customerClasses: [],
  commitments: [],
};

/**
 * The name of an item, given before its other fields are read: what refers to it is not wrong because they are. One
 * that must be rejected does not come into being, so its name is not given.
 */
export const readNamed = (item: Mapping, kind: NameKind, names: Names): Refusable & { readonly name: string } => {
  const rejected = item.optional("rejected", rejectionCode);
  const name = item.required("name", rejected === undefined ? (at) => names.define(kind, at) : text);
  return { name, rejected, line: item.at.line };
};

const volumeDiscountPlan =
  (names: Names): Reader<VolumeDiscountPlanItem> =>
  (at) => {
    const item = new Mapping(at, ["name", "service", "quota", "unit", "rejected"]);
    return {
      ...readNamed(item, "volumeDiscountPlan", names),
      service: item.required("service", text),
      quota: item.required("quota", money),
      unit: item.required("unit", text),
    };
  };

const addOnProduct =
  (names: Names): Reader<AddOnProductItem> =>
  (at) => {
    const item = new Mapping(at, ["name", "service", "quota", "volumeDiscountPlan", "rejected"]);
    const named = readNamed(item, "addOnProduct", names);
    if (item.has("quota") && item.has("volumeDiscountPlan")) {
      item.place("volumeDiscountPlan").refuse(`an add-on product has either "quota" or "volumeDiscountPlan"`);
    }
    return {
      ...named,
      service: item.required("service", text),
      quota: item.optional("quota", text) ?? null,
      volumeDiscountPlan: item.optional("volumeDiscountPlan", names.reference("volumeDiscountPlan")) ?? null,
    };
  };

export const recurringFeesByPeriod: Reader<Fees> = (at) => {
  const fees = new Mapping(at, feePeriods);
  return Object.fromEntries(
    feePeriods.flatMap((period) => {
      const fee = fees.optional(period, money);
      return fee === undefined ? [] : [[period, fee]];
    }),
  );
};

const subscription =
  (names: Names): Reader<SubscriptionItem> =>
  (at) => {
    const item = new Mapping(at, [
      "name",
      "currency",
      "recurringFees",
      "minimumPeriods",
      "penalty",
      "penaltyAmount",
      "prorateFirst",
      "prorateLast",
      "rejected",
    ]);
    const named = readNamed(item, "subscription", names);
    const penalty = item.optional("penalty", word(penaltyStrategies)) ?? "SUM_OF_DISCOUNTS";
    return {
      ...named,
      currency: item.required("currency", text),
      recurringFees: item.required("recurringFees", recurringFeesByPeriod),
      minimumPeriods: item.optional("minimumPeriods", nullable(whole)) ?? null,
      penalty,
      penaltyAmount: item.optional("penaltyAmount", nullable(money)) ?? null,
      prorateFirst: item.optional("prorateFirst", flag) ?? true,
      prorateLast: item.optional("prorateLast", flag) ?? true,
    };
  };

const mainProduct =
  (names: Names): Reader<MainProductItem> =>
  (at) => {
    const item = new Mapping(at, ["name", "addOnProducts", "rejected"]);
    return {
      ...readNamed(item, "mainProduct", names),
      addOnProducts: item.list("addOnProducts", "an add-on product", names.reference("addOnProduct")),
    };
  };

const customerClass =
  (names: Names): Reader<CustomerClassItem> =>
  (at) => {
    const days = nullable(whole);
    const later: [field: string, check: Reader<void>][] = [
      ["suspendAfterDays", onlyDefault("suspendAfterDays", days, null)],
      ["terminateAfterDays", onlyDefault("terminateAfterDays", days, null)],
      ["remindAfterDays", onlyDefault("remindAfterDays", listOf("a number of days", whole), [])],
      ["warnBeforeSuspensionDays", onlyDefault("warnBeforeSuspensionDays", days, 3)],
      ["warnBeforeEndDays", onlyDefault("warnBeforeEndDays", days, 30)],
    ];
    const item = new Mapping(at, ["name", "graceDays", ...later.map(([field]) => field), "rounding", "rejected"]);
    const named = readNamed(item, "customerClass", names);
    for (const [field, check] of later) item.optional(field, check);
    return {
      ...named,
      graceDays: item.optional("graceDays", whole) ?? 14,
      rounding: item.optional("rounding", word(roundingModes)) ?? "HALF_UP",
    };
  };

export const recurringFee =
  (names: Names): Reader<RecurringFeeItem> =>
  (at) => {
    const row = new Mapping(at, ["subscription", "addOnProduct", "discount"]);
    return {
      subscription: row.required("subscription", names.reference("subscription")),
      addOnProduct: row.optional("addOnProduct", nullable(names.reference("addOnProduct"))) ?? null,
      discount: row.optional("discount", money) ?? "0",
    };
  };

export const oneTimeFee: Reader<OneTimeFeeItem> = (at) => {
  const row = new Mapping(at, ["description", "service", "fee", "discount"]);
  return {
    description: row.required("description", text),
    service: row.required("service", text),
    fee: row.required("fee", money),
    discount: row.optional("discount", money) ?? "0",
  };
};

const offer =
  (names: Names): Reader<OfferItem> =>
  (at) => {
    const item = new Mapping(at, [
      "name",
      "currency",
      "discountPeriods",
      "transferFee",
      "oneTimeFees",
      "recurringFees",
      "rejected",
    ]);
    return {
      ...readNamed(item, "offer", names),
      currency: item.required("currency", text),
      discountPeriods: item.optional("discountPeriods", nullable(whole)) ?? null,
      transferFee: item.optional("transferFee", money) ?? "0",
      oneTimeFees: item.list("oneTimeFees", "a one-time fee", oneTimeFee),
      recurringFees: item.list("recurringFees", "a recurring fee", recurringFee(names)),
    };
  };
