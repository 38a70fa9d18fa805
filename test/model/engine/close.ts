import { type Account, accountEvolver } from "#domain/accounts/account.js";
import { closeWithCustomer } from "#domain/accounts/decide.js";
import { identifierEvolver, releaseIdentifier } from "#domain/accounts/identifier.js";
import { addDays, dateOf } from "#domain/calendar.js";
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
import { sumUsage } from "./usage.js";
import { type World } from "./world.js";

/** As the worker does it: closes every period that has ended, each customer's in order. */
export const closeEnded = async (world: World): Promise<void> => {
  for (const { customerId } of world.closesNext()) {
    for (;;) {
      const customer = world.all("customer").get(customerId);
      const end = world.closesNext().find((each) => each.customerId === customerId)?.on;
      if (!customer || end === undefined || end > todayOf(customer, world.now)) break;
      await closePeriod(world, customerId, end);
    }
  }
};

const closePeriod = async (world: World, customerId: string, end: string): Promise<void> => {
  const before = world.billing(customerId);
  const period = billingPeriodOf(before.history.customer, addDays(end, -1));
  const billing = (await sumUsage(world, before.usageAccounts, period)) ? world.billing(customerId) : before;
  const events = closeOf(billing, period, periodLines(billing, period));
  await world.settle("receivables", customerId, receivablesEvolver, () => events);
  follow(world);
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
