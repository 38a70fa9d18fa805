import { closeWithCustomer } from "#domain/accounts/decide.js";
import { addDays, earlier } from "#domain/calendar.js";
import { classTermsOf } from "#domain/billing/class-terms.js";
import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { withLines } from "#domain/billing/ledger.js";
import { periodLines, totalOf } from "#domain/billing/period.js";
import { terminateWithClosing } from "#domain/commitments/terminate.js";
import { billingPeriodOf, todayOf } from "#domain/customers/customer.js";
import { type Billed, type World } from "./world.js";

/** As the worker does it: closes every period that has ended, each customer's in order. */
export const closeEnded = (world: World): void => {
  for (const [customerId, billed] of world.customers) {
    const customer = billed.stream.state;
    if (!customer) continue;
    const today = todayOf(customer, world.now);
    while (billed.nextEnd !== null && billed.nextEnd <= today) closePeriod(world, customerId, billed);
  }
};

const closePeriod = (world: World, customerId: string, billed: Billed): void => {
  const history = world.history(customerId);
  const period = billingPeriodOf(history.customer, addDays(billed.nextEnd ?? "", -1));
  const lines = periodLines(history, period, billed.sealed, billed.closedTo);
  world.closes.push({
    customer: customerId,
    period,
    lines,
    total: totalOf(lines, history.customer.currency),
    due: addDays(period.to, classTermsOf(history, period).graceDays),
    sealedBefore: billed.sealed,
    closedToBefore: billed.closedTo,
  });
  billed.sealed = withLines(billed.sealed, lines);
  billed.closedTo = period.to;
  billed.nextEnd = billingPeriodOf(history.customer, period.to).to;
};

/** As the billing feed does it: before the first close, the earliest start decides which period closes first. */
export const openFirstPeriod = (world: World, customerId: string, start: string): void => {
  const billed = world.billed(customerId);
  const customer = billed.stream.state;
  if (billed.closedTo !== null || !customer) return;
  const end = billingPeriodOf(customer, start).to;
  billed.nextEnd = billed.nextEnd === null ? end : earlier(billed.nextEnd, end);
};

/** As the worker does it: what a closing left is closed and terminated. */
export const settleLeftovers = (world: World): void => {
  for (const account of world.everyAccount) {
    const closedOn = world.customers.get(account.state?.customerId ?? "")?.stream.state?.closedOn ?? null;
    if (closedOn !== null) account.append(closeWithCustomer({ closedOn }, account.state));
  }
  for (const commitment of world.commitments.values()) {
    const { state } = commitment;
    if (!state) continue;
    const billing = world.billing(state.customerId);
    const { history } = billing;
    const customerClosed = history.customer.closedOn;
    const accountClosed = history.accounts.get(state.accountId)?.closedOn ?? null;
    const byAccount = accountClosed !== null && (customerClosed === null || accountClosed < customerClosed);
    const closedOn = byAccount ? accountClosed : customerClosed;
    if (closedOn === null) continue;
    const reason = byAccount ? "ACCOUNT_CLOSED" : "CUSTOMER_CLOSED";
    commitment.append(terminateWithClosing({ closedOn, reason }, state, { quote: quoteEarlyTermination(billing) }));
  }
};
