import { type Instant } from "#domain/calendar.js";
import { type Provider } from "#domain/providers/provider.js";
import { nextAgenda } from "#read-models/billing/due.js";
import { requireNotStalled } from "#read-models/runner/stalls.js";
import { type Context } from "../context.js";
import { numberInvoices } from "../numbering/number-invoices.js";
import { alone, type Lead } from "../sharing.js";
import { momentsWork } from "./moments-work.js";
import { tasksSettled } from "./tasks-settled.js";

/**
 * All work that is due by the clock's time: what processors have to do, then moment by moment, however many have passed
 * since the last time, and at each phase by phase for all customers: transitions, closes, numbers
 * (docs/rules.md#order-of-a-day). It starts when the feed shows all that was recorded before; when it returns, the read
 * models show what it did.
 * @throws LeadLost, ProviderStalled
 */
export const daysWork = async (
  context: Context,
  provider: Provider,
  now: Instant,
  lead: Lead = alone,
): Promise<void> => {
  const { projections, store, dataSource, log } = context;
  const { providerId, invoiceNumberPrefix: prefix } = provider;
  await tasksSettled(context, providerId, now, lead);
  for (;;) {
    // What time does would be derived from rows that do not show all that was recorded.
    await requireNotStalled(dataSource, providerId);
    const agenda = await nextAgenda(dataSource, providerId);
    if (agenda === null || agenda.moment > now) break;
    const done = await momentsWork(context, { provider, agenda, now, lead, tail: await store.tail() });
    await projections.reached(done.position, ["billing"], providerId);
    await numberInvoices(context, { provider: providerId, prefix, now, term: lead.term });
    // A close that failed was parked and is passed over from now on; anything else would come up again and again.
    if (!done.progress && (await nextAgenda(dataSource, providerId))?.moment === agenda.moment) {
      log(`nothing was done of what was due at ${agenda.moment} for provider ${providerId}`);
      break;
    }
  }
  // What a worker that was cut off had closed may have no number yet.
  await numberInvoices(context, { provider: providerId, prefix, now, term: lead.term });
  await projections.reached(await store.tail(), undefined, providerId);
};
