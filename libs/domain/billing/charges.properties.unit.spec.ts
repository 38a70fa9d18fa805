import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Interval } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { type RecurringRow } from "../commitments/events.js";
import { account, accountOpened, customer, customerCreated } from "../spec-support/examples.js";
import { daysOf, histories, months, prorated, termsOf, units } from "../spec-support/arbitraries.js";
import { charges } from "./charges.js";
import { type Line } from "./line.js";

const periods = fc.constantFrom(...months);
const total = (lines: readonly Line[], of: "fee" | "discount" | "net") =>
  lines.reduce((sum, line) => sum + units(line[of]), 0n);

/** The days that a row is charged for, one by one, as docs/rules.md#proration-flags says. */
const chargedDays = ({ start, termination }: Commitment, row: RecurringRow, period: Interval): string[] => {
  const last = termination?.on ?? "9999-12-31";
  const month = daysOf(period);
  const served = month.filter((day) => day >= start && day <= last);
  const [first, final] = [served[0], served.at(-1)];
  if (first === undefined || final === undefined) return [];
  return month.filter(
    (day) =>
      (day >= first || (!row.prorateFirst && first === start)) &&
      (day <= final || (!row.prorateLast && final === last)),
  );
};

const forEachRow = (
  check: (args: {
    commitment: Commitment;
    row: RecurringRow;
    lines: Line[];
    days: string[];
    of: number;
    mode: "HALF_UP" | "HALF_EVEN" | "UP";
  }) => void,
) => {
  fc.assert(
    fc.property(histories, periods, ({ history, rounding: mode }, period) => {
      const lines = charges(history, period).filter(({ kind }) => kind === "RECURRING");
      for (const commitment of history.commitments) {
        for (const row of termsOf(commitment).recurring) {
          const own = lines.filter((line) => line.commitmentId === commitment.commitmentId && line.rowId === row.rowId);
          const days = chargedDays(commitment, row, period);
          check({ commitment, row, lines: own, days, of: daysOf(period).length, mode });
        }
      }
    }),
    { numRuns: 300 },
  );
};

describe("the lines of one row in one period", () => {
  it("add up to the rounded fee of the days charged, split at the discount end or not", () => {
    forEachRow(({ row, lines, days, of, mode }) => {
      expect(total(lines, "fee")).toBe(prorated(units(row.fees.MONTHLY ?? ""), days.length, of, mode));
    });
  });

  it("give the rounded discount of the discounted days, or less where a fee is smaller", () => {
    forEachRow(({ commitment, row, lines, days, of, mode }) => {
      const discountEnd = commitment.settings[0]?.end ?? null;
      const discounted = days.filter((day) => discountEnd !== null && day < discountEnd).length;
      const agreed = prorated(units(row.discount), discounted, of, mode);
      const [part] = lines.filter(({ discountOrigin }) => discountOrigin !== null);
      const fee = part === undefined ? 0n : units(part.fee);
      expect(total(lines, "discount")).toBe(agreed < fee ? agreed : fee);
    });
  });

  it("name the amounts of a whole period, which they were prorated from", () => {
    forEachRow(({ row, lines }) => {
      for (const { unitFee, unitDiscount, discountOrigin } of lines) {
        expect(unitFee).toBe(row.fees.MONTHLY);
        expect(units(unitDiscount ?? "")).toBe(discountOrigin === null ? 0n : units(row.discount));
      }
    });
  });

  it("are at most two, in order, of the days charged", () => {
    forEachRow(({ row, lines, days, of }) => {
      expect(lines.length).toBeLessThanOrEqual(2);
      if (lines.length === 2) expect(lines.map(({ discountOrigin }) => discountOrigin)).toEqual(["COMMITMENT", null]);
      for (const line of lines) {
        expect(line.periodDays).toBe(of);
        expect(line.from <= line.until).toBe(true);
      }
      // Parts whose amounts round to nothing have no line.
      const counted = lines.reduce((sum, line) => sum + line.days, 0);
      if (units(row.fees.MONTHLY ?? "") >= 100n) expect(counted).toBe(days.length);
    });
  });

  it("show the days served when both flags prorate", () => {
    forEachRow(({ row, lines, days }) => {
      if (!row.prorateFirst || !row.prorateLast || units(row.fees.MONTHLY ?? "") < 100n) return;
      const shown = lines.flatMap(({ from, until }) => days.filter((day) => day >= from && day <= until));
      expect(shown).toEqual(days);
      expect(lines[0]?.from).toBe(days[0]);
      expect(lines.at(-1)?.until).toBe(days.at(-1));
    });
  });
});

it("net is fee less discount, no discount is above its fee, nothing is negative", () => {
  fc.assert(
    fc.property(histories, periods, ({ history }, period) => {
      for (const line of charges(history, period)) {
        expect(units(line.discount) <= units(line.fee)).toBe(true);
        expect(units(line.net)).toBe(units(line.fee) - units(line.discount));
        expect(units(line.discount) >= 0n).toBe(true);
        expect(line.discountOrigin === null && units(line.discount) > 0n).toBe(false);
      }
    }),
  );
});

it("neither the order of commitments nor events that charge nothing matter", () => {
  fc.assert(
    fc.property(histories, periods, fc.nat(), ({ history }, period, seed) => {
      const { commitments } = history;
      const turned = commitments.map((_, index) => commitments[(index + seed) % commitments.length] as Commitment);
      const owner = customer(
        customerCreated({ currency: history.customer.currency, customerClassId: "class-1" }),
        {
          type: "CustomerContactChanged",
          data: { effectiveOn: "2020-03-01", personal: { ...history.customer.contact, name: "X" } },
        },
        { type: "CustomerCreditLimitChanged", data: { effectiveOn: "2020-03-01", creditLimit: "9" } },
      );
      const renamed = account(
        accountOpened(),
        { type: "AliasAdded", data: { identifierHash: "h", effectiveOn: "2020-03-01", personal: { alias: "a" } } },
        { type: "MainProductChanged", data: { mainProductId: "main-2", effectiveOn: "2020-03-01" } },
      );
      const expected = charges(history, period);
      expect(charges({ ...history, commitments: turned.reverse() }, period)).toEqual(expected);
      expect(charges({ ...history, customer: owner, accounts: new Map([["account-1", renamed]]) }, period)).toEqual(
        expected,
      );
    }),
  );
});

it("a commitment is charged the same alone and among others", () => {
  fc.assert(
    fc.property(histories, periods, ({ history }, period) => {
      const together = charges(history, period);
      for (const commitment of history.commitments) {
        const alone = charges({ ...history, commitments: [commitment] }, period);
        expect(together.filter(({ commitmentId }) => commitmentId === commitment.commitmentId)).toEqual(alone);
      }
    }),
  );
});

it("a split at the discount end changes no total of fees", () => {
  fc.assert(
    fc.property(histories, periods, ({ history }, period) => {
      const unsplit = {
        ...history,
        commitments: history.commitments.map((held) => ({
          ...held,
          settings: held.settings.map((setting) => ({ ...setting, end: null })),
        })),
      };
      const fees = (of: typeof history) => total(charges(of, period), "fee");
      expect(fees(history)).toBe(fees(unsplit));
    }),
  );
});
