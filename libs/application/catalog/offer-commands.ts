import { type OneTimeFee, type RecurringFee } from "#domain/catalog/events.js";
import {
  defineOffer,
  deleteOffer,
  offerEvolver,
  type OfferFacts,
  reviseOffer,
  putOfferBackOnSale,
  withdrawOffer,
} from "#domain/catalog/offer.js";
import { commandsOn } from "../command/definition.js";
import { type FactSource } from "../command/facts.js";
import { catalogDay } from "./commands.js";

/* Inputs of the commands on offers. A field left out keeps its value, or takes its default. */

export interface OneTimeFeeRow {
  readonly description: string;
  readonly service: string;
  readonly fee: string;
  readonly discount?: string;
}
export interface RecurringFeeRow {
  readonly planId: string;
  readonly addOnProductId?: string | null;
  readonly discount?: string;
}
interface OfferTerms {
  readonly description?: string | null;
  readonly discountPeriods?: number | null;
  readonly transferFee?: string;
  readonly oneTimeFees?: readonly OneTimeFeeRow[];
  readonly recurringFees?: readonly RecurringFeeRow[];
}
export interface DefineOffer extends OfferTerms {
  readonly name: string;
  readonly currency: string;
}
export interface ReviseOffer extends OfferTerms {
  readonly offerId: string;
  readonly name?: string;
}
export interface WithdrawOffer {
  readonly offerId: string;
}
export interface PutOfferBackOnSale {
  readonly offerId: string;
}
export interface DeleteOffer {
  readonly offerId: string;
}

const command = commandsOn("offer", offerEvolver);

export const offerCommands = {
  defineOffer: command({
    target: (_input: DefineOffer, { newId }) => newId("offer"),
    facts: ({ recurringFees = [] }, { facts, providerId }) => factsOf(facts, providerId, recurringRows(recurringFees)),
    decide: (input, { id, now, facts }) => {
      const { description = null, discountPeriods = null, transferFee = "0", ...rest } = input;
      const oneTimeFees = oneTimeRows(input.oneTimeFees ?? []);
      const recurringFees = recurringRows(input.recurringFees ?? []);
      const terms = { ...rest, description, discountPeriods, transferFee, oneTimeFees, recurringFees };
      return defineOffer({ offerId: id, ...terms, on: catalogDay(now) }, facts);
    },
  }),
  reviseOffer: command({
    target: ({ offerId }: ReviseOffer) => offerId,
    facts: ({ recurringFees }, { state, facts, providerId }) =>
      factsOf(facts, providerId, recurringFees ? recurringRows(recurringFees) : (state?.recurringFees ?? [])),
    decide: ({ offerId: _, oneTimeFees, recurringFees, ...rest }, { state, now, facts }) => {
      const changes = {
        ...rest,
        ...(oneTimeFees && { oneTimeFees: oneTimeRows(oneTimeFees) }),
        ...(recurringFees && { recurringFees: recurringRows(recurringFees) }),
      };
      return reviseOffer({ ...changes, on: catalogDay(now) }, state, facts);
    },
  }),
  withdrawOffer: command({
    target: ({ offerId }: WithdrawOffer) => offerId,
    decide: (_input, { state, now }) => withdrawOffer({ on: catalogDay(now) }, state),
  }),
  putOfferBackOnSale: command({
    target: ({ offerId }: PutOfferBackOnSale) => offerId,
    decide: (_input, { state, now }) => putOfferBackOnSale({ on: catalogDay(now) }, state),
  }),
  deleteOffer: command({
    target: ({ offerId }: DeleteOffer) => offerId,
    facts: async ({ offerId }, { facts, providerId }) => ({
      everAssigned: await facts.wasEverAssigned(providerId, offerId),
    }),
    decide: (_input, { state, now, facts }) => deleteOffer({ on: catalogDay(now) }, state, facts),
  }),
};

const factsOf = (source: FactSource, providerId: string, rows: readonly RecurringFee[]): Promise<OfferFacts> =>
  source.offerRows(
    providerId,
    rows.flatMap(({ subscriptionId, addOnProductId }) =>
      addOnProductId === null ? [subscriptionId] : [subscriptionId, addOnProductId],
    ),
  );

const oneTimeRows = (rows: readonly OneTimeFeeRow[]): OneTimeFee[] =>
  rows.map(({ description, service, fee, discount = "0" }) => ({ description, service, fee, discount }));

const recurringRows = (rows: readonly RecurringFeeRow[]): RecurringFee[] =>
  rows.map(({ planId, addOnProductId = null, discount = "0" }) => ({
    subscriptionId: planId,
    addOnProductId,
    discount,
  }));
