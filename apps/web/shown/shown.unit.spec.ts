import { afterEach, describe, expect, it, vi } from "vitest";
import { dateShown } from "./day-text.js";
import { moneyShown } from "./money-text.js";

/** As the languages' data does it, a blank that does not break stands before and in amounts. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("dates", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("are written as the reader's language does", () => {
    expect(["en-GB", "en-US", "it", "it-CH", "de"].map((locale) => dateShown("2020-10-31", locale))).toEqual([
      "31 Oct 2020",
      "Oct 31, 2020",
      "31 ott 2020",
      "31 ott 2020",
      "31.10.2020",
    ]);
    expect(dateShown("2021-03-01", "en-GB")).toBe("1 Mar 2021");
  });

  it("abbreviate months in one way in every English", () => {
    expect(["en-GB", "en-AU", "en-US", "en", "it"].map((locale) => dateShown("2020-09-01", locale))).toEqual([
      ...["1 Sep 2020", "1 Sep 2020", "Sep 1, 2020", "Sep 1, 2020", "1 set 2020"],
    ]);
  });

  it.each(["Pacific/Kiritimati", "America/Los_Angeles"])("are the same days in %s", (far) => {
    vi.stubEnv("TZ", far);
    expect([dateShown("2020-12-31", "en-AU"), dateShown("2021-01-01", "it-IT")]).toEqual(["31 Dec 2020", "1 gen 2021"]);
  });
});

describe("amounts", () => {
  it("keep every digit, and are written as the reader's language does", () => {
    expect(plain(moneyShown("1234567890123456.78", "EUR", "it"))).toBe("1.234.567.890.123.456,78 €");
    expect(moneyShown("1234567890123456.78", "USD", "en")).toBe("$1,234,567,890,123,456.78");
    expect(moneyShown("-0.10", "GBP", "en-GB")).toBe("−£0.10");
    expect(plain(moneyShown("20.00", "CHF", "it-CH"))).toBe("CHF 20.00");
    expect(moneyShown("1200", "JPY", "en")).toBe("¥1,200");
    expect(moneyShown("0.04600", "USD", "en")).toBe("$0.04600");
    expect(moneyShown("0.06", "JPY", "en")).toBe("¥0.06");
  });
});
