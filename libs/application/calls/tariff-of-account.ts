import { type Account } from "#domain/accounts/account.js";
import { type Instant } from "#domain/calendar.js";
import { todayOf } from "#domain/customers/customer.js";
import { addOnProductsOf } from "#domain/entitlements/entitlements.js";
import { effectiveVoice } from "#domain/voice/in-service.js";
import { type CallLeg } from "#domain/voice/xdr.js";
import { type FactSource } from "../command/facts.js";
import { Unavailable } from "../command/unavailable.js";

/**
 * The tariff of an account for calls of a leg, its own or that of the product that gives calls, on the customer's day
 * of an instant (docs/rules.md#voice); null: it has none.
 */
export const tariffOfAccount = async (
  facts: FactSource,
  providerId: string,
  { accountId, customerId, mainProducts }: Account,
  leg: CallLeg,
  answered: Instant,
): Promise<string | null> => {
  const history = (await facts.billing(providerId, customerId))?.history;
  if (!history) throw new Unavailable("The read models do not know the customer yet; try again.");
  const products = [...addOnProductsOf(history, accountId), ...mainProducts.map((one) => one.mainProductId)];
  const catalog = await facts.voiceProducts(providerId, products);
  const { service } = effectiveVoice(history, accountId, todayOf(history.customer, answered), catalog);
  return leg === "IN" ? service.incomingTariffId : service.outgoingTariffId;
};
