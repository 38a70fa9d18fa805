import { type BillingPeriod, BILLING_PERIODS } from "../../frame/billing-choices.js";
import { oneOf, short, textIn } from "../../frame/search-params.js";

/** What a list of the catalog has in its address. */
export interface CatalogSearch {
  readonly name?: string | undefined;
}

export const readCatalogSearch = (given: Readonly<Record<string, unknown>>): CatalogSearch =>
  short({ name: textIn(given["name"]) });

export const STATUSES = ["ON_SALE", "WITHDRAWN"] as const;

/** What the list of offers has in its address. */
export interface OffersSearch extends CatalogSearch {
  readonly status?: (typeof STATUSES)[number] | undefined;
}

export const readOffersSearch = (given: Readonly<Record<string, unknown>>): OffersSearch =>
  short({ name: textIn(given["name"]), status: oneOf(given["status"], STATUSES) });

/** What the page of an offer has in its address. */
export interface OfferSearch {
  /** The billing period type for which it says what the offer costs; left out: monthly. */
  readonly period?: BillingPeriod | undefined;
}

export const readOfferSearch = (given: Readonly<Record<string, unknown>>): OfferSearch =>
  short({ period: oneOf(given["period"], BILLING_PERIODS) });
