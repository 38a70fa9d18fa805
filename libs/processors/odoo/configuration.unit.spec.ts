import { describe, expect, it } from "vitest";
import { ConfigurationError, type Environment } from "#configuration/environment.js";
import { odooConfigurations, shownOdoo } from "./configuration.js";

const KEY = "a-key-0123456789";
const GIVEN = { ODOO_API_URL: "http://127.0.0.1/company/signal", ODOO_API_ACCESS_KEY: KEY };
const JSON2 = { ...GIVEN, ODOO_API_URL: "https://odoo.example.com/", ODOO_MODE: "json2", ODOO_DATABASE: "company" };
const read = (...all: Environment[]) =>
  odooConfigurations(all.map((keys, index) => ({ provider: `p${index}`, place: index === 0 ? "" : "p1: ", keys })));
const problemsOf = (...all: Environment[]): readonly string[] => {
  try {
    read(...all);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
};

describe("the settings of Odoo", () => {
  it("name an address and a key, or Odoo itself and the method that gets the signals", () => {
    expect([...read(GIVEN, JSON2, { SMTP_URL: "smtp://localhost" })]).toEqual([
      ["p0", { mode: "signal", url: "http://127.0.0.1/company/signal", key: KEY }],
      [
        "p1",
        {
          ...{ mode: "json2", url: "https://odoo.example.com", key: KEY, database: "company" },
          ...{ model: "tenure.signal", method: "accept" },
        },
      ],
    ]);
    expect(read({ ...JSON2, ODOO_MODEL: "x_signals", ODOO_METHOD: "take" }).get("p0")).toMatchObject({
      ...{ model: "x_signals", method: "take" },
    });
  });

  it.each([
    [{ ODOO_API_ACCESS_KEY: KEY }, ["ODOO_API_URL must be set beside other settings of Odoo."]],
    [{ ODOO_API_URL: "https://odoo.example.com" }, ["ODOO_API_ACCESS_KEY must be set beside ODOO_API_URL."]],
    [
      { ...GIVEN, ODOO_API_URL: "http://odoo.example.com/signal" },
      ["ODOO_API_URL must start with https://: a key is not sent in the clear, save to this machine."],
    ],
    [
      { ...GIVEN, ODOO_API_URL: "https://user:word@odoo.example.com" },
      ["ODOO_API_URL must be an address that starts with https://, without user, query or fragment."],
    ],
    [
      { ...GIVEN, ODOO_API_ACCESS_KEY: "two words" },
      ["ODOO_API_ACCESS_KEY must consist of printable characters without spaces."],
    ],
    [{ ...GIVEN, ODOO_MODE: "xmlrpc" }, ["ODOO_MODE must be signal or json2."]],
    [{ ...GIVEN, ODOO_DATABASE: "company" }, ["ODOO_DATABASE goes with ODOO_MODE json2."]],
    [{ ...JSON2, ODOO_DATABASE: undefined }, ["ODOO_DATABASE must be set where ODOO_MODE is json2."]],
    [
      { ...JSON2, ODOO_MODEL: "../x", ODOO_METHOD: "_private" },
      [
        "ODOO_MODEL must be the name of a model, such as tenure.signal.",
        "ODOO_METHOD must be the name of a public method, such as accept.",
      ],
    ],
  ])("%j is refused", (keys, problems) => {
    expect(problemsOf(keys)).toEqual(problems);
    expect(problems.join(" ")).not.toContain(KEY);
  });

  it("are refused together, each with its place", () => {
    expect(problemsOf({ ODOO_MODE: "signal" }, { ODOO_MODEL: "m" })).toEqual([
      "ODOO_API_URL must be set beside other settings of Odoo.",
      "ODOO_API_ACCESS_KEY must be set beside ODOO_API_URL.",
      "p1: ODOO_API_URL must be set beside other settings of Odoo.",
      "p1: ODOO_API_ACCESS_KEY must be set beside ODOO_API_URL.",
    ]);
  });

  it("are shown with the key masked", () => {
    const [signal, json2] = [...read(GIVEN, JSON2).values()];
    const shown = [signal, json2].map((odoo) => odoo && shownOdoo(odoo).map(({ key, value }) => `${key}=${value}`));
    expect(shown).toEqual([
      ["ODOO_API_URL=http://127.0.0.1/company/signal", "ODOO_API_ACCESS_KEY=********", "ODOO_MODE=signal"],
      [
        ...["ODOO_API_URL=https://odoo.example.com", "ODOO_API_ACCESS_KEY=********", "ODOO_MODE=json2"],
        ...["ODOO_DATABASE=company", "ODOO_MODEL=tenure.signal", "ODOO_METHOD=accept"],
      ],
    ]);
  });
});
