import { commandOf } from "../../../apps/cli/scenario/play/command-of.js";
import { type Command } from "../../../apps/cli/scenario/play/command.js";
import { createCustomer, defineCatalog } from "../../../apps/cli/scenario/play/prepare.js";
import { Refused } from "../../../apps/cli/client.js";
import { type Scenario, type Step as ScenarioStep } from "../../../apps/cli/scenario/model.js";
import { readScenario } from "../../../apps/cli/scenario/validate/scenario.js";
import { type InvoiceSealed } from "#domain/invoicing/events.js";
import { type Outcome } from "../outcome.js";
import { type Story } from "../story.js";
import { conservesMoney } from "./books.js";
import { settleLeftovers } from "./close.js";
import { liftPaid } from "./collection.js";
import { follow } from "./feed.js";
import { observed } from "./observe.js";
import { walkTo } from "./walk.js";
import { World } from "./world.js";

export interface Played {
  readonly scenario: Scenario;
  readonly world: World;
  readonly outcome: Outcome;
  /** What was wrong after one of the steps. */
  readonly faults: readonly string[];
}

/** The story as the player reads it. */
const scenarioOf = (story: Story): Scenario => readScenario(JSON.stringify(story));

/**
 * Plays a story through the application on a store in memory, by the scenario player's own commands. What the worker
 * does beside it, closing periods and what a closing left, is done here by the domain.
 * @param scenario the story as the player reads it
 */
export const playInMemory = async (story: Story, scenario: Scenario = scenarioOf(story)): Promise<Played> => {
  const world = await World.of(scenario);
  const { player } = world;
  await defineCatalog(scenario.catalog, player);
  for (const customer of scenario.customers) await createCustomer(customer, player);
  if (player.differences.length > 0) throw new Error(JSON.stringify(player.differences));
  follow(world);

  const steps: (string | null)[] = [];
  const faults: string[] = [];
  for (const step of scenario.steps) {
    await walkTo(world, step.at);
    const code = await attempt(world, step);
    if (code === null) {
      await settleLeftovers(world);
      follow(world);
      await liftPaid(world);
    }
    steps.push(code);
    faults.push(...conservesMoney(world).map((fault) => `after step ${steps.length}: ${fault}`));
  }
  await walkTo(world, scenario.endsAt);
  faults.push(...conservesMoney(world));
  return { scenario, world, outcome: { steps, ...observed(world, story) }, faults };
};

/** @returns the code that the step is refused with; null: it is accepted */
const attempt = async (world: World, step: ScenarioStep): Promise<string | null> => {
  try {
    const command = commandIn(world, step);
    if (command) await world.player.send(command);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
};

const commandIn = (world: World, step: ScenarioStep): Command | null => {
  const { action } = step;
  const issued = "issued" in action ? action.issued : undefined;
  if (!("customer" in action) || issued === undefined) return commandOf(step, world.ids, null);
  return commandOf(step, world.ids, invoiceOf(world, action.customer, issued, action.kind === "reissueInvoice"));
};

/**
 * As the player finds it, of the customer's of that date: the latest that is not void, or to be issued again the latest
 * that is the last one of its period, which is void.
 */
const invoiceOf = (world: World, customer: string, issued: string, again: boolean): string | null => {
  const customerId = world.ids.get("customer", customer);
  const sealed = world.documents.flatMap(({ event }) =>
    event.type === "InvoiceSealed" && event.data.customerId === customerId ? [event.data] : [],
  );
  const fits = ({ invoiceId, period }: InvoiceSealed["data"]): boolean =>
    again
      ? world.billing(customerId).voided.has(period.from) &&
        sealed.findLast((other) => other.period.from === period.from)?.invoiceId === invoiceId
      : !world.voided.has(invoiceId);
  const ofDate = sealed.filter(({ issuedOn }) => issuedOn === issued);
  return (ofDate.findLast(fits) ?? ofDate.at(-1))?.invoiceId ?? null;
};
