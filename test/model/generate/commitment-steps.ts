import { textOf } from "../naive/calendar.js";
import { shownEnd } from "../naive/discount-end.js";
import { isTerminated, runningPeriod, termsOn } from "../naive/life.js";
import { isAhead, runningSwaps } from "../naive/upgrade-commands.js";
import { type Commitment, type World } from "../naive/world.js";
import { type EndDate, type PauseStep, type Step } from "../story.js";
import { aimedDay } from "./aim.js";
import { ADD_ONS } from "./catalog.js";
import { type Random } from "./random.js";

/** What a proposal is made from. The proposal may still be refused: the generator sees to how often. */
export interface Scene {
  random: Random;
  world: World;
  on: string;
}

const name = (c: Commitment): string => c.name ?? "";

/** A day other than today, for those steps that take one: back in the running period and a little beyond, or ahead. */
function effective(
  { random, world }: Scene,
  c: Commitment | null,
  chance: number,
  ahead: number,
): { effective?: string } {
  if (!random.chance(chance)) return {};
  const customer = c?.account.customer ?? world.customers[0];
  if (customer === undefined) return {};
  const { from } = runningPeriod(customer, world.today);
  const early = random.chance(0.15) ? 3 : 0;
  return {
    effective: textOf(aimedDay(random, world, c, from - early, world.today + (random.chance(0.4) ? ahead : 0))),
  };
}

function endDate(scene: Scene, c: Commitment | null, least: number): EndDate {
  const { random, world } = scene;
  const others = world.commitments.filter((other) => other !== c && (c === null || other.account === c.account));
  const target = random.chance(0.9) ? random.maybe(others) : random.maybe(world.commitments);
  if (target !== undefined && random.chance(0.4)) return { syncWith: name(target) };
  const reach = random.pick([5, 40, 120, 400]);
  return { date: textOf(aimedDay(random, world, c, random.chance(0.9) ? least : world.today - 2, least + reach)) };
}

export function assign(scene: Scene, as: string): Step {
  const { random, world, on } = scene;
  const open = world.accounts.filter(({ closedOn, customer }) => closedOn === null && customer.closedOn === null);
  const account = (random.chance(0.97) ? random.maybe(open) : undefined) ?? random.pick(world.accounts);
  const offers = [...world.catalog.offers.values()];
  const fitting = offers.filter(({ currency, withdrawn }) => currency === account.customer.currency && !withdrawn);
  const offer = (random.chance(0.95) ? random.maybe(fitting) : undefined) ?? random.pick(offers);
  const discountEnd = random.weighted<"DEFAULT" | EndDate | undefined>([
    [5, undefined],
    [1, "DEFAULT"],
    [4, endDate(scene, null, world.today + 1)],
  ]);
  const when = effective(scene, null, 0.35, 60);
  return { on, assign: offer.name, account: account.id, as, ...(discountEnd && { discountEnd }), ...when };
}

export function onCommitment(scene: Scene, c: Commitment): Step {
  const { random, world } = scene;
  const { today } = world;
  const future = c.pauses.some(({ first, cancelled }) => first > today && !cancelled);
  const paused = c.pauses.some(
    ({ first, last, cancelled }) => !cancelled && first <= today + 1 && (last ?? today) >= today,
  );
  const swapped = runningSwaps(c, today).length > 0;
  const ahead = c.swaps.some((swap) => isAhead(swap, today));
  const scheduled = c.termination !== null && !isTerminated(c, today);
  const propose = random.weighted<(scene: Scene, c: Commitment) => Step>([
    // With pauses ahead: a date that knows them, before they are changed or cancelled.
    [future ? 9 : 5, setDiscountEnd],
    [paused ? 2 : 5, pauseNow],
    [6, pauseRange],
    [future ? 7 : 0.3, changePause],
    [future ? 6 : 0.3, cancelPause],
    [paused ? 8 : 0.4, resume],
    [4, timeLimitedUpgrade],
    [swapped ? 5 : 0.2, extendUpgrade],
    [swapped ? 2 : 0.2, endUpgrade],
    [ahead ? 4 : 0.2, cancelThenUpgrade],
    [5, upgrade],
    [scheduled ? 2 : 3, terminate],
    [scheduled ? 8 : 0.2, cancelTermination],
  ]);
  return propose(scene, c);
}

const setDiscountEnd = (scene: Scene, c: Commitment): Step => ({
  on: scene.on,
  setDiscountEnd: name(c),
  to: endDate(scene, c, Math.max(scene.world.today, c.start + 1)),
});

function pauseNow(scene: Scene, c: Commitment): Step {
  const { random, world, on } = scene;
  const step: PauseStep = { on, pause: name(c), ...effective(scene, c, 0.35, 30) };
  const first = world.today + 1;
  return random.chance(0.4) ? { ...step, until: textOf(aimedDay(random, world, c, first, first + 45)) } : step;
}

function pauseRange(scene: Scene, c: Commitment): Step {
  const { random, world, on } = scene;
  const least = random.chance(0.75)
    ? Math.max(world.today, c.start)
    : runningPeriod(c.account.customer, world.today).from;
  const first = aimedDay(random, world, c, least, Math.max(least, world.today) + 60);
  const step: PauseStep = { on, pause: name(c), from: textOf(first) };
  if (random.chance(0.1)) return step;
  const last = aimedDay(
    random,
    world,
    c,
    random.chance(0.97) ? first : first - 1,
    first + random.pick([0, 3, 10, 40, 75]),
  );
  return { ...step, until: textOf(last) };
}

/** The first free day of a pause that can be changed, mostly. */
function pauseDay({ random, world }: Scene, c: Commitment): number {
  const future = c.pauses.filter(({ first, cancelled }) => !cancelled && first > world.today);
  const known = (random.chance(0.9) ? random.maybe(future) : undefined) ?? random.maybe(c.pauses);
  return known?.first ?? world.today + 1;
}

function changePause(scene: Scene, c: Commitment): Step {
  const { random, world, on } = scene;
  const from = pauseDay(scene, c);
  const newFrom = aimedDay(random, world, c, Math.max(from - 10, world.today - 1), from + 20);
  const newUntil = aimedDay(random, world, c, newFrom, newFrom + random.pick([0, 5, 30]));
  const which = random.int(1, 3);
  return {
    on,
    changePause: name(c),
    from: textOf(from),
    ...(which !== 2 && { newFrom: textOf(newFrom) }),
    ...(which !== 1 && { newUntil: textOf(newUntil) }),
  };
}

const cancelPause = (scene: Scene, c: Commitment): Step => ({
  on: scene.on,
  cancelPause: name(c),
  from: textOf(pauseDay(scene, c)),
});

const resume = (scene: Scene, c: Commitment): Step => ({
  on: scene.on,
  resume: name(c),
  ...effective(scene, c, 0.4, 10),
});

function timeLimitedUpgrade(scene: Scene, c: Commitment): Step {
  const { random, world, on } = scene;
  const rows = termsOn(c, world.today).rows.filter(({ addOnProduct }) => addOnProduct !== null);
  const replaced = random.maybe(rows)?.addOnProduct ?? null;
  const others = ADD_ONS.filter((addOn) => addOn !== replaced || random.chance(0.1));
  const until = aimedDay(random, world, c, random.chance(0.95) ? world.today : world.today - 1, world.today + 60);
  const named = replaced !== null && (rows.length > 1 ? random.chance(0.85) : random.chance(0.3));
  return {
    on,
    timeLimitedUpgrade: name(c),
    addOnProduct: random.pick(others),
    until: textOf(until),
    ...(named && { replacing: replaced }),
    ...(random.chance(0.4) && { thenUpgradeTo: anyOffer(scene, c) }),
  };
}

function anyOffer({ random, world }: Scene, c: Commitment): string {
  const offers = [...world.catalog.offers.values()];
  const fitting = offers.filter((offer) => offer.currency === c.account.customer.currency && !offer.withdrawn);
  return ((random.chance(0.95) ? random.maybe(fitting) : undefined) ?? random.pick(offers)).name;
}

function extendUpgrade(scene: Scene, c: Commitment): Step {
  const { random, world, on } = scene;
  const until = runningSwaps(c, world.today).at(-1)?.until ?? world.today;
  const later = aimedDay(random, world, c, random.chance(0.85) ? until + 1 : until - 3, until + 40);
  return { on, extendUpgrade: name(c), until: textOf(later) };
}

const endUpgrade = ({ on }: Scene, c: Commitment): Step => ({ on, endUpgrade: name(c) });
const cancelThenUpgrade = ({ on }: Scene, c: Commitment): Step => ({ on, cancelThenUpgrade: name(c) });
const cancelTermination = ({ on }: Scene, c: Commitment): Step => ({ on, cancelTermination: name(c) });

function upgrade(scene: Scene, c: Commitment): Step {
  const { random, world, on } = scene;
  const discountEnd = random.weighted<"KEEP" | "DEFAULT" | EndDate | undefined>([
    [3, undefined],
    [1, "KEEP"],
    [3, "DEFAULT"],
    [3, endDate(scene, c, world.today + 1)],
  ]);
  const when = effective(scene, c, 0.35, random.chance(0.2) ? 2 : 0);
  return { on, upgrade: name(c), to: anyOffer(scene, c), ...(discountEnd && { discountEnd }), ...when };
}

function terminate(scene: Scene, c: Commitment): Step {
  const { random, world, on } = scene;
  const waived = random.chance(0.2) ? { waivePenalty: "goodwill" } : {};
  const end = shownEnd(c, world.today) ?? world.today;
  // Around the discount end date, where it is just early or just not.
  const near = end - random.int(0, 3);
  if (near >= world.today && random.chance(0.35)) return { on, terminate: name(c), ...waived, effective: textOf(near) };
  const when = random.chance(0.4)
    ? { effective: textOf(aimedDay(random, world, c, world.today, world.today + 75)) }
    : effective(scene, c, 0.6, 45);
  return { on, terminate: name(c), ...waived, ...when };
}
