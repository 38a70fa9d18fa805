import { type Period } from "./calendar.js";
import { type Charge, singleDay } from "./charges.js";
import { changed } from "./memo.js";
import { type Minor } from "./money.js";
import { round } from "./rational.js";
import { type Rounding } from "../story.js";
import { type Call, type Customer, type Rated, type World } from "./world.js";

/** A close counts all calls of days before its end that have an amount and that no close before it counted. */
export function countCalls(world: World, customer: Customer, period: Period): void {
  const counted = world.calls.filter(
    ({ account, rated, billedIn, day }) =>
      account.customer === customer && typeof rated !== "string" && billedIn === null && day < period.to,
  );
  for (const call of counted) call.billedIn = period.from;
  if (counted.length > 0) changed();
}

/** One line for each account, leg, tariff and prefix, for late calls another one; none where it comes to nothing. */
export function usageIn(world: World, customer: Customer, period: Period, mode: Rounding): Charge[] {
  const lines = new Map<string, { calls: Call[]; charge: Charge; sum: bigint }>();
  for (const call of world.calls) {
    const { account, leg, day, rated, billedIn } = call;
    if (billedIn !== period.from || account.customer !== customer || typeof rated === "string") continue;
    const { tariff, prefix, amount } = rated;
    const id = ["calls", leg, tariff, prefix, day < period.from ? "late" : ""].join(" ");
    const key = `${id} ${world.accounts.indexOf(account)}`;
    let line = lines.get(key);
    if (line === undefined) {
      const row = {
        id,
        description: `Calls ${leg === "IN" ? "received" : "made"}: ${[tariff, prefix].filter((part) => part !== "").join(", ")}`,
      };
      line = { calls: [], charge: singleDay(null, account, row, "USAGE", day), sum: 0n };
      lines.set(key, line);
    }
    line.calls.push(call);
    line.sum += amount;
  }
  return [...lines.values()].flatMap(({ calls, charge, sum }): Charge[] => {
    const fee = minor(sum, mode);
    if (fee === 0n) return [];
    const days = calls.map(({ day }) => day);
    const [from, until] = [Math.min(...days), Math.max(...days)];
    const total = (of: (rated: Rated) => bigint): number =>
      Number(calls.reduce((all, { rated }) => (typeof rated === "string" ? all : all + of(rated)), 0n));
    const usage = {
      calls: calls.length,
      seconds: total(({ seconds }) => seconds),
      chargedSeconds: total(({ charged }) => charged),
      late: until < period.from,
    };
    return [{ ...charge, from, until, days: until - from + 1, fee, usage }];
  });
}

/** Below zero as above it. */
function minor(thousandths: bigint, mode: Rounding): Minor {
  const size = thousandths < 0n ? -thousandths : thousandths;
  const rounded = round({ n: size, d: 1000n }, mode);
  return thousandths < 0n ? -rounded : rounded;
}
