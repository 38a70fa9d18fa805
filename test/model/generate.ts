import { aimedDay, type Scene, sceneOf, todayIn } from "./generate/aim.js";
import { type Capabilities, ENGINE, EVERYTHING, OF_PAUSES } from "./generate/capabilities.js";
import { creditOf, giveTariffs, onCall, onCalls } from "./generate/calls.js";
import { FIRST_ZONE, generateCatalog, generateCustomers, generateTypes, LAST_ZONE, ZONES } from "./generate/catalog.js";
import { assign, onCommitment, onDates, transfer } from "./generate/commitment-steps.js";
import { changeContact, creditAfter, onAccount, onCatalog, onCustomer, onInvoices } from "./generate/customer-steps.js";
import { onMoney } from "./generate/money-steps.js";
import { Random } from "./generate/random.js";
import { type Day, dayOf, textOf } from "./naive/calendar.js";
import { isTerminated } from "./naive/life.js";
import { momentOf, zoneOf } from "./naive/moments.js";
import { observe } from "./naive/observe.js";
import { createWorld, finish, play } from "./naive/run.js";
import { type World } from "./naive/world.js";
import { type Outcome } from "./outcome.js";
import { type Customer, type Step, type Story } from "./story.js";

/** Of the proposals that are refused, so many are told; the others are tried again. */
const KEEP_REFUSED = 0.5;
const TRIES = 5;
const STORIES_WITH_CALLS = 0.3;
/** So often before a step. */
const CONTACTS_CHANGED = 0.04;

const STARTS = ["2020-01-01", "2020-01-31", "2020-02-29", "2019-02-01", "2021-12-31", "2023-08-30", "2022-01-15"];

/** A story with what the model played along while it was told. */
export interface Told {
  readonly story: Story;
  /** What `runNaive` gives: the model has played the steps already, proposals that were not told changed nothing. */
  readonly outcome: Outcome;
  /** The model's world at the story's end. */
  readonly world: World;
}

/**
 * A random life story of 3 to 30 months and 5 to 40 steps, the same for the same seed. The model plays along, to aim: it
 * knows the days where something begins or ends, and what would be refused.
 * @param has what the story may be about
 */
export const generateStory = (seed: number, has: Capabilities = EVERYTHING): Story => begun(seed, has, ALL).story;

/** The story, and what the model says that it comes to. */
export const tellStory = (seed: number, has: Capabilities = EVERYTHING): Told => ended(begun(seed, has, ALL));

/**
 * A story of pauses, resumes and discount end dates that are set, and of little else, days apart: where these meet as
 * they hardly do in a whole life.
 */
export const tellPauses = (seed: number): Told => ended(begun(seed, OF_PAUSES, PAUSES));

/**
 * A story of two or three customers in time zones of their own, between which commitments go to and fro: what is today for
 * one of them is yesterday for the next.
 */
export const tellApart = (seed: number): Told => ended(begun(seed, ENGINE, APART));

function ended({ story, world, codes }: Begun): Told {
  finish(world, story, story.until);
  return { story, outcome: { steps: codes, ...observe(world) }, world };
}

/** What is told of, and how close together. */
interface Kind {
  /** The longest, one of these. */
  readonly days: (customers: readonly Customer[]) => readonly number[];
  readonly steps: number;
  readonly commitments: number;
  /** @param named what a new commitment or payment is named by */
  readonly propose: (scene: Scene, commitments: number, named: string) => Step;
  /**
   * Each customer has a zone of its own; the first one's day, which is that of the file, begins first of all. Nothing is
   * told that is refused: who reads the story takes a transfer for made, and the commitment for one in another zone.
   */
  readonly apart?: boolean;
}

const ALL: Kind = {
  // Many short periods are as good as few long ones.
  days: (customers) =>
    customers.some(({ billingPeriod }) => billingPeriod === "DAILY") ? [90, 200] : [200, 500, 900, 900],
  steps: 40,
  commitments: 6,
  propose,
};
const APART: Kind = { ...ALL, propose: proposeApart, apart: true };
const PAUSES: Kind = { days: () => [90, 150, 250], steps: 30, commitments: 1, propose: proposePauses };

/** A story, with the model's world and the answers of its steps, as of the last of them. */
interface Begun {
  readonly story: Story;
  readonly world: World;
  readonly codes: (string | null)[];
}

function begun(seed: number, has: Capabilities, kind: Kind): Begun {
  const random = new Random(seed);
  const currency = random.pick(["USD", "USD", "KWD", "JPY"]);
  const start = dayOf(random.pick(STARTS)) + (random.chance(0.5) ? random.int(0, 60) : 0);
  const types = generateTypes(random, has);
  const customers = generateCustomers(random, currency, types, has, kind.apart ? [2, 2, 3] : undefined);
  if (kind.apart) {
    for (const [i, customer] of customers.entries()) {
      customer.timeZone = i === 0 ? FIRST_ZONE : random.pick([LAST_ZONE, "UTC", ...ZONES]);
    }
  }
  const story: Story = {
    scenario: `Generated from ${seed}`,
    timeZone: customers[0]?.timeZone ?? "UTC",
    catalog: generateCatalog(random, currency, types, has),
    customers,
    steps: [],
    until: textOf(start),
  };
  // Drawn apart, so that the rest of a story is the same with and without them.
  const ofCalls = new Random(seed ^ 0x5ca11);
  const calls = has.has("CALLS") && ofCalls.chance(STORIES_WITH_CALLS) ? ofCalls : null;
  if (calls !== null) giveTariffs(calls, story.catalog, customers, currency);
  const contacts = has.has("CONTACTS") ? new Random(seed ^ 0xc0417ac7) : null;
  const told = tell(random, story, start, has, kind, { calls, contacts });
  // Later than the last step, mostly beyond the end of its period, so that what it did is invoiced.
  story.until = textOf(todayIn(told.world) + random.int(1, random.pick([20, 62, 100])));
  return told;
}

/** What is drawn apart; null: the story has none of it. */
interface Apart {
  readonly calls: Random | null;
  readonly contacts: Random | null;
}

/** Tells the steps. */
function tell(
  random: Random,
  story: Story,
  start: Day,
  has: Capabilities,
  kind: Kind,
  { calls, contacts }: Apart,
): Begun {
  const days = random.int(60, random.pick(kind.days(story.customers)));
  const count = random.int(5, kind.steps);
  const commitments = random.int(1, kind.commitments);
  story.steps.push({ on: textOf(start) });
  const world = createWorld(story);
  const codes = [play(world, { on: textOf(start) })];
  for (let i = 0; i < count; i++) {
    const on = i === 0 ? start : nextDay(random, world, start + days, count - i);
    if (calls !== null && on > todayIn(world) && calls.chance(0.3) && isOfOneZone(world)) {
      // What is there first: it is noon, and calls come in later.
      const settled = calls.chance(0.5) ? attempt(calls, world, () => onCall(calls, world)) : null;
      const credited = settled?.code === null && has.has("CREDIT_NOTES") && calls.chance(0.3);
      const credit = credited ? creditOf(world, settled.step) : null;
      if (settled !== null) {
        story.steps.push(settled.step);
        codes.push(settled.code);
      }
      for (const step of [...(credit === null ? [] : [credit]), ...onCalls(calls, world)]) {
        story.steps.push(step);
        codes.push(play(world, step));
      }
    }
    play(world, { on: textOf(on) });
    const scene = sceneOf(random, world, has);
    const contact = contacts?.chance(CONTACTS_CHANGED) ? changeContact({ ...scene, random: contacts }) : null;
    if (contact !== null && momentOf(zoneOf(world, contact), contact) >= world.now) {
      story.steps.push(contact);
      codes.push(play(world, contact));
    }
    // A name is used once, whether it was refused or not.
    const told = attempt(random, world, () => kind.propose(scene, commitments, `${i + 1}`), kind.apart);
    if (told !== null) {
      story.steps.push(told.step);
      codes.push(told.code);
    }
    const isCredited = told !== null && !kind.apart && has.has("CREDIT_NOTES") && random.chance(0.3);
    const credit = isCredited ? creditAfter(scene, told.step) : null;
    if (credit !== null) {
      codes.push(play(world, credit));
      story.steps.push(credit);
    }
    // Nothing happens any more where all is closed: one refusal more, and the story ends.
    if (world.accounts.every(({ closedOn, customer }) => (closedOn ?? customer.closedOn) !== null)) i += 8;
  }
  return { story, world, codes };
}

/** Else the noons and nights of time zones on neighbouring days come in any order. */
const isOfOneZone = (world: World): boolean =>
  new Set(world.customers.flatMap(({ cycles }) => cycles.map(({ zone }) => zone))).size === 1;

/** Often the same day again, else one worth aiming at; the steps left spread over the days left. */
function nextDay(random: Random, world: World, end: Day, stepsLeft: number): Day {
  const today = todayIn(world);
  // The noons of two time zones on one day come in any order.
  const moves = !isOfOneZone(world);
  if (random.chance(0.3) && !moves) return today;
  const gap = Math.max(2, Math.floor((2.5 * (end - today)) / stepsLeft));
  const least = today + (moves ? 2 : 1);
  return aimedDay({ random, world }, null, least, Math.min(Math.max(end, least), today + gap));
}

/**
 * The step that is told with the model's answer; null: none is.
 * @param apart customers are in zones of their own: it is not noon yet where some proposals are about
 */
function attempt(
  random: Random,
  world: World,
  proposed: () => Step | null,
  apart = false,
): { readonly step: Step; readonly code: string | null } | null {
  for (let i = 0; i < TRIES; i++) {
    const step = proposed();
    if (step === null) return null;
    if (apart && momentOf(zoneOf(world, step), step) < world.now) continue;
    const code = play(world, step);
    if (code === null || (random.chance(KEEP_REFUSED) && !apart)) return { step, code };
  }
  return null;
}

function propose(scene: Scene, commitments: number, named: string): Step {
  const { random, world, today, has } = scene;
  const alive = world.commitments.filter((c) => !isTerminated(c, today) && !c.annulled);
  const c = (random.chance(0.95) ? random.maybe(alive) : undefined) ?? random.maybe(world.commitments);
  const billed = world.customers.some(({ receivables }) => receivables.documents.length > 0);
  const kind = random.weighted<"assign" | "commitment" | "customer" | "account" | "catalog" | "invoices" | "money">([
    [alive.length === 0 ? 40 : world.commitments.length < commitments ? 12 : 0.2, "assign"],
    [c === undefined ? 0 : alive.length === 0 ? 5 : 60, "commitment"],
    [12, "customer"],
    [1.5, "account"],
    [has.has("REVISIONS") ? 3 : 0, "catalog"],
    [billed && (has.has("CREDIT_NOTES") || has.has("VOID")) ? 6 : 0, "invoices"],
    [has.has("MONEY") ? (billed ? 24 : 1) : 0, "money"],
  ]);
  switch (kind) {
    case "assign":
      return assign(scene, `c${named}`);
    case "commitment":
      return c === undefined ? assign(scene, `c${named}`) : onCommitment(scene, c);
    case "customer":
      return onCustomer(scene);
    case "account":
      return onAccount(scene);
    case "catalog":
      return onCatalog(scene);
    case "invoices":
      return onInvoices(scene);
    case "money":
      return onMoney(scene, `p${named}`);
  }
}

/** Commitments go on to another customer more often. */
function proposeApart(scene: Scene, commitments: number, named: string): Step {
  const { random, world, today } = scene;
  const c = random.maybe(world.commitments.filter((one) => !isTerminated(one, today) && !one.annulled));
  return c !== undefined && random.chance(0.15) ? transfer(scene, c) : propose(scene, commitments, named);
}

function proposePauses(scene: Scene, commitments: number, named: string): Step {
  const { random, world, today } = scene;
  const alive = world.commitments.filter((c) => !isTerminated(c, today));
  const c = random.maybe(alive) ?? random.maybe(world.commitments);
  if (c === undefined || (alive.length < commitments && random.chance(0.3))) return assign(scene, `c${named}`);
  return onDates(scene, c);
}
