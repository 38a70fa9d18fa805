import { type Instant } from "#domain/calendar.js";
import { type Provider } from "#domain/providers/provider.js";
import { nextDueWork } from "#read-models/billing/due.js";
import { requireNotStalled } from "#read-models/runner/stalls.js";
import { type Context } from "../context.js";
import { numberInvoices } from "../numbering/number-invoices.js";
import { alone, type Lead } from "../sharing.js";
import { momentsSteps } from "./moments-steps.js";
import { momentsWork } from "./moments-work.js";
import { tasksSettled } from "./tasks-settled.js";

/**
 * Does all work that is due by the clock's time: tasks of processors, then moment by moment the phases for all
 * customers: signals, period closes, numbers, steps of collection (docs/rules.md#order-of-a-day). It starts when the
 * feed shows all events recorded before; when it returns, the read models show its events.
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
    // Signals and closes would be computed from rows that lack recorded events.
    await requireNotStalled(dataSource, providerId);
    const due = await nextDueWork(dataSource, providerId);
    if (due === null || due.moment > now) break;
    const done = await momentsWork(context, { provider, due, now, lead, tail: await store.tail() });
    await projections.reached(done.position, ["billing"], providerId);
    await numberInvoices(context, { provider: providerId, prefix, now, term: lead.term });
    const collected = await momentsSteps(context, { provider, due, now, lead });
    // A close that failed is parked and no longer due; without progress anything else would be due again without end.
    if (!done.progress && !collected && (await nextDueWork(dataSource, providerId))?.moment === due.moment) {
      log(`nothing was done of what was due at ${due.moment} for provider ${providerId}`);
      break;
    }
  }
  // Periods closed by an interrupted worker may have no numbers yet.
  await numberInvoices(context, { provider: providerId, prefix, now, term: lead.term });
  await projections.reached(await store.tail(), undefined, providerId);
};
