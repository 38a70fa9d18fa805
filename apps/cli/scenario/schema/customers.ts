import { type z } from "zod";
import { billingPeriodTypes } from "#domain/billing-periods.js";
import { isTimeZone } from "#domain/calendar.js";
import { voice } from "./voice.js";
import { listOf, mapping, nameOf, notATimeZone, rejectionCode, text, whole, word } from "./values.js";

const account = mapping({
  id: text,
  mainProduct: nameOf("mainProduct"),
  voice: voice.optional().describe("Its own; what is left out it has from its product"),
});

/** A null field is removed, an absent one keeps its value. */
export const contact = mapping({
  email: text.nullable().optional(),
  phone: text.nullable().optional(),
  domain: text.nullable().optional(),
});

/** Of a customer that is created; one that is not allowed counts as none. */
export const anniversaryDay = whole.min(1).max(31);

export const customer = mapping({
  name: text,
  currency: text,
  billingPeriod: word(billingPeriodTypes),
  anniversaryDay: whole
    .nullable()
    .default(null)
    .describe("Of MONTHLY_ANNIVERSARY: 1 to 31; left out, the day of the first step"),
  timeZone: text.optional().describe("An IANA time zone; left out, the file's"),
  class: nameOf("customerClass").optional(),
  contact: contact.default({}),
  accounts: listOf(account).default([]),
  rejected: rejectionCode.optional(),
}).superRefine((given, context) => {
  const { timeZone, billingPeriod, anniversaryDay } = given;
  const refuse = (key: string, message: string): void => {
    context.addIssue({ code: "custom", path: [key], message });
  };
  // For a customer that must be rejected any value is allowed: the server rejects it.
  if (given.rejected !== undefined) return;
  if (timeZone !== undefined && !isTimeZone(timeZone)) refuse("timeZone", notATimeZone(timeZone));
  if (anniversaryDay === null) return;
  if (anniversaryDay < 1 || anniversaryDay > 31) {
    refuse("anniversaryDay", "{it} must be a day from 1 to 31, not {value}");
  } else if (billingPeriod !== "MONTHLY_ANNIVERSARY") {
    refuse("anniversaryDay", "{it} goes with the billing period MONTHLY_ANNIVERSARY");
  }
});

export type ContactFields = Readonly<z.output<typeof contact>>;
