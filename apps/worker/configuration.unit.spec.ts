import { describe, expect, it } from "vitest";
import { readConfiguration } from "./configuration.js";

const URLS = { EVENTSTORE_URL: "esdb://store", DATABASE_URL: "postgres://database" };

describe("the configuration of a worker", () => {
  it("is all roles and no port unless told", () => {
    expect(readConfiguration({ ...URLS, TENURE_ROLES: "", TENURE_WORKER_PORT: " " })).toEqual({
      eventStoreUrl: "esdb://store",
      databaseUrl: "postgres://database",
      roles: ["projector", "biller", "deliverer", "auditor"],
      port: null,
      signingKeyFile: null,
      journalHashOnly: [],
    });
  });

  it("names some roles, in any order and with blanks", () => {
    expect(
      readConfiguration({ ...URLS, TENURE_ROLES: " deliverer ,projector", TENURE_WORKER_PORT: "0" }),
    ).toMatchObject({
      roles: ["projector", "deliverer"],
      port: 0,
    });
  });

  it("names the key for signatures, and what the journal holds no data of", () => {
    expect(
      readConfiguration({ ...URLS, TENURE_SIGNING_KEY_FILE: "/key.pem", TENURE_JOURNAL_HASH_ONLY: "person, customer" }),
    ).toMatchObject({ signingKeyFile: "/key.pem", journalHashOnly: ["customer", "person"] });
  });

  it("tells all mistakes at once, one sentence each", () => {
    expect(() => readConfiguration({ EVENTSTORE_URL: " ", TENURE_ROLES: "x", TENURE_WORKER_PORT: "-1" })).toThrow(
      [
        'The worker needs EVENTSTORE_URL: "npm start" sets it, a worker of its own must be told.',
        'The worker needs DATABASE_URL: "npm start" sets it, a worker of its own must be told.',
        'TENURE_ROLES must name some of projector, biller, deliverer, auditor, separated by commas, not "x".',
        'TENURE_WORKER_PORT must be a whole number from 0 to 65535, not "-1".',
      ].join("\n"),
    );
  });

  it.each([
    [{ DATABASE_URL: "postgres://database" }, /^The worker needs EVENTSTORE_URL/],
    [{ EVENTSTORE_URL: "esdb://store" }, /^The worker needs DATABASE_URL/],
    [
      { ...URLS, TENURE_ROLES: "biller,baker" },
      /^TENURE_ROLES must name some of projector, biller, deliverer, auditor, separated by commas, not "baker"\.$/,
    ],
    [{ ...URLS, TENURE_ROLES: "biller," }, /not ""\.$/],
    [
      { ...URLS, TENURE_JOURNAL_HASH_ONLY: "people" },
      /^TENURE_JOURNAL_HASH_ONLY must name some of provider, .*, separated by commas, not "people"\.$/,
    ],
    [
      { ...URLS, TENURE_WORKER_PORT: "70000" },
      /^TENURE_WORKER_PORT must be a whole number from 0 to 65535, not "70000"/,
    ],
  ])("refuses %j in one sentence", (env, sentence) => {
    expect(() => readConfiguration(env)).toThrow(sentence);
  });
});
