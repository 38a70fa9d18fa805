import { expect, it } from "vitest";
import { endOfMissing } from "./missing-rates.js";

const rate = (prefix: string, effectiveFrom: string, discontinued = false) => ({
  ...{ prefix, effectiveFrom, priceFirst: "0.06", priceNext: "0.05", connectFee: "0.00" },
  ...{ firstInterval: 30, nextInterval: 6, discontinued },
});

it("ends what a file does not have, now and at the instants of what is to come", () => {
  const held = [rate("", "2020"), rate("1", "2020"), rate("44", "2020"), rate("49", "2020", true)];
  const coming = [...held, rate("1", "2021"), rate("44", "2021"), rate("49", "2021")];
  const names = "prefix,effectiveFrom,priceFirst,priceNext,connectFee,firstInterval,nextInterval,discontinued";
  const rest = "0.06,0.05,0.00,30,6,true";
  expect(endOfMissing(held, coming, new Set(["44"]))).toBe(
    [names, `,,${rest}`, `1,,${rest}`, `1,2021,${rest}`, `49,2021,${rest}`, ""].join("\n"),
  );
  expect(endOfMissing(held, coming, new Set(["", "1", "44", "49"]))).toBeNull();
});
