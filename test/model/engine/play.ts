import { commandOf } from "../../../apps/cli/scenario/play/command-of.js";
import { type Command } from "../../../apps/cli/scenario/play/command.js";
import { createCustomer, defineCatalog } from "../../../apps/cli/scenario/play/prepare.js";
import { Refused } from "../../../apps/cli/client.js";
import { type Scenario, type Step as ScenarioStep } from "../../../apps/cli/scenario/model.js";
import { written } from "../../../apps/cli/scenario/parse.js";
import { readScenarioAt } from "../../../apps/cli/scenario/validate/scenario.js";
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
  readonly world: World;
  readonly outcome: Outcome;
  /** What was wrong after one of the steps. */
  readonly faults: readonly string[];
}

/** The story as the player reads it. */
const scenarioOf = (story: Story): Scenario => readScenarioAt(written(story));

/**
 * A story that is played through the application on a store in memory, by the scenario player's own commands. What the
 * worker does beside it, closing periods and what a closing left, is done here by the domain.
 */
export class Playing {
  private constructor(
    private readonly story: Story,
    /** The story as the player reads it. */
    readonly scenario: Scenario,
    private readonly world: World,
    private readonly steps: (string | null)[],
    private readonly faults: string[],
  ) {}

  /** With its catalog and customers, before the first step. */
  static async of(story: Story): Promise<Playing> {
    const scenario = scenarioOf(story);
    const world = await World.of(scenario);
    const { player } = world;
    await defineCatalog(scenario.catalog, player);
    for (const customer of scenario.customers) await createCustomer(customer, player);
    if (player.differences.length > 0) throw new Error(JSON.stringify(player.differences));
    follow(world);
    return new Playing(story, scenario, world, [], []);
  }

  async take(steps: readonly ScenarioStep[]): Promise<void> {
    const { world } = this;
    for (const step of steps) {
      await walkTo(world, step.at);
      const code = await attempt(world, step);
      if (code === null) {
        await settleLeftovers(world);
        follow(world);
        await liftPaid(world);
      }
      this.steps.push(code);
      this.faults.push(...conservesMoney(world).map((fault) => `after step ${this.steps.length}: ${fault}`));
    }
  }

  /** Was one of the steps so far refused? */
  get isRefused(): boolean {
    return this.steps.some((code) => code !== null);
  }

  /** The same story up to here, that may go on in another way. */
  fork(): Playing {
    return new Playing(this.story, this.scenario, this.world.fork(), [...this.steps], [...this.faults]);
  }

  async end(): Promise<Played> {
    const { story, scenario, world, steps, faults } = this;
    await walkTo(world, scenario.endsAt);
    faults.push(...conservesMoney(world));
    return { world, outcome: { steps, ...observed(world, story) }, faults };
  }
}

/** Plays a story from its beginning to its end. */
export const playInMemory = async (story: Story): Promise<Played> => {
  const playing = await Playing.of(story);
  await playing.take(playing.scenario.steps);
  return playing.end();
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
