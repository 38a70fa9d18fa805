import { describe, expect, it } from "vitest";
import { LOOPBACK_DOOR } from "#configuration/front-door.js";
import { ConfigurationError, readConfiguration } from "./configuration.js";

const urls = { EVENTSTORE_URL: "esdb://localhost:2113?tls=false", DATABASE_URL: "postgres://localhost/tenure" };
const problems = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
};

describe("the API's configuration", () => {
  it("takes defaults for all but the servers", () => {
    expect(readConfiguration(urls)).toEqual({
      eventStoreUrl: "esdb://localhost:2113?tls=false",
      databaseUrl: "postgres://localhost/tenure",
      port: 4000,
      testClock: false,
      door: LOOPBACK_DOOR,
      claims: { roles: "tenure_roles", customer: "tenure_customer" },
    });
  });

  it("reads what is set", () => {
    expect(readConfiguration({ ...urls, TENURE_PORT: "0", TENURE_TEST_CLOCK: "1" })).toMatchObject({
      port: 0,
      testClock: true,
    });
  });

  it("never moves time in production", () => {
    expect(readConfiguration({ ...urls, TENURE_TEST_CLOCK: "1", NODE_ENV: "production" }).testClock).toBe(false);
  });

  it("tells all mistakes at once, one sentence each", () => {
    expect(problems({ EVENTSTORE_URL: "http://x", TENURE_PORT: "70000", TENURE_TEST_CLOCK: "yes" })).toEqual([
      'TENURE_PORT must be a whole number from 0 to 65535, not "70000".',
      'TENURE_TEST_CLOCK must be 1 or 0, not "yes".',
      "EVENTSTORE_URL must be set, and start with esdb:// or esdb+discover://.",
      "DATABASE_URL must be set, and start with postgres:// or postgresql://.",
    ]);
  });

  it("keeps passwords out of its sentences", () => {
    expect(problems({ ...urls, DATABASE_URL: "mysql://me:secret@host/db" }).join()).not.toContain("secret");
  });
});
