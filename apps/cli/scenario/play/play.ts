import { type Instant } from "#domain/calendar.js";
import { type Client, NoAnswer, Refused } from "../../client.js";
import { compare } from "../compare.js";
import { type Scenario, type Step } from "../model.js";
import { type Difference, NOTHING_OBSERVED, type Observed } from "../observed.js";
import { commandOf } from "./command-of.js";
import { invoiceOf } from "./invoice-of.js";
import { observe } from "./observe.js";
import { createCustomer, defineCatalog } from "./prepare.js";
import { Session } from "./session.js";

export interface Played {
  readonly differences: readonly Difference[];
  readonly observed: Observed;
}

/**
 * Plays a scenario with a new provider, and compares the result with the file's expectations.
 * @param key unique to the run and the file
 */
export const play = (scenario: Scenario, client: Client, key: string): Promise<Played> =>
  playing(scenario, key, async () => {
    const provider = { name: `Scenario: ${scenario.title}`.slice(0, 200), stubTargets: true };
    return client.onBehalfOf(await client.mutate("createProvider", provider, `${key}/provider`));
  });

/** The same with the provider of a client, which has done nothing yet: what it tells systems outside leaves. */
export const playWith = (scenario: Scenario, client: Client, key: string): Promise<Played> =>
  playing(scenario, key, () => Promise.resolve(client));

const playing = async (scenario: Scenario, key: string, provided: () => Promise<Client>): Promise<Played> => {
  const differences: Difference[] = [];
  try {
    let sent = 0;
    const keyOf = () => `${key}/${(sent += 1)}`;
    const session = new Session(await provided(), keyOf, differences);
    await playAll(scenario, session);
    const observed = await observe(scenario, session);
    return { differences: [...differences, ...compare(scenario.expect, observed)], observed };
  } catch (error) {
    // Reported as a difference of this file, so that other files get their results.
    if (error instanceof NoAnswer || error instanceof Refused) return notPlayed(error.message, differences);
    throw error;
  }
};

/** The result of a scenario that could not be played to its end. */
export const notPlayed = (reason: string, before: readonly Difference[] = []): Played => ({
  differences: [...before, { line: null, where: "the run", expected: "played to its end", observed: reason }],
  observed: NOTHING_OBSERVED,
});

/** Steps whose documents and money later ones at the same moment may look for. */
const DOCUMENTED: ReadonlySet<Step["action"]["kind"]> = new Set([
  "creditNote",
  "voidInvoice",
  "reissueInvoice",
  "annul",
  "goodwill",
  "pay",
  "writeOff",
]);

const playAll = async (scenario: Scenario, session: Session): Promise<void> => {
  let now = scenario.startsAt;
  await session.send({ name: "setTestClock", input: { at: now } });
  await defineCatalog(scenario.catalog, session);
  for (const customer of scenario.customers) await createCustomer(customer, session);
  /** Whether a command may have left work for the server: documents to number, tasks, deliveries. */
  let leftWork = false;
  const moveTo = async (to: Instant, line: number | null): Promise<boolean> => {
    // An advance to where the clock is does that work.
    if (to < now || (to === now && !leftWork)) return true;
    now = to;
    leftWork = false;
    try {
      await session.send({ name: "advanceTestClock", input: { to } });
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const observed = `${error.code} (${error.message})`;
      session.differences.push({ line, where: `the clock moves to ${to}`, expected: "accepted", observed });
      return false;
    }
  };
  for (const step of scenario.steps) {
    // Without this advance, all later steps would be at a wrong time.
    if (!(await moveTo(step.at, step.line))) return;
    await session.attempt(step, `${step.on} ${step.name}`, async () => {
      const command = commandOf(step, session.ids, await invoiceOf(step, session));
      if (command) await session.send(command);
    });
    leftWork ||= DOCUMENTED.has(step.action.kind);
  }
  leftWork = true;
  await moveTo(scenario.endsAt, null);
};
