import type * as story from "../story.js";
import { type Day, dayOf } from "./calendar.js";
import { accountNamed } from "./customer-commands.js";
import { cycleOn, todayOf } from "./cycles.js";
import { covers, endOf, holderOn } from "./life.js";
import { changed } from "./memo.js";
import { refuse } from "./refused.js";
import { rate, shifted, type Tariff, versionOf } from "./tariffs.js";
import { runningSwaps, swappedRow, termsOn } from "./terms.js";
import { costOf, isBilled, lineOf } from "./usage.js";
import { type Account, type Call, lastOn, type Rated, type World } from "./world.js";
import { type Moment, timeIn } from "./zones.js";

/** A call that is told of again changes nothing. */
export function recordCall(world: World, step: story.CallStep): void {
  const account = accountNamed(world, step.call);
  const { leg, from = null, to, key = null } = step;
  const milliseconds = shifted(step.seconds, 3);
  const { customer } = account;
  const dated = dayOf(step.effective ?? step.on);
  const answered = timeIn(cycleOn(customer, dated).zone, dated, step.at);
  const day = todayOf({ ...world, now: answered }, customer);
  const identity = [key ?? `call ${world.calls.length + 1}`, leg, hourOf(answered)].join(" ");
  if (world.calls.some((call) => call.identity === identity)) return;
  const call = { from, to, answered, milliseconds };
  const rated = isAhead(world, call) ? "AHEAD" : ratedBy(tariffOf(world, account, leg, day), account, call);
  world.calls.push({ key, identity, account, leg, ...call, day, rated, billed: null });
}

/** All of them get an amount, or none. They are of one hour. */
export function rateCalls(world: World, { rateCalls: keys, tariff: named }: story.RateCallsStep): void {
  const calls = callsNamed(world, keys);
  if (new Set(calls.map(({ answered }) => hourOf(answered))).size !== 1) refuse("VALIDATION_FAILED");
  const tariff = named === undefined ? null : tariffNamed(world, named);
  const rated = calls.map((call) => {
    if (typeof call.rated !== "string") return refuse("CONFLICT");
    const { account, leg, day } = call;
    if (isAhead(world, call)) return refuse("VALIDATION_FAILED");
    return amountBy(tariff ?? tariffOf(world, account, leg, day), account, call);
  });
  calls.forEach((call, i) => (call.rated = rated[i] ?? call.rated));
}

/**
 * Void, or rated again by the rates of their answers: all of them, or none. What a close counted costs no more than it did
 * then, and takes its line not below nothing.
 */
export function correctCalls(world: World, step: story.CorrectCallsStep): void {
  const { correctCalls: keys, seconds, tariff: named } = step;
  const isVoid = step.void === true;
  if (isVoid === (seconds !== undefined || named !== undefined)) refuse("VALIDATION_FAILED");
  const calls = callsNamed(world, keys);
  if (new Set(calls.map(({ account }) => account)).size !== 1) refuse("VALIDATION_FAILED");
  const tariff = named === undefined ? null : tariffNamed(world, named);
  const before = calls.map(({ rated, milliseconds }) => ({ rated, milliseconds }));
  try {
    for (const call of calls) correct(world, call, isVoid, tariff, seconds);
  } catch (error) {
    calls.forEach((call, i) => Object.assign(call, before[i]));
    throw error;
  }
  // Closed periods are computed again.
  world.version += 1;
  changed();
}

function correct(world: World, call: Call, isVoid: boolean, named: Tariff | null, seconds: string | undefined): void {
  const { rated, account } = call;
  if (typeof rated === "string") return refuse("CONFLICT");
  const again = { ...call, milliseconds: seconds === undefined ? call.milliseconds : shifted(seconds, 3) };
  const by = named ?? tariffNamed(world, rated.tariff);
  const now = isVoid ? { ...rated, amount: 0n } : amountBy(by, account, again);
  if (now.amount === rated.amount) refuse("CONFLICT");
  if (call.billed !== null && now.amount > call.billed.rated.amount) refuse("INVALID_AMOUNT");
  call.rated = now;
  if (!isVoid) call.milliseconds = again.milliseconds;
  if (!isBilled(call)) return;
  const line = world.calls.filter(isBilled).filter((other) => {
    return lineOf(other) === lineOf(call) && other.billed.from === call.billed.from && other.account === account;
  });
  if (costOf(line) < 0n) refuse("INVALID_AMOUNT");
}

/** None twice. */
function callsNamed({ calls }: World, keys: readonly string[]): Call[] {
  if (new Set(keys).size !== keys.length) refuse("VALIDATION_FAILED");
  return keys.map((key) => calls.find((call) => call.key === key) ?? refuse("VALIDATION_FAILED"));
}

const tariffNamed = ({ catalog }: World, name: string): Tariff =>
  catalog.tariffs.get(name) ?? refuse("VALIDATION_FAILED");

const hourOf = (moment: Moment): number => Math.floor(moment / 3_600_000);

const isAhead = ({ now }: World, { answered }: { answered: Moment }): boolean => answered > now + 300_000;

/** What a call costs; it is refused where it cannot be rated. */
function amountBy(...by: Parameters<typeof ratedBy>): Rated {
  const rated = ratedBy(...by);
  return typeof rated === "string" ? refuse("VALIDATION_FAILED") : rated;
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
  const tariff = tariffNamed(world, step.changeRates);
  const versions = step.rates.map((rate) => versionOf(rate, world.now));
  if (world.calls.length > 0 && versions.some(({ from }) => from < world.now)) refuse("INVALID_DATE");
  tariff.versions.push(...versions);
}
