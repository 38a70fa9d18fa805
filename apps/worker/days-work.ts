import { type Instant } from "#domain/calendar.js";
import { type Provider } from "#domain/providers/provider.js";
import { nextDue } from "#read-models/billing/due.js";
import { closeDue } from "./close/close-due.js";
import { type Context } from "./context.js";
import { settleLeftovers } from "./leftovers.js";
import { numberInvoices } from "./numberer.js";
import { signalDue } from "./signals.js";

/**
 * All work that is due by the clock's time: what closings left, then moment by moment, however many have passed since
 * the last time, and at each phase by phase for all customers: transitions, closes, numbers (domain.md 5). It starts
 * when the feed shows all that was recorded before; when it returns, the read models show what it did.
 */
export const daysWork = async (context: Context, provider: Provider, now: Instant): Promise<void> => {
  const { projections, store } = context;
  const { providerId } = provider;
  await projections.reached(await store.tail(), ["billing", "identifiers"]);
  await settleLeftovers(context, providerId, now);
  await projections.reached(await store.tail(), ["billing"]);
  await workThrough(context, provider, now);
  // What a worker that was cut off had closed may have no number yet.
  await number(context, provider, now);
  await projections.reached(await store.tail());
};

const workThrough = async (context: Context, provider: Provider, now: Instant): Promise<void> => {
  const { dataSource, log } = context;
  const { providerId } = provider;
  for (;;) {
    const moment = await nextDue(dataSource, providerId);
    if (moment === null || moment > now) return;
    const signals = await signalDue(context, providerId, moment, now);
    const closed = await closeDue(context, providerId, moment, now);
    await number(context, provider, now);
    // A close that failed was parked and is passed over from now on; anything else would come up again and again.
    if (signals + closed === 0 && (await nextDue(dataSource, providerId)) === moment) {
      log(`nothing was done of what was due at ${moment} for provider ${providerId}`);
      return;
    }
  }
};

const number = (context: Context, { providerId, invoiceNumberPrefix }: Provider, now: Instant): Promise<number> =>
  numberInvoices(context, providerId, invoiceNumberPrefix, now);
