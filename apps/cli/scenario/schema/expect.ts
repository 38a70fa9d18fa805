import { type DeliveryKind, deliveryKinds, targetNames } from "#processors/deliveries/target.js";
import { callLegs, unratedReasons } from "#domain/voice/xdr.js";
import { date, flag, instant, listOf, mapping, money, nameOf, text, whole, word } from "./values.js";

export const expectedLine = mapping({
  commitment: nameOf("assigned").nullable().optional().describe("null: of calls"),
  kind: word(["RECURRING", "ONE_TIME", "PENALTY", "PENALTY_WAIVED", "TRANSFER_FEE", "USAGE", "ADJUSTMENT"]).optional(),
  description: text.optional(),
  from: date.optional(),
  until: date.optional(),
  days: whole.optional(),
  periodDays: whole.nullable().optional(),
  fee: money.optional(),
  discount: money.optional(),
  discountOrigin: word(["COMMITMENT", "CUSTOMER_RATE"]).nullable().optional(),
  net: money.optional(),
  calls: whole.nullable().optional().describe("How many it counts; this and what follows: null of other lines"),
  seconds: whole.nullable().optional(),
  chargedSeconds: whole.nullable().optional(),
  late: flag.nullable().optional().describe("Of periods that were closed before the calls were known"),
});

export const expectedInvoice = mapping({
  customer: nameOf("customer"),
  issued: date.describe("The day after its period; of a reissue the day of its order"),
  total: money.optional(),
  state: word(["UNPAID", "PARTIALLY_PAID", "PAID", "OVERDUE", "VOID", "WRITTEN_OFF"]).optional(),
  due: date.optional(),
  lines: listOf(expectedLine).optional().describe("Complete where given, in any order"),
});

export const expectedCommitment = mapping({
  commitment: nameOf("assigned"),
  status: word(["PENDING", "ACTIVE", "PAUSED", "TERMINATED"]).optional(),
  discountEndDate: date.nullable().optional().describe("The first day without discount"),
  discountsGiven: money.optional(),
});

export const expectedCustomer = mapping({
  customer: nameOf("customer"),
  status: word(["ACTIVE", "SUSPENDED", "CLOSED"]).optional(),
  balanceDue: money.optional(),
});

export const expectedCreditNote = mapping({
  customer: nameOf("customer"),
  issued: date,
  total: money.optional().describe("Below zero"),
  lines: listOf(expectedLine).optional().describe("Complete where given, in any order"),
});

/** Each once: targets share some. */
const deliveredKinds = [...new Set(targetNames.flatMap((target): readonly DeliveryKind[] => deliveryKinds[target]))];

export const expectedDelivery = mapping({
  to: word(targetNames),
  event: word(deliveredKinds),
  customer: nameOf("customer"),
  on: date.describe("The event's business date"),
});

export const expectedCall = mapping({
  key: nameOf("call").optional(),
  account: nameOf("account").optional(),
  leg: word(callLegs).optional(),
  from: text.nullable().optional().describe("The caller's number; null: hidden"),
  to: text.optional(),
  answered: instant.optional(),
  day: date.optional().describe("The customer's, of the answer"),
  tariff: nameOf("tariff").nullable().optional(),
  prefix: text.nullable().optional().describe("Of the rate; null: unrated"),
  seconds: whole.nullable().optional(),
  chargedSeconds: whole.nullable().optional(),
  amount: money.nullable().optional(),
  state: word(["RATED", "UNRATED"]).optional(),
  reason: word(unratedReasons).nullable().optional().describe("Why it has no amount"),
});

export const expectations = mapping({
  invoices: listOf(expectedInvoice).optional().describe("The complete list"),
  creditNotes: listOf(expectedCreditNote).optional().describe("The complete list"),
  commitments: listOf(expectedCommitment).optional(),
  customers: listOf(expectedCustomer).optional(),
  outbound: listOf(expectedDelivery)
    .optional()
    .describe("The complete list of each target that it names; empty: nothing is delivered"),
  calls: listOf(expectedCall).optional().describe("The complete list, by answer, account, leg"),
});
