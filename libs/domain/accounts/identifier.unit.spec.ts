import { describe, it } from "vitest";
import { givenFor } from "../spec-support/given.js";
import { type IdentifierEvent } from "./events.js";
import { identifierEvolver, releaseIdentifier, reserveIdentifier } from "./identifier.js";

const given = givenFor(identifierEvolver);
const on = "2020-07-01";
const reserved = (ownerId: string): IdentifierEvent => ({
  type: "IdentifierReserved",
  data: { ownerId, effectiveOn: on },
});
const released = (ownerId: string): IdentifierEvent => ({
  type: "IdentifierReleased",
  data: { ownerId, effectiveOn: on },
});

describe("an identifier", () => {
  it("is reserved by an account", () => {
    given()
      .when((state) => reserveIdentifier({ ownerId: "account-1", on }, state))
      .then([reserved("account-1")]);
  });

  it("reserved again by the same account stays so: a retry goes through", () => {
    given(reserved("account-1"))
      .when((state) => reserveIdentifier({ ownerId: "account-1", on }, state))
      .then([]);
  });

  it("of one account is refused to others", () => {
    given(reserved("account-1"))
      .when((state) => reserveIdentifier({ ownerId: "account-2", on }, state))
      .thenRejected("IDENTIFIER_TAKEN", "identifier");
  });

  it("is free once its owner releases it", () => {
    given(reserved("account-1"))
      .when((state) => releaseIdentifier({ ownerId: "account-1", on }, state))
      .then([released("account-1")]);
    given(reserved("account-1"), released("account-1"))
      .when((state) => reserveIdentifier({ ownerId: "account-2", on }, state))
      .then([reserved("account-2")]);
  });

  it("is not released by others, nor twice", () => {
    given(reserved("account-1"))
      .when((state) => releaseIdentifier({ ownerId: "account-2", on }, state))
      .then([]);
    given(reserved("account-1"), released("account-1"))
      .when((state) => releaseIdentifier({ ownerId: "account-1", on }, state))
      .then([]);
    given()
      .when((state) => releaseIdentifier({ ownerId: "account-1", on }, state))
      .then([]);
  });
});
