import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { accountNamed } from "./customer-commands.js";
import { cycleOn, todayOf } from "./cycles.js";
import { covers, endOf, holderOn } from "./life.js";
import { refuse } from "./refused.js";
import { rate, shifted, type Tariff, versionOf } from "./tariffs.js";
import { runningSwaps, swappedRow, termsOn } from "./terms.js";
import { type Account, type Call, lastOn, type World } from "./world.js";
import { timeIn } from "./zones.js";

/** A call that is told of again changes nothing. */
export function recordCall(world: World, step: story.CallStep): void {
  const account = accountNamed(world, step.call);
  const { leg, from = null, to, key = null } = step;
  const milliseconds = shifted(step.seconds, 3);
  const { customer } = account;
  const dated = dayOf(step.effective ?? step.on);
  const answered = timeIn(cycleOn(customer, dated).zone, dated, step.at);
  const day = todayOf({ ...world, now: answered }, customer);
  const hour = Math.floor(answered / 3_600_000);
  const identity = [key ?? `call ${world.calls.length + 1}`, leg, hour].join(" ");
  if (world.calls.some((call) => call.identity === identity)) return;
  const call = { from, to, answered, milliseconds };
  const rated = answered > world.now + 300_000 ? "AHEAD" : ratedBy(tariffOf(world, account, leg, day), account, call);
  world.calls.push({ key, identity, account, leg, from, to, answered, day, rated, billedIn: null });
}

function ratedBy(tariff: Tariff | null, { customer }: Account, call: Parameters<typeof rate>[1]): Call["rated"] {
  if (tariff === null) return "NO_RATE";
  if (tariff.currency !== customer.currency) return "CURRENCY_MISMATCH";
  return rate(tariff, call);
}

/**
 * The account's own, else that of the product that gives calls on the day: an add-on product before the main product, and
 * one that is paused behind it. What is not open has no products. A suspension does not matter.
 */
function tariffOf(world: World, account: Account, leg: Call["leg"], day: Day): Tariff | null {
  const { tariffs, voiceOf } = world.catalog;
  const which = leg === "IN" ? "incomingTariff" : "outgoingTariff";
  const addOns = isOpenOn(account, day) ? addOnsOn(world, account, day) : [];
  const ofAddOns = addOns.filter(({ name }) => voiceOf.addOn.has(name));
  const main = isOpenOn(account, day) ? voiceOf.main.get(lastOn(account.mainProducts, day)?.name ?? "") : undefined;
  const served = ofAddOns.find(({ paused }) => !paused);
  const addOn = served ?? (main === undefined ? ofAddOns[0] : undefined);
  const given = addOn === undefined ? main : voiceOf.addOn.get(addOn.name);
  const name = account.voice[which] ?? given?.[which];
  return name === undefined ? null : (tariffs.get(name) ?? null);
}

const isOpenOn = ({ openedOn, closedOn, customer }: Account, day: Day): boolean =>
  openedOn <= day && day <= Math.min(closedOn ?? Infinity, customer.closedOn ?? Infinity);

/** The add-on products of the rows that commitments of the account hold on a day. */
function addOnsOn(world: World, account: Account, day: Day): { name: string; paused: boolean }[] {
  return world.commitments.flatMap((c) => {
    const isHeld = !c.annulled && c.start <= day && day <= (endOf(c) ?? Infinity) && holderOn(c, day) === account;
    if (!isHeld) return [];
    // Resumed on a day, it serves from then on, though the day is not charged.
    const paused = c.pauses.some((pause) => covers(pause, day) && !(pause.resumed && pause.last === day));
    const swaps = runningSwaps(c, day).filter(({ from }) => from <= day);
    return termsOn(c, day).rows.flatMap((row) => {
      const name = swaps.find((each) => swappedRow(c, each, day) === row)?.addOnProduct ?? row.addOnProduct;
      return name === null ? [] : [{ name, paused }];
    });
  });
}

/** From now on or later; while there is no call, from any instant on. */
export function changeRates(world: World, step: story.ChangeRatesStep): void {
  const tariff = world.catalog.tariffs.get(step.changeRates) ?? refuse("VALIDATION_FAILED");
  const versions = step.rates.map((rate) => versionOf(rate, world.now));
  if (world.calls.length > 0 && versions.some(({ from }) => from < world.now)) refuse("INVALID_DATE");
  tariff.versions.push(...versions);
}
