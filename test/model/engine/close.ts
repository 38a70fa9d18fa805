import { type Account, accountEvolver } from "#domain/accounts/account.js";
import { closeWithCustomer } from "#domain/accounts/decide.js";
import { identifierEvolver, releaseIdentifier } from "#domain/accounts/identifier.js";
import { addDays, dateOf, earlier } from "#domain/calendar.js";
import { classTermsOf } from "#domain/billing/class-terms.js";
import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { NOTHING_BILLED, withLines } from "#domain/billing/ledger.js";
import { periodLines, totalOf } from "#domain/billing/period.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { terminateWithClosing } from "#domain/commitments/terminate.js";
import { billingPeriodOf, todayOf } from "#domain/customers/customer.js";
import { type Billed, type World } from "./world.js";

/** As the worker does it: closes every period that has ended, each customer's in order. */
export const closeEnded = (world: World): void => {
  for (const [customerId, billed] of world.billed) {
    const customer = world.all("customer").get(customerId);
    if (!customer) continue;
    const today = todayOf(customer, world.now);
    while (billed.nextEnd !== null && billed.nextEnd <= today) closePeriod(world, customerId, billed, billed.nextEnd);
  }
};

const closePeriod = (world: World, customerId: string, billed: Billed, end: string): void => {
  const history = world.history(customerId);
  const period = billingPeriodOf(history.customer, addDays(end, -1));
  const lines = periodLines({ ...NOTHING_BILLED, history, sealed: billed.sealed, closedTo: billed.closedTo }, period);
  world.closes.push({
    customerId,
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
export const openFirstPeriods = (world: World): void => {
  for (const { customerId, start } of world.all("commitment").values()) {
    const billed = world.billedOf(customerId);
    const customer = world.all("customer").get(customerId);
    if (billed.closedTo !== null || !customer) continue;
    const end = billingPeriodOf(customer, start).to;
    billed.nextEnd = billed.nextEnd === null ? end : earlier(billed.nextEnd, end);
  }
};

/** As the worker does it: what a closing left is closed, terminated and released. */
export const settleLeftovers = async (world: World): Promise<void> => {
  for (const account of world.all("account").values()) {
    const closedOn = world.all("customer").get(account.customerId)?.closedOn ?? null;
    if (closedOn === null || account.closedOn !== null) continue;
    await world.settle("account", account.accountId, accountEvolver, (state) => closeWithCustomer({ closedOn }, state));
    await releaseIdentifiers(world, account);
  }
  for (const commitment of world.all("commitment").values()) {
    const customerClosed = world.all("customer").get(commitment.customerId)?.closedOn ?? null;
    const accountClosed = world.all("account").get(commitment.accountId)?.closedOn ?? null;
    const byAccount = accountClosed !== null && (customerClosed === null || accountClosed < customerClosed);
    const closedOn = byAccount ? accountClosed : customerClosed;
    if (closedOn === null || (commitment.termination && commitment.termination.on <= closedOn)) continue;
    const reason = byAccount ? "ACCOUNT_CLOSED" : "CUSTOMER_CLOSED";
    const quote = quoteEarlyTermination(world.billing(commitment.customerId));
    await world.settle("commitment", commitment.commitmentId, commitmentEvolver, (state) =>
      terminateWithClosing({ closedOn, reason }, state, { quote }),
    );
  }
};

const releaseIdentifiers = async (world: World, { accountId, identifierHash, aliases }: Account): Promise<void> => {
  const on = dateOf(world.now, "UTC");
  for (const hash of [identifierHash, ...aliases.map((alias) => alias.identifierHash)]) {
    await world.settle("identifier", hash, identifierEvolver, (state) =>
      releaseIdentifier({ ownerId: accountId, on }, state),
    );
  }
};
