import { textOf } from "../naive/calendar.js";
import { periodOf, todayOf } from "../naive/cycles.js";
import { shownEnd } from "../naive/discount-end.js";
import { customerOf, holderOf, isTerminated } from "../naive/life.js";
import { openRequest } from "../naive/self-care-commands.js";
import { heldTerms, runningSwaps, termsOn } from "../naive/terms.js";
import { isWaiting } from "../naive/transfer-commands.js";
import { isAhead } from "../naive/upgrade-commands.js";
import { COOLING_OFF_DAYS, type Commitment } from "../naive/world.js";
import { type EndDate, type Step } from "../story.js";
import { aimedDay, effective, type Scene } from "./aim.js";
import { ADD_ONS } from "./catalog.js";
import { loosePause, onPauses, onPausesAhead } from "./pause-steps.js";

const name = (c: Commitment): string => c.name ?? "";

function endDate(scene: Scene, c: Commitment | null, least: number): EndDate {
  const { random, world, today } = scene;
  const others = world.commitments.filter((other) => other !== c && (c === null || holderOf(other) === holderOf(c)));
  const target = random.chance(0.9) ? random.maybe(others) : random.maybe(world.commitments);
  if (target !== undefined && random.chance(0.4)) return { syncWith: name(target) };
  const reach = random.pick([5, 40, 120, 400]);
  return { date: textOf(aimedDay(scene, c, random.chance(0.9) ? least : today - 2, least + reach)) };
}

export function assign(scene: Scene, as: string): Step {
  const { random, world, today, on } = scene;
  const open = world.accounts.filter(({ closedOn, customer }) => closedOn === null && customer.closedOn === null);
  const account = (random.chance(0.97) ? random.maybe(open) : undefined) ?? random.pick(world.accounts);
  const offers = [...world.catalog.offers.values()];
  const fitting = offers.filter(({ currency, withdrawn }) => currency === account.customer.currency && !withdrawn);
  const offer = (random.chance(0.95) ? random.maybe(fitting) : undefined) ?? random.pick(offers);
  const discountEnd = random.weighted<"DEFAULT" | EndDate | undefined>([
    [5, undefined],
    [1, "DEFAULT"],
    [scene.has.has("END_BY_HAND") ? 3 : 0, endDate(scene, null, today + 1)],
  ]);
  // A day before the account was there is refused; now and then that is told.
  const least = random.chance(0.95) ? account.openedOn : account.openedOn - 2;
  const when = effective(scene, account.customer, { back: 0.3, ahead: 0.15, reach: 60 }, least);
  return { on, assign: offer.name, account: account.id, as, ...(discountEnd && { discountEnd }), ...when };
}

export function onCommitment(scene: Scene, c: Commitment): Step {
  const { random, world, today, has } = scene;
  const swapped = runningSwaps(c, today).length > 0;
  const ahead = c.swaps.some((swap) => isAhead(c, swap, today));
  const scheduled = c.termination !== null && !isTerminated(c, today);
  const asked = openRequest(c, today) !== undefined;
  const waiting = heldTerms(c).some(
    (terms) => isWaiting(terms, "SCHEDULED", today) || isWaiting(terms, "RENEWAL", today),
  );
  const mayAnnul = c.start <= today && today <= c.start + COOLING_OFF_DAYS + 1;
  const known = (capability: Parameters<typeof has.has>[0], weight: number): number =>
    has.has(capability) ? weight : 0;
  const propose = random.weighted<(scene: Scene, c: Commitment) => Step>([
    [
      known("END_BY_HAND", c.pauses.some(({ first, cancelled }) => first > today && !cancelled) ? 9 : 5),
      setDiscountEnd,
    ],
    [asked ? 30 : 22, onPauses],
    [4, timeLimitedUpgrade],
    [swapped ? 5 : 0.2, extendUpgrade],
    [swapped ? 5 : 0.2, endUpgrade],
    [ahead ? 8 : 0.2, cancelThenUpgrade],
    [5, upgrade],
    [known("SCHEDULED_UPGRADE", 4), scheduleUpgrade],
    [known("TRANSFER", world.accounts.length > 1 ? 5 : 0.2), transfer],
    [known("RENEWAL", 3), renewFees],
    [known("SCHEDULED_UPGRADE", known("RENEWAL", waiting ? 3 : 0.2)), cancelScheduled],
    [known("ANNUL", mayAnnul ? 1.5 : 0.1), annul],
    [scheduled ? 2 : 3, terminate],
    [scheduled ? 8 : 0.2, cancelTermination],
  ]);
  return propose(scene, c);
}

/** What moves the discount end date, and now and then what bounds it. */
export function onDates(scene: Scene, c: Commitment): Step {
  const { random, today } = scene;
  const scheduled = c.termination !== null && !isTerminated(c, today);
  const coming = c.pauses.filter(({ first, cancelled }) => first > today && !cancelled);
  // A date that includes pauses passes at once where these are cancelled; those said then let it run again.
  const included = c.settings.at(-1)?.known;
  const includes = coming.some((pause) => included instanceof Map && included.has(pause));
  const passed = (shownEnd(c, today) ?? today) < today;
  const propose = random.weighted<(scene: Scene, c: Commitment) => Step>([
    [10, onPauses],
    [3, onPausesAhead],
    [includes ? 8 : 0, loosePause],
    [passed ? 0.2 : coming.length > 0 && !includes ? 10 : 1, setDateNear],
    [0.1, upgrade],
    [scheduled ? 0.1 : 0.2, terminate],
    [scheduled ? 2 : 0.02, cancelTermination],
  ]);
  return propose(scene, c);
}

/** Behind the first days of pauses that are known today, mostly. */
const setDateNear = (scene: Scene, c: Commitment): Step => {
  const { random, today } = scene;
  const first = random.maybe(c.pauses.filter((pause) => pause.first > today && !pause.cancelled))?.first ?? today;
  const least = Math.max(first, c.start + 1);
  return { on: scene.on, setDiscountEnd: name(c), to: { date: textOf(aimedDay(scene, c, least, least + 40)) } };
};

const setDiscountEnd = (scene: Scene, c: Commitment): Step => ({
  on: scene.on,
  setDiscountEnd: name(c),
  to: endDate(scene, c, Math.max(scene.today, c.start + 1)),
});

function timeLimitedUpgrade(scene: Scene, c: Commitment): Step {
  const { random, today, on } = scene;
  const rows = termsOn(c, today).rows.filter(({ addOnProduct }) => addOnProduct !== null);
  const replaced = random.maybe(rows)?.addOnProduct ?? null;
  const others = ADD_ONS.filter((addOn) => addOn !== replaced || random.chance(0.1));
  const until = aimedDay(scene, c, random.chance(0.95) ? today : today - 1, today + 60);
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
  const fitting = offers.filter((offer) => offer.currency === customerOf(c).currency && !offer.withdrawn);
  return ((random.chance(0.95) ? random.maybe(fitting) : undefined) ?? random.pick(offers)).name;
}

function extendUpgrade(scene: Scene, c: Commitment): Step {
  const { random, today, on } = scene;
  const until = runningSwaps(c, today).at(-1)?.until ?? today;
  const later = aimedDay(scene, c, random.chance(0.85) ? until + 1 : until - 3, until + 40);
  return { on, extendUpgrade: name(c), until: textOf(later) };
}

const endUpgrade = ({ on }: Scene, c: Commitment): Step => ({ on, endUpgrade: name(c) });
const cancelThenUpgrade = ({ on }: Scene, c: Commitment): Step => ({ on, cancelThenUpgrade: name(c) });
const cancelTermination = ({ on }: Scene, c: Commitment): Step => ({ on, cancelTermination: name(c) });
const renewFees = ({ on }: Scene, c: Commitment): Step => ({ on, renewFees: name(c) });
const annul = ({ on }: Scene, c: Commitment): Step => ({ on, annul: name(c) });

function upgrade(scene: Scene, c: Commitment): Step {
  const { random, today, on } = scene;
  const discountEnd = random.weighted<"KEEP" | "DEFAULT" | EndDate | undefined>([
    [3, undefined],
    [1, "KEEP"],
    [3, "DEFAULT"],
    [scene.has.has("END_BY_HAND") ? 2 : 0, endDate(scene, c, today + 1)],
  ]);
  const when = effective(scene, c, { back: 0.35, ahead: 0, reach: 0 }, sinceLastTurn(scene, c));
  return { on, upgrade: name(c), to: anyOffer(scene, c), ...(discountEnd && { discountEnd }), ...when };
}

function scheduleUpgrade(scene: Scene, c: Commitment): Step {
  const { random, on } = scene;
  const discountEnd = random.weighted<"KEEP" | "DEFAULT" | EndDate | undefined>([
    [4, undefined],
    [1, "KEEP"],
    [4, "DEFAULT"],
    [0.5, endDate(scene, c, scene.today + 1)],
  ]);
  const when = effective(scene, c, { back: 0, ahead: 1, reach: 60 });
  return { on, upgrade: name(c), to: anyOffer(scene, c), ...(discountEnd && { discountEnd }), ...when };
}

/** The day from which the commitment may be changed, mostly: an earlier one is a conflict. */
function sinceLastTurn({ random, world }: Scene, c: Commitment): number {
  const today = todayOf(world, customerOf(c));
  const turns = [...heldTerms(c), ...c.holders].map(({ day }) => day).filter((day) => day <= today);
  return random.chance(0.9) ? Math.max(c.start, ...turns) : c.start - 1;
}

export function transfer(scene: Scene, c: Commitment): Step {
  const { random, world, on } = scene;
  const others = world.accounts.filter((account) => account !== holderOf(c) && account.closedOn === null);
  const receiver = (random.chance(0.95) ? random.maybe(others) : undefined) ?? random.pick(world.accounts);
  const { from } = periodOf(receiver.customer, scene.today);
  const least = Math.max(
    sinceLastTurn(scene, c),
    random.chance(0.9) ? receiver.openedOn : -Infinity,
    scene.has.has("CLOSED_DAYS") ? -Infinity : from,
  );
  const when = effective(scene, c, { back: 0.45, ahead: 0.03, reach: 20 }, least);
  return { on, transfer: name(c), toAccount: receiver.id, ...when };
}

function cancelScheduled({ random, on, today }: Scene, c: Commitment): Step {
  const coming = heldTerms(c).filter(({ day, kind }) => day > today && (kind === "SCHEDULED" || kind === "RENEWAL"));
  const meant = random.maybe(coming);
  const day = random.chance(0.9) ? (meant?.day ?? today + 1) : today + 1;
  return {
    on,
    cancelScheduled: name(c),
    what: meant?.kind === "RENEWAL" ? "RENEWAL" : "UPGRADE",
    effective: textOf(day),
  };
}

function terminate(scene: Scene, c: Commitment): Step {
  const { random, today, on } = scene;
  const waived = random.chance(0.2) ? { waivePenalty: "goodwill" } : {};
  const end = shownEnd(c, today) ?? today;
  // Around the discount end date, where it is just early or just not.
  const near = end - random.int(0, 3);
  if (near >= today && random.chance(0.35)) return { on, terminate: name(c), ...waived, effective: textOf(near) };
  const when = random.chance(0.4)
    ? { effective: textOf(aimedDay(scene, c, today, today + 75)) }
    : effective(scene, c, { back: 0.5, ahead: 0.15, reach: 45 }, sinceLastTurn(scene, c));
  return { on, terminate: name(c), ...waived, ...when };
}
