import { beforeEach, describe, expect, it } from "vitest";
import { type Role } from "./access/roles.js";
import { MemoryClient } from "./spec-support/memory-client.js";
import { type Story, tellStory } from "./spec-support/story.js";

let operator: MemoryClient;
let story: Story;
/** 2020-09-30, two closed months after an account was opened on 2020-07-15. */
beforeEach(async () => {
  operator = await MemoryClient.at("2020-07-15T12:00:00Z");
  story = await tellStory(operator);
  operator.moveTo("2020-09-30T12:00:00Z");
});

const assignOn = (effectiveOn: string) => {
  const { accountId, offerId } = story;
  return ["assignOffer", { accountId, offerId, effectiveOn, reason: "told late" }] as const;
};
const suspendOn = (effectiveOn: string) =>
  ["suspendCustomer", { customerId: story.customerId, effectiveOn, reason: "told late" }] as const;

/** Metadata of the last event. */
const last = () => operator.session.store.log.at(-1)?.metadata;

const TOO_LATE = "DATE_ALREADY_INVOICED effectiveOn";

describe("a command is dated back", () => {
  it("31 days by a CSR, and as far as the provider allows by an administrator or an operator", async () => {
    expect(await operator.as("csr").refused(...assignOn("2020-08-29"))).toBe(TOO_LATE);
    await operator.as("csr").run(...assignOn("2020-08-30"));
    expect(last()).toMatchObject({ actor: "key:csr", role: "csr" });
    await operator.as("admin").run(...assignOn("2020-07-15"));
    expect(last()).toMatchObject({ actor: "key:admin", role: "admin" });
    await operator.run(...assignOn("2020-07-15"));
    expect(last()).toMatchObject({ actor: "local", role: "operator" });
  });

  it("by a partner within the running period only", async () => {
    expect(await operator.as("partner").refused(...assignOn("2020-08-31"))).toBe(TOO_LATE);
    await operator.as("partner").run(...assignOn("2020-09-01"));
    expect(last()).toMatchObject({ actor: "key:partner", role: "partner" });
  });

  it("by the fewer days of the provider and the role", async () => {
    await operator.run("changeProviderSettings", { backDatingDays: 32 });
    expect(await operator.as("csr").refused(...assignOn("2020-08-29"))).toBe(TOO_LATE);
    await operator.as("admin").run(...assignOn("2020-08-29"));
    await operator.run("changeProviderSettings", { backDatingDays: 30 });
    expect(await operator.as("csr").refused(...assignOn("2020-08-30"))).toBe(TOO_LATE);
    await operator.as("csr").run(...assignOn("2020-08-31"));
  });

  it("by the first of several roles that may give it and reaches so far, which its events name", async () => {
    const both = operator.as("finance", "csr");
    await both.run(...suspendOn("2020-09-02"));
    expect(last()).toMatchObject({ actor: "key:finance,csr", role: "csr" });
    await operator.run("unsuspendCustomer", { customerId: story.customerId, reason: "paid" });
    await both.run(...suspendOn("2020-07-20"));
    expect(last()).toMatchObject({ actor: "key:finance,csr", role: "finance" });
    // Of its roles a CSR's alone may assign.
    expect(await both.refused(...assignOn("2020-08-29"))).toBe(TOO_LATE);
  });
});

describe("who may not give a command", () => {
  const refusedFor = (role: Role) => operator.as(role).refused(...suspendOn("2020-09-30"));

  it("is refused before anything else, and nothing is recorded", async () => {
    const { length } = operator.session.store.log;
    const roles: readonly Role[] = ["support", "partner", "self-care", "zendesk-app"];
    const codes = [];
    for (const role of roles) codes.push(await refusedFor(role));
    expect(codes).toEqual(roles.map(() => "FORBIDDEN"));
    expect(operator.session.store.log.length).toBe(length);
  });
});

describe("the stream of an identifier", () => {
  it("names the role of the command behind it", async () => {
    await operator.as("csr").run("addAlias", { accountId: story.accountId, alias: "12012555216" });
    const reserved = operator.session.store.log.findLast(({ type }) => type === "IdentifierReserved");
    expect(reserved?.metadata).toMatchObject({ actor: "key:csr", role: "csr" });
  });
});
