import { type Instant } from "#domain/calendar.js";
import { type Provider } from "#domain/provider/provider.js";
import { closeDue } from "./close/close-due.js";
import { type Context } from "./context.js";
import { settleLeftovers } from "./leftovers.js";
import { numberInvoices } from "./numberer.js";

/**
 * The work of a moment, phase by phase for all customers (domain.md 5): what closings left, closes, numbers. It starts
 * when the feed shows all that was recorded before; when it returns, the read models show what it did.
 */
export const daysWork = async (context: Context, provider: Provider, now: Instant): Promise<void> => {
  const { projections, store } = context;
  await projections.reached(await store.tail(), ["billing", "identifiers"]);
  await settleLeftovers(context, provider.providerId, now);
  await closeDue(context, provider.providerId, now);
  await numberInvoices(context, provider.providerId, provider.invoiceNumberPrefix, now);
  await projections.reached(await store.tail());
};
