import { type Period } from "./calendar.js";
import { type Charge, singleDay } from "./charges.js";
import { changed } from "./memo.js";
import { type Minor } from "./money.js";
import { round } from "./rational.js";
import { type Rounding } from "../story.js";
import { type Call, type Customer, type Rated, type World } from "./world.js";

/** A call that a close counted. */
export type BilledCall = Call & { rated: Rated; billed: NonNullable<Call["billed"]> };

export const isBilled = (call: Call): call is BilledCall => call.billed !== null && typeof call.rated !== "string";

/** A close counts all calls of days before its end that have an amount and that no close before it counted. */
export function countCalls(world: World, customer: Customer, period: Period): void {
  for (const call of world.calls) {
    const { account, rated, billed, day } = call;
    if (account.customer !== customer || typeof rated === "string" || billed !== null || day >= period.to) continue;
    call.billed = { from: period.from, rated };
    changed();
  }
}

/** The line of its close that a call is on, whatever it was corrected to since. */
export const lineOf = ({ leg, day, billed: { from, rated } }: BilledCall): string =>
  ["calls", leg, rated.tariff, rated.prefix, day < from ? "late" : ""].join(" ");

/** One line for each account, leg, tariff and prefix, for late calls another one; none where it comes to nothing. */
export function usageIn(world: World, customer: Customer, period: Period, mode: Rounding): Charge[] {
  const lines = new Map<string, { calls: BilledCall[]; charge: Charge }>();
  for (const call of world.calls) {
    const { account, leg, day } = call;
    if (!isBilled(call) || call.billed.from !== period.from || account.customer !== customer) continue;
    const { tariff, prefix } = call.billed.rated;
    const id = lineOf(call);
    const key = `${id} ${world.accounts.indexOf(account)}`;
    let line = lines.get(key);
    if (line === undefined) {
      const row = {
        id,
        description: `Calls ${leg === "IN" ? "received" : "made"}: ${[tariff, prefix].filter((part) => part !== "").join(", ")}`,
      };
      line = { calls: [], charge: singleDay(null, account, row, "USAGE", day) };
      lines.set(key, line);
    }
    line.calls.push(call);
  }
  return [...lines.values()].flatMap(({ calls, charge }): Charge[] => {
    const fee = minor(costOf(calls), mode);
    if (fee === 0n) return [];
    const days = calls.map(({ day }) => day);
    const [from, until] = [Math.min(...days), Math.max(...days)];
    // A correction changes what they cost, and nothing else of a line.
    const total = (of: (rated: Rated) => bigint): number =>
      Number(calls.reduce((all, { billed }) => all + of(billed.rated), 0n));
    const usage = {
      calls: calls.length,
      seconds: total(({ seconds }) => seconds),
      chargedSeconds: total(({ charged }) => charged),
      late: until < period.from,
    };
    return [{ ...charge, from, until, days: until - from + 1, fee, usage }];
  });
}

/** What calls cost now, in thousandths of a minor unit. */
export const costOf = (calls: readonly BilledCall[]): bigint =>
  calls.reduce((sum, { rated }) => sum + rated.amount, 0n);

/** Below zero as above it. */
function minor(thousandths: bigint, mode: Rounding): Minor {
  const size = thousandths < 0n ? -thousandths : thousandths;
  const rounded = round({ n: size, d: 1000n }, mode);
  return thousandths < 0n ? -rounded : rounded;
}
