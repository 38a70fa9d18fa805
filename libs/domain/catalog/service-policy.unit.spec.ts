import { describe, expect, it } from "vitest";
import { Rejection } from "../rejection.js";
import { stateOf } from "../spec-support/given.js";
import { defineServicePolicy, reviseServicePolicy, servicePolicyEvolver } from "./service-policy.js";

const define = (changes: Partial<Parameters<typeof defineServicePolicy>[0]> = {}) =>
  defineServicePolicy({
    servicePolicyId: "policy-1",
    name: " Redirections ",
    description: null,
    redirectAction: "REJECT",
    trustedNetworks: ["127.0.0.31", "PBX.example.", "127.0.0.31"],
    on: "2026-11-28",
    ...changes,
  });

const refused = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof Rejection)
      return [error, ...error.also].map(({ code, fieldPath, facts }) => [code, fieldPath, facts]);
  }
  return null;
};

describe("a service policy", () => {
  it("has each trusted network once, in one spelling", () => {
    expect(define()).toEqual([
      {
        type: "ServicePolicyDefined",
        data: {
          servicePolicyId: "policy-1",
          service: "VOICE",
          name: "Redirections",
          description: null,
          redirectAction: "REJECT",
          trustedNetworks: ["127.0.0.31", "pbx.example"],
          effectiveOn: "2026-11-28",
        },
      },
    ]);
  });

  it("is revised in what is given; null switches off", () => {
    const state = stateOf(servicePolicyEvolver, define());
    const events = reviseServicePolicy({ redirectAction: null, on: "2026-11-29" }, state);
    expect(stateOf(servicePolicyEvolver, [...define(), ...events])).toEqual({ ...state, redirectAction: null });
    expect(refused(() => reviseServicePolicy({ on: "2026-11-29" }, null))).toEqual([
      ["VALIDATION_FAILED", ["servicePolicyId"], { case: "NO_SUCH_ITEM" }],
    ]);
  });

  it("refuses what is no network, none at all, and more than 64, each by its place", () => {
    expect(refused(() => define({ trustedNetworks: ["10.0.0.0/8", "10.0.0.1", "127.1"], name: "" }))).toEqual([
      ["VALIDATION_FAILED", ["name"], { case: "TEXT_MISSING" }],
      ["VALIDATION_FAILED", ["trustedNetworks", 0], { case: "NO_NETWORK", network: "10.0.0.0/8" }],
      ["VALIDATION_FAILED", ["trustedNetworks", 2], { case: "NO_NETWORK", network: "127.1" }],
    ]);
    const count = [["VALIDATION_FAILED", ["trustedNetworks"], { case: "ITEMS_NOT_WITHIN", least: "1", most: "64" }]];
    expect(refused(() => define({ trustedNetworks: [] }))).toEqual(count);
    const many = Array.from({ length: 65 }, (_, index) => `10.0.0.${index}`);
    expect(refused(() => define({ trustedNetworks: many }))).toEqual(count);
    expect(define({ trustedNetworks: null })[0]?.data).toMatchObject({ trustedNetworks: null });
  });
});
