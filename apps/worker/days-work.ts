import { type Instant } from "#domain/calendar.js";
import { type Provider } from "#domain/provider/provider.js";
import { closeDue } from "./close/close-due.js";
import { type Context } from "./context.js";
import { settleLeftovers } from "./leftovers.js";
import { numberInvoices } from "./numberer.js";

/**
 * The work of a moment, phase by phase for all customers (domain.md 5): what closings left, closes, numbers. When it
 * returns, the read models show it.
 */
export const daysWork = async (context: Context, provider: Provider, now: Instant): Promise<void> => {
  const { projections, store } = context;
  await settleLeftovers(context, provider.providerId, now);
  await closeDue(context, provider.providerId, now);
  await numberInvoices(context, provider.providerId, provider.invoiceNumberPrefix, now);
  await projections.reached(await store.tail());
};
