import { redirectActions } from "#domain/catalog/service-policy.js";
import { sipTransports } from "#domain/catalog/voice-service.js";
import { languages } from "#domain/language.js";
import { durationRoundings, rateKeys } from "#domain/voice/rate-version.js";
import { flag, instant, listOf, mapping, money, nameOf, rejectionCode, text, whole, word } from "./values.js";

/** What is left out is as the API has it: from now on, without a fee, by the second, no flag. */
export const rate = mapping({
  prefix: text.describe("Digits; empty: the default rate, which hidden numbers have too"),
  description: text.nullable().optional(),
  country: text.nullable().optional().describe("ISO 3166-1 alpha-2"),
  effectiveFrom: instant.optional(),
  priceFirst: money.describe("Per minute of the first interval"),
  priceNext: money.describe("Per minute of further intervals"),
  connectFee: money.optional(),
  firstInterval: whole.optional().describe("Seconds that are charged at least"),
  nextInterval: whole.optional().describe("Steps in which the charge goes on, in seconds"),
  discontinued: flag.optional().describe("The prefix no longer matches; a shorter one may"),
  forbidden: flag.optional().describe("As the longest match it refuses the call"),
  hidden: flag.optional().describe("Customers do not see it"),
  payback: flag.optional().describe("Amounts are negative"),
});

export const tariff = mapping({
  name: text,
  currency: text,
  matchBy: word(rateKeys)
    .default("CLD")
    .describe("The number by which a rate is found: the called one, or the caller's"),
  duration: word(durationRoundings).default("NEAREST").describe("How lengths of calls are rounded to seconds"),
  rates: listOf(rate).default([]),
  rejected: rejectionCode.optional(),
});

export const servicePolicy = mapping({
  name: text,
  redirectAction: word(redirectActions).nullable().default(null).describe("null: not enabled"),
  trustedNetworks: listOf(text)
    .nullable()
    .default(null)
    .describe("IP addresses, domain names, networks; null: not enabled"),
  rejected: rejectionCode.optional(),
});

/** What calls of accounts need to know. What an account leaves out it has from its product. */
export const voice = mapping({
  policy: nameOf("servicePolicy").optional(),
  incomingTariff: nameOf("tariff").optional(),
  outgoingTariff: nameOf("tariff").optional(),
  maxCalls: whole.optional().describe("At the same time"),
  maxSeconds: whole.optional().describe("Of the longest call"),
  sipContact: mapping({ host: text, port: whole.optional(), transport: word(sipTransports).optional() }).optional(),
  language: word(languages).optional().describe("Of announcements"),
});
