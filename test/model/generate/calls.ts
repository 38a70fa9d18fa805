import { textOf } from "../naive/calendar.js";
import { type World } from "../naive/world.js";
import { type Catalog, type Customer, type Rate, type Step } from "../story.js";
import { aimedDay, todayIn } from "./aim.js";
import { type Random } from "./random.js";

/** Tariffs of which the numbers below match several prefixes, in all ways of counting. */
function tariffs(random: Random, currency: string): NonNullable<Catalog["tariffs"]> {
  const from = "2019-01-01T00:00:00Z";
  const duration = random.pick(["NEAREST", "UP"] as const);
  return [
    {
      ...{ name: "Called", currency, duration },
      rates: [
        { ...anyRate(random, ""), effectiveFrom: from },
        { ...anyRate(random, "12"), effectiveFrom: from, connectFee: random.pick(["0.01", "0.00007"]) },
        { ...anyRate(random, "129"), effectiveFrom: from, forbidden: random.chance(0.5), payback: random.chance(0.5) },
      ],
    },
    // Without a default rate: hidden callers have none.
    { name: "Callers", currency, matchBy: "CLI", rates: [{ ...anyRate(random, "4"), effectiveFrom: from }] },
  ];
}

const PRICES = ["0.06", "0.1", "0.00001", "1.23456", "0", "7", "0.3333"];

const anyRate = (random: Random, prefix: string): Rate => ({
  prefix,
  priceFirst: random.pick(PRICES),
  priceNext: random.pick(PRICES),
  firstInterval: random.pick([1, 30, 60, 7]),
  nextInterval: random.pick([1, 6, 60, 7]),
});

/** Products and accounts get tariffs: one by the main product, one by an add-on product, some accounts one of their own. */
export function giveTariffs(random: Random, catalog: Catalog, customers: Customer[], currency: string): void {
  catalog.tariffs = tariffs(random, currency);
  for (const product of catalog.mainProducts ?? []) {
    if (product.name === "Full") product.voice = { incomingTariff: "Callers", outgoingTariff: "Called" };
  }
  for (const product of catalog.addOnProducts ?? []) {
    if (product.name === "Turbo") product.voice = { incomingTariff: "Called", outgoingTariff: "Callers" };
  }
  for (const customer of customers) {
    for (const account of customer.accounts ?? []) {
      if (customer.currency === currency && random.chance(0.4)) account.voice = { incomingTariff: "Called" };
    }
  }
}

const TIMES = ["12:00:00", "18:30:00", "23:59:59"];
const SECONDS = ["0.4", "0.5", "1", "29.5", "30", "60.2", "61", "599.999"];
const NUMBERS = ["1299", "1201", "4930", "77"];

/** What becomes of a call that is there: it gets an amount, or another one. Null: there is none. */
export function onCall(random: Random, world: World): Step | null {
  const on = textOf(todayIn(world));
  const named = world.calls.flatMap((call) => (call.key === null ? [] : [{ ...call, key: call.key }]));
  const unrated = named.filter(({ rated }) => typeof rated === "string");
  const call = random.maybe(random.chance(0.3) && unrated.length > 0 ? unrated : named);
  if (call === undefined) return null;
  // Another one may be of another hour, or of another account.
  const keys = [...new Set([call, ...(random.chance(0.2) ? [random.pick(named)] : [])].map(({ key }) => key))];
  const tariff = { tariff: random.pick(["Called", "Called", "Callers"]) };
  if (typeof call.rated === "string" ? random.chance(0.95) : random.chance(0.05)) {
    return { on, rateCalls: keys, ...(random.chance(0.7) && tariff) };
  }
  const seconds = { seconds: random.pick(SECONDS) };
  const how = random.pick([{ void: true }, { void: true }, seconds, seconds, tariff, { ...seconds, ...tariff }]);
  return { on, correctCalls: keys, ...how };
}

/** The credit note of the period whose close counted the first of some calls, which cost something else now; null: none did. */
export function creditOf({ calls }: World, step: Step): Step | null {
  const [first] = "correctCalls" in step ? step.correctCalls : [];
  const call = calls.find(({ key }) => first !== undefined && key === first);
  if (!call?.billed) return null;
  return { on: step.on, creditNote: call.account.customer.name, correcting: textOf(call.billed.from) };
}

/** Calls of today from noon on, in order, now and then told of late, too early, or twice; and other rates. */
export function onCalls(random: Random, world: World): Step[] {
  const on = textOf(todayIn(world));
  const at = random.pick(TIMES);
  const one = (index: number) => {
    const account = random.pick(world.accounts);
    const { id: call, customer } = account;
    const leg = random.pick(["IN", "OUT"] as const);
    const other = random.pick(NUMBERS);
    const numbers = leg === "IN" ? { from: random.chance(0.2) ? null : other, to: call } : { from: call, to: other };
    const key = `k${world.calls.length}-${index}`;
    return { customer, step: { on, call, leg, ...numbers, seconds: random.pick(SECONDS), key } };
  };
  const more = Array.from({ length: random.int(0, 2) }, (_, index): Step => ({ ...one(index + 2).step, at }));
  const { customer, step } = one(1);
  const kind = random.int(1, 10);
  if (kind === 1) {
    return [{ on, changeRates: random.pick(["Called", "Called", "Callers"]), rates: changed(random, on) }, ...more];
  }
  if (kind === 2) return [step, { ...step, seconds: "59" }, ...more];
  if (kind <= 5) {
    const today = todayIn(world);
    const day = aimedDay({ random, world }, customer, Math.max(customer.createdOn, today - 70), today + 1);
    const other = { at: random.pick(["00:00:00", ...TIMES]), effective: textOf(day) };
    return [{ ...step, ...(day !== today && other) }, ...more];
  }
  return [{ ...step, at }, ...more];
}

const changed = (random: Random, on: string): Rate[] => [
  {
    ...anyRate(random, random.pick(["", "12", "4", "49"])),
    effectiveFrom: `${on}T${random.pick(["00:00:00", "23:59:59"])}Z`,
  },
  { ...anyRate(random, "1201"), discontinued: random.chance(0.4) },
];
