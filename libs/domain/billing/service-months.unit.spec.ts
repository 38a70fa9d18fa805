import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../calendar.js";
import { big, format, sum } from "../money.js";
import { serviceMonths } from "./service-months.js";

const line = (from: string, until: string, fee: string, discount: string, currency = "USD") => ({
  ...{ from, until, fee, discount, currency },
});

describe("the months of a line's days", () => {
  it("are one where the days lie in one, whatever the amounts", () => {
    expect(serviceMonths(line("2021-02-03", "2021-02-03", "-399.99", "0.00"))).toEqual([
      { month: "2021-02", fee: "-399.99", discount: "0.00", net: "-399.99" },
    ]);
  });

  it("share fee and discount by their days", () => {
    // 22 of 31 days in January, 9 in February.
    expect(serviceMonths(line("2021-01-10", "2021-02-09", "31.00", "3.10"))).toEqual([
      { month: "2021-01", fee: "22.00", discount: "2.20", net: "19.80" },
      { month: "2021-02", fee: "9.00", discount: "0.90", net: "8.10" },
    ]);
  });

  it("leave no cent over: the largest remainder takes it, of equal ones the earlier", () => {
    // 31 + 28 + 31 days: 3.444, 3.111, 3.444.
    expect(serviceMonths(line("2021-01-01", "2021-03-31", "10.00", "0.00")).map(({ fee }) => fee)).toEqual([
      "3.45",
      "3.11",
      "3.44",
    ]);
    expect(serviceMonths(line("2021-01-01", "2021-03-31", "-10.00", "0.00")).map(({ net }) => net)).toEqual([
      "-3.45",
      "-3.11",
      "-3.44",
    ]);
  });

  it("add up to the line, in every currency", () => {
    const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
    const units: Readonly<Record<string, string>> = { JPY: "1", USD: "100", KWD: "1000" };
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.nat(800),
        fc.constantFrom("JPY", "USD", "KWD"),
        (fee, discount, days, currency) => {
          const text = (count: number) => format(big(count.toString()).div(big(units[currency] ?? "1")), currency);
          const whole = line("2021-01-17", addDays("2021-01-17", days), text(fee), text(discount), currency);
          const parts = serviceMonths(whole);
          const total = (field: "fee" | "discount" | "net") =>
            format(sum(parts.map((part) => big(part[field]))), currency);
          expect([total("fee"), total("discount"), total("net")]).toEqual([
            whole.fee,
            whole.discount,
            format(big(whole.fee).minus(big(whole.discount)), currency),
          ]);
          expect(parts.map(({ month }) => month)).toEqual([...new Set(parts.map(({ month }) => month))].sort());
        },
      ),
    );
  });
});
