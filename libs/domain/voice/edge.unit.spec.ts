import { describe, expect, it } from "vitest";
import { Rejection } from "../rejection.js";
import { givenFor, stateOf } from "../spec-support/given.js";
import {
  type EdgeEvent,
  edgeEvolver,
  type EdgeTerms,
  registerEdge,
  retireEdge,
  reviseEdge,
  rotateEdgeSecret,
  validHashes,
} from "./edge.js";

const given = givenFor(edgeEvolver);
const now = "2026-11-29T12:00:00.000Z";
const effectiveOn = "2026-11-29";
const terms: EdgeTerms = {
  ...{ name: "Milan", realm: null, addresses: ["10.0.0.1"], gateway: null, announcer: null, language: "EN" },
};
const order = { ...terms, edgeId: "edge-1", secretHash: "a1", now };
const registered = (changes: Partial<EdgeTerms> = {}): EdgeEvent => ({
  type: "EdgeRegistered",
  data: { ...terms, edgeId: "edge-1", secretHash: "a1", effectiveOn, ...changes },
});
const rotated = (secretHash: string, previousUntil: string): EdgeEvent => ({
  type: "EdgeSecretRotated",
  data: { secretHash, previousUntil, effectiveOn },
});
const retired: EdgeEvent = { type: "EdgeRetired", data: { effectiveOn } };

/** The fields that are refused, each with its facts. */
const faults = (act: () => unknown): readonly unknown[] => {
  try {
    act();
  } catch (error) {
    if (error instanceof Rejection)
      return [error, ...error.also].map(({ fieldPath = [], facts }) => [fieldPath.join("."), facts]);
    throw error;
  }
  return [];
};

describe("an edge", () => {
  it("is registered with every host in its one spelling, and the usual ports", () => {
    given()
      .when(() =>
        registerEdge({
          ...{ ...order, name: " Milan ", realm: "Example.org.", addresses: ["10.0.0.1", "FE80::0:1", "10.0.0.1"] },
          gateway: { host: "Gw.Example.org", transport: "TLS" },
          announcer: { host: "127.0.0.1" },
        }),
      )
      .then([
        registered({
          ...{ realm: "example.org", addresses: ["10.0.0.1", "fe80::1"] },
          gateway: { host: "gw.example.org", port: 5061, transport: "TLS" },
          announcer: { host: "127.0.0.1", port: 5070 },
        }),
      ]);
  });

  it("takes calls from addresses and narrow networks only", () => {
    const refused = (addresses: readonly string[]) => faults(() => registerEdge({ ...order, addresses }));
    const count = [["addresses", { case: "ITEMS_NOT_WITHIN", least: "1", most: "64" }]];
    expect(refused([])).toEqual(count);
    expect(refused(Array.from({ length: 65 }, (_, at) => `10.0.0.${at}`))).toEqual(count);
    const wrong = ["pbx.example.org", "10.0.0.0/8", "127.1", ""];
    expect(refused(["10.0.0.0/24", ...wrong])).toEqual(
      wrong.map((address, at) => [`addresses.${at + 1}`, { case: "NO_ADDRESS", address }]),
    );
  });

  it("tells all mistakes at once", () => {
    const wrong = {
      ...{ ...order, name: " ", realm: "no realm" },
      ...{ gateway: { host: "10.0.0.1", port: 0 }, announcer: { host: "?", port: 65_536 } },
    };
    const port = { case: "NOT_WITHIN", least: "1", most: "65535" };
    expect(faults(() => registerEdge(wrong))).toEqual([
      ["name", { case: "TEXT_MISSING" }],
      ["realm", { case: "NO_HOST", host: "no realm" }],
      ["gateway.port", port],
      ["announcer.host", { case: "NO_HOST", host: "?" }],
      ["announcer.port", port],
    ]);
  });

  it("keeps what a revision leaves out", () => {
    given(registered({ realm: "example.org" }))
      .when((state) => reviseEdge({ addresses: ["10.0.0.2"], now }, state))
      .then([{ type: "EdgeRevised", data: { ...terms, realm: "example.org", addresses: ["10.0.0.2"], effectiveOn } }]);
  });

  it("has two secrets while they are rotated, and never three", () => {
    const at = (hour: string) => `2026-11-29T${hour}:00:00.000Z`;
    given(registered())
      .when((state) => rotateEdgeSecret({ secretHash: "a2", previousUntil: null, now }, state))
      .then([rotated("a2", "2026-11-30T12:00:00.000Z")]);
    const state = stateOf(edgeEvolver, [registered(), rotated("a2", at("14")), rotated("a3", at("16"))]);
    if (!state) throw new Error("an edge that was registered has a state");
    expect(validHashes(state, at("13"))).toEqual(["a2", "a3"]);
    expect(validHashes(state, at("16"))).toEqual(["a3"]);
    given(registered())
      .when((known) => rotateEdgeSecret({ secretHash: "a2", previousUntil: "2026-12-29T12:00:00.001Z", now }, known))
      .thenRejected("INVALID_DATE", "previousUntil");
  });

  it("is retired once, for good", () => {
    given(registered())
      .when((state) => retireEdge({ now }, state))
      .then([retired]);
    given(registered(), retired)
      .when((state) => retireEdge({ now }, state))
      .then([]);
    const state = stateOf(edgeEvolver, [registered(), retired]);
    expect(state && validHashes(state, now)).toEqual([]);
    given(registered(), retired)
      .when((known) => reviseEdge({ name: "Rome", now }, known))
      .thenRejected("CONFLICT", "edgeId");
    given(registered(), retired)
      .when((known) => rotateEdgeSecret({ secretHash: "a2", previousUntil: null, now }, known))
      .thenRejected("CONFLICT", "edgeId");
  });
});
