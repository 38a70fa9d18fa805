import { isISO31661Alpha2 } from "class-validator";
import { expect, it } from "vitest";
import { COUNTRIES } from "./countries.js";

it("the countries are those of ISO 3166-1, each with a name in both languages", () => {
  const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  const codes = letters.flatMap((first) => letters.map((second) => `${first}${second}`));
  expect([...COUNTRIES.keys()]).toEqual(codes.filter(isISO31661Alpha2));
  for (const [code, names] of COUNTRIES)
    expect(
      Object.values(names).every((name) => name !== "" && name !== code),
      code,
    ).toBe(true);
});
