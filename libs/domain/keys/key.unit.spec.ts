import { describe, expect, it } from "vitest";
import { givenFor, rejectionOf, stateOf } from "../spec-support/given.js";
import { type KeyEvent, type KeyRole } from "./events.js";
import { grantKey, keyEvolver, requireKey, revokeKey, statusOf } from "./key.js";

const given = givenFor(keyEvolver);
const now = "2020-07-01T12:00:00.000Z";
const key = { keyId: "key-1", secretHash: "ab", roles: ["csr"] as readonly KeyRole[], expiresAt: null };
const texts = { label: "Call centre", reason: "The new desk" };
const order = { ...key, ...texts, by: ["admin"], ofDefaultProvider: false, now };
const granted = (changes: object = {}): KeyEvent => ({
  type: "KeyGranted",
  data: { ...key, effectiveOn: "2020-07-01", personal: texts, ...changes },
});
const revoked: KeyEvent = { type: "KeyRevoked", data: { effectiveOn: "2020-07-01", personal: { reason: "Leaked" } } };
const operators = granted({ roles: ["operator"] });

describe("a key", () => {
  it("is granted, its texts trimmed", () => {
    given()
      .when(() => grantKey({ ...order, label: " Call centre ", reason: "The new desk\n" }))
      .then([granted()]);
  });

  it("expires when it is to", () => {
    const expiresAt = "2020-07-02T00:00:00.000Z";
    given()
      .when(() => grantKey({ ...order, expiresAt }))
      .then([granted({ expiresAt })]);
    given()
      .when(() => grantKey({ ...order, expiresAt: now }))
      .thenRejected("INVALID_DATE", "expiresAt");
    const [state] = [stateOf(keyEvolver, [granted({ expiresAt })])];
    expect(state && ["2020-07-01T23:59:59.999Z", expiresAt].map((at) => statusOf(state, at))).toEqual([
      "ACTIVE",
      "EXPIRED",
    ]);
  });

  it("is revoked once, for good", () => {
    given(granted())
      .when((state) => revokeKey({ reason: " Leaked", by: ["admin"], now }, state))
      .then([revoked]);
    given(granted(), revoked)
      .when((state) => revokeKey({ reason: "Again", by: ["admin"], now }, state))
      .then([]);
    given(granted())
      .when((state) => revokeKey({ reason: " ", by: ["admin"], now }, state))
      .thenRejected("VALIDATION_FAILED", "reason");
    given()
      .when((state) => revokeKey({ reason: "Leaked", by: ["operator"], now }, state))
      .thenRejected("KEY_NOT_FOUND", "keyId");
    const state = stateOf(keyEvolver, [granted({ expiresAt: now }), revoked]);
    expect(state && statusOf(state, now)).toBe("REVOKED");
  });

  it.each<[readonly string[], KeyRole, boolean]>([
    [["operator"], "operator", true],
    [["operator"], "admin", true],
    [["admin"], "admin", true],
    [["admin"], "zendesk-app", true],
    [["csr", "admin"], "finance", true],
    [["admin"], "operator", false],
    [["csr"], "csr", false],
  ])("by %j with the role %s: %s", (by, role, isAllowed) => {
    const act = () => grantKey({ ...order, by, roles: [role], ofDefaultProvider: true });
    if (isAllowed) expect(act()).toEqual([granted({ roles: [role] })]);
    else expect(rejectionOf(act)).toEqual({ code: "FORBIDDEN", field: undefined });
  });

  it("of an operator is granted in the default provider, and nothing to others", () => {
    given()
      .when(() => grantKey({ ...order, by: ["operator"], roles: ["operator"] }))
      .thenRejected("VALIDATION_FAILED", "roles");
    given(operators)
      .when((state) => revokeKey({ reason: "Leaked", by: ["admin"], now }, state))
      .thenRejected("KEY_NOT_FOUND", "keyId");
    given(operators)
      .when((state) => revokeKey({ reason: "Leaked", by: ["operator"], now }, state))
      .then([revoked]);
  });

  it.each<[string, object]>([
    ["label", { label: " " }],
    ["reason", { reason: "" }],
    ["roles", { roles: [] }],
    ["roles", { roles: ["csr", "csr"] }],
    ["roles", { roles: ["operator", "admin"] }],
  ])("is refused for its %s: %j", (field, changes) => {
    const act = () => {
      requireKey({ ...order, ...changes });
    };
    expect(rejectionOf(act)).toEqual({ code: "VALIDATION_FAILED", field });
  });
});
