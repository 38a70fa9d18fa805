import { commandOf } from "../../../apps/cli/scenario/play/command-of.js";
import { createCustomer, defineCatalog } from "../../../apps/cli/scenario/play/prepare.js";
import { Refused } from "../../../apps/cli/scenario/client.js";
import { type Scenario, type Step as ScenarioStep } from "../../../apps/cli/scenario/model.js";
import { readScenario } from "../../../apps/cli/scenario/validate/scenario.js";
import { compareText } from "#domain/by-day.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { discountEndOn } from "#domain/commitments/discount-end.js";
import { customerStatus, todayOf } from "#domain/customers/customer.js";
import { type Instant } from "#domain/calendar.js";
import { big, format, sum, ZERO } from "#domain/money.js";
import { type Invoice, type Line, type Outcome } from "../outcome.js";
import { type Story } from "../story.js";
import { closeEnded, openFirstPeriods, settleLeftovers } from "./close.js";
import { type Close, World } from "./world.js";

export interface Played {
  readonly scenario: Scenario;
  readonly world: World;
  readonly outcome: Outcome;
}

/**
 * Plays a story through the application on a store in memory, by the scenario player's own commands. What the worker
 * does beside it, closing periods and what a closing left, is done here by the domain.
 * @param scenario the story as the player reads it
 */
export const playInMemory = async (
  story: Story,
  scenario: Scenario = readScenario(JSON.stringify(story)),
): Promise<Played> => {
  const world = await World.of(scenario);
  const { player } = world;
  await defineCatalog(scenario.catalog, player);
  for (const customer of scenario.customers) await createCustomer(customer, player);
  if (player.differences.length > 0) throw new Error(JSON.stringify(player.differences));

  const steps: (string | null)[] = [];
  for (const step of scenario.steps) {
    moveTo(world, step.at);
    const code = await attempt(world, step);
    if (code === null) {
      openFirstPeriods(world);
      await settleLeftovers(world);
      world.takeLate();
    }
    steps.push(code);
  }
  moveTo(world, scenario.endsAt);
  return { scenario, world, outcome: { steps, ...observed(world, story) } };
};

const moveTo = (world: World, moment: Instant): void => {
  world.moveTo(moment);
  closeEnded(world);
  world.takeLate();
};

/** @returns the code that the step is refused with; null: it is accepted */
const attempt = async ({ player, ids }: World, step: ScenarioStep): Promise<string | null> => {
  try {
    const command = commandOf(step, ids);
    if (command) await player.send(command);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
};

const observed = (world: World, { customers }: Story): Omit<Outcome, "steps"> => {
  const customerNames = world.ids.names("customer");
  const commitmentNames = world.ids.names("assigned");
  const nameOf = (names: ReadonlyMap<string, string>, id: string): string => names.get(id) ?? id;
  const lineOf = (line: World["closes"][number]["lines"][number]): Line => {
    const { kind, description, from, until, days, periodDays, fee, discount, discountOrigin, net } = line;
    const commitment = nameOf(commitmentNames, line.commitmentId);
    return { commitment, kind, description, from, until, days, periodDays, fee, discount, discountOrigin, net };
  };
  const documents = world.closes.filter(({ lines }) => lines.length > 0);
  const shown = ({ customerId, period, lines, total }: Close) => ({
    customer: nameOf(customerNames, customerId),
    issued: period.to,
    total,
    lines: lines.map(lineOf),
  });
  const open = openParts(documents);
  return {
    invoices: documents
      .filter((document) => !isCredit(document))
      .map((document): Invoice => {
        const left = open.get(document) ?? ZERO;
        const state = left.eq(ZERO) ? "PAID" : left.lt(big(document.total)) ? "PARTIALLY_PAID" : "UNPAID";
        return { ...shown(document), due: document.due, state };
      })
      .sort((a, b) => compareText(a.issued, b.issued) || compareText(a.customer, b.customer)),
    creditNotes: documents.filter(isCredit).map(shown),
    commitments: [...world.all("commitment").values()].map((state) => {
      const { customer } = world.history(state.customerId);
      const today = todayOf(customer, world.now);
      const given = documents
        .flatMap(({ lines }) => lines)
        .filter((line) => line.commitmentId === state.commitmentId && line.discountOrigin === "COMMITMENT");
      return {
        commitment: nameOf(commitmentNames, state.commitmentId),
        status: statusOn(state, today),
        discountEndDate: discountEndOn(state, today),
        discountsGiven: format(sum(given.map(({ discount }) => big(discount))), customer.currency),
      };
    }),
    customers: customers.map(({ name, currency }) => {
      const customerId = world.ids.get("customer", name);
      const state = world.all("customer").get(customerId);
      const own = documents.filter((document) => document.customerId === customerId);
      return {
        customer: name,
        status: state ? customerStatus(state, todayOf(state, world.now)) : "ACTIVE",
        balanceDue: format(sum(own.map(({ total }) => big(total))), currency),
      };
    }),
  };
};

const isCredit = ({ total }: Close): boolean => big(total).lt(ZERO);

/** What is left to pay: a credit is used at once, for the earliest invoices; what is left over for the next. */
const openParts = (documents: readonly Close[]): Map<Close, typeof ZERO> => {
  const open = new Map<Close, typeof ZERO>();
  const balances = new Map<string, typeof ZERO>();
  for (const document of documents) {
    const { customerId, total } = document;
    let balance = balances.get(customerId) ?? ZERO;
    if (isCredit(document)) balance = balance.minus(big(total));
    else open.set(document, big(total));
    for (const [invoice, left] of open) {
      if (invoice.customerId !== customerId) continue;
      const used = left.lt(balance) ? left : balance;
      open.set(invoice, left.minus(used));
      balance = balance.minus(used);
    }
    balances.set(customerId, balance);
  }
  return open;
};
