import { amountOverdueOn, unpaidOf } from "#domain/collection/collection.js";
import { nextSteps } from "#domain/collection/next-steps.js";
import { type Instant } from "#domain/calendar.js";
import { nonPaymentSuspensionOn, todayOf } from "#domain/customers/customer.js";
import { format, ZERO } from "#domain/money.js";
import { type CustomersCollection } from "#read-models/billing/due-steps.js";
import { type Plain } from "../graphql/plain.js";
import { type Collection } from "./models.js";

/** Of a customer that was never billed, and of which collection was told nothing. */
export const nothingToCollect = (currency: string): Plain<Collection> => ({
  ...{ oldestUnpaidInvoiceId: null, amountOverdue: format(ZERO, currency), promisedBy: null, exempt: false },
  ...{ suspendedForNonPaymentSince: null, nextSteps: [] },
});

export const collectionShown = ({ customer, standing }: CustomersCollection, now: Instant): Plain<Collection> => {
  const { collection } = standing;
  const today = todayOf(customer, now);
  return {
    oldestUnpaidInvoiceId: unpaidOf(collection)[0]?.invoiceId ?? null,
    amountOverdue: amountOverdueOn(collection, today, customer.currency),
    promisedBy: collection.promise?.by ?? null,
    exempt: collection.exempt,
    suspendedForNonPaymentSince: nonPaymentSuspensionOn(customer, today)?.effectiveOn ?? null,
    nextSteps: nextSteps(standing).map(({ kind, on, invoice, afterDays }) => ({
      ...{ kind, on, afterDays },
      invoiceId: invoice.invoiceId,
    })),
  };
};
