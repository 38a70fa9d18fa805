import { describe, expect, it } from "vitest";
import { spokenAmount, spokenDate, spokenDigits, spokenSeconds } from "./spoken.js";

const both = (say: (language: "en" | "it") => string) => [say("en"), say("it")];

describe("what is said of", () => {
  it.each([
    ["15.05", "EUR", ["15 euros and 5 cents", "15 euro e 5 centesimi"]],
    ["1.01", "EUR", ["one euro and one cent", "un euro e un centesimo"]],
    ["0.30", "USD", ["30 cents", "30 centesimi"]],
    ["0.00", "USD", ["0 dollars", "0 dollari"]],
    ["-2.00", "USD", ["minus 2 dollars", "meno 2 dollari"]],
    ["1.50", "GBP", ["one pound and 50 pence", "una sterlina e 50 penny"]],
    ["0.03500", "EUR", ["0.035 euros", "0,035 euro"]],
    ["1200", "JPY", ["1200 Japanese yen", "1200 yen giapponesi"]],
  ])("%s %s: amounts", (amount, currency, said) => {
    expect(both((language) => spokenAmount(amount, currency, language))).toEqual(said);
  });

  it("something that is no amount: nothing", () => {
    expect(() => spokenAmount("1,50", "EUR", "en")).toThrow('"1,50" is no amount.');
  });

  it("days, numbers and seconds", () => {
    expect(both((language) => spokenDate("2020-02-29", language))).toEqual(["29 February 2020", "29 febbraio 2020"]);
    expect(both((language) => spokenDate("2020-03-01", language))).toEqual(["1 March 2020", "primo marzo 2020"]);
    expect(both((language) => spokenDate("2020-03-11", language))).toEqual(["11 March 2020", "11 marzo 2020"]);
    expect(both((language) => spokenDigits("+1 (201) #*", language))).toEqual([
      "plus 1 2 0 1 hash star",
      "più 1 2 0 1 cancelletto asterisco",
    ]);
    expect(both((language) => spokenSeconds(1, language))).toEqual(["one second", "un secondo"]);
    expect(both((language) => spokenSeconds(5, language))).toEqual(["5 seconds", "5 secondi"]);
  });
});
