import { type Account, accountEvolver } from "#domain/accounts/account.js";
import { closeWithCustomer } from "#domain/accounts/decide.js";
import { identifierEvolver, releaseIdentifier } from "#domain/accounts/identifier.js";
import { addDays, dateOf, earlier, later, type LocalDate } from "#domain/calendar.js";
import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { periodLines } from "#domain/billing/period.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { endOf } from "#domain/commitments/history.js";
import { holderOn } from "#domain/commitments/holders.js";
import { terminateWithClosing } from "#domain/commitments/terminate.js";
import { billingPeriodOf, todayOf } from "#domain/customers/customer.js";
import { receivablesEvolver } from "#domain/invoicing/receivables.js";
import { closeOf } from "./documents.js";
import { follow } from "./feed.js";
import { type World } from "./world.js";

/** As the worker does it: closes every period that has ended, each customer's in order. */
export const closeEnded = async (world: World): Promise<void> => {
  for (const [customerId, billed] of world.billed) {
    const customer = world.all("customer").get(customerId);
    if (!customer) continue;
    const today = todayOf(customer, world.now);
    while (billed.nextEnd !== null && billed.nextEnd <= today) await closePeriod(world, customerId, billed.nextEnd);
  }
};

const closePeriod = async (world: World, customerId: string, end: string): Promise<void> => {
  world.takeLate();
  const billing = world.billing(customerId);
  const period = billingPeriodOf(billing.history.customer, addDays(end, -1));
  const events = closeOf(billing, period, periodLines(billing, period));
  await world.settle("receivables", customerId, receivablesEvolver, () => events);
  follow(world);
};

/**
 * As the billing feed does it: before the first close, the earliest day on which a commitment is held decides which
 * period closes first, by the billing cycles as they are known now. What had ended then counts as closed, without
 * anything billed, and is corrected by the first close.
 */
export const openFirstPeriods = (world: World): void => {
  const firsts = new Map<string, LocalDate>();
  for (const { holders } of world.all("commitment").values()) {
    for (const { customerId, from } of holders) firsts.set(customerId, earlier(firsts.get(customerId) ?? from, from));
  }
  for (const [customerId, first] of firsts) {
    const billed = world.billedOf(customerId);
    const customer = world.all("customer").get(customerId);
    if (billed.closedTo !== null || !customer) continue;
    const running = billingPeriodOf(customer, todayOf(customer, world.now));
    billed.nextEnd = billingPeriodOf(customer, later(first, running.from)).to;
    if (first < running.from) Object.assign(billed, { closedTo: running.from, movedFrom: first });
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
  const holders = [...world.all("customer").values(), ...world.all("account").values()];
  if (holders.every(({ closedOn }) => closedOn === null)) return;
  for (const commitment of world.all("commitment").values()) {
    const history = world.history(commitment.customerId);
    const closing = endOf({ ...commitment, termination: null }, history);
    if (!closing || (commitment.termination && commitment.termination.on <= closing.on)) continue;
    const { on: closedOn, causes } = closing;
    const customers = [history.customer, ...[...history.others.values()].map(({ customer }) => customer)];
    const byCustomer = customers.some(({ closedEventId }) => closedEventId !== null && causes.includes(closedEventId));
    const reason = byCustomer ? "CUSTOMER_CLOSED" : "ACCOUNT_CLOSED";
    const quote = quoteEarlyTermination(world.billing(holderOn(commitment, closedOn).customerId));
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
