import { describe, expect, it } from "vitest";
import { type Customer } from "../customers/customer.js";
import { givenFor, stateOf } from "../spec-support/given.js";
import { type PersonEvent } from "./events.js";
import {
  invitePerson,
  linkAccount,
  linkInForce,
  personEvolver,
  type ProofOfAccount,
  removePerson,
  requestLink,
  useLink,
} from "./person.js";

const given = givenFor(personEvolver);
const now = "2026-07-01T12:00:00.000Z";
const at = (time: string): string => `2026-07-${time}.000Z`;
const customer = { customerId: "customer-1", closedOn: null } as Customer;
const order = {
  ...{ personId: "person-1", customerId: "customer-1", name: "Jane", email: "jane@example.org", now },
  link: { linkId: "link-1", secretHash: "hash-1" },
};
const invited: PersonEvent = {
  type: "PersonInvited",
  data: {
    ...{ personId: "person-1", customerId: "customer-1", effectiveOn: "2026-07-01" },
    personal: { name: "Jane", email: "jane@example.org" },
  },
};
const issued = (number: number, from: string, until: string): PersonEvent => ({
  type: "PersonLinkIssued",
  data: {
    ...{ linkId: `link-${number}`, customerId: "customer-1", secretHash: `hash-${number}` },
    ...{ issuedAt: at(from), expiresAt: at(until), effectiveOn: `2026-07-${from.slice(0, 2)}` },
  },
});
const first = issued(1, "01T12:00:00", "02T12:00:00");
const used: PersonEvent = { type: "PersonLinkUsed", data: { linkId: "link-1", effectiveOn: "2026-07-01" } };
const removed: PersonEvent = {
  type: "PersonRemoved",
  data: { effectiveOn: "2026-07-01", personal: { reason: "Left the firm" } },
};
const link = { linkId: "link-2", secretHash: "hash-2" };

describe("a person", () => {
  it("is invited with a link of 24 hours, its texts trimmed", () => {
    given()
      .when(() => invitePerson({ ...order, name: " Jane ", email: "jane@example.org " }, customer, false))
      .then([invited, first]);
  });

  it("is invited for an open customer only, with a name and an address", () => {
    given()
      .when(() => invitePerson(order, null, false))
      .thenRejected("CUSTOMER_NOT_FOUND", "customerId");
    given()
      .when(() => invitePerson(order, { ...customer, closedOn: "2026-06-30" }, false))
      .thenRejected("CUSTOMER_CLOSED", "customerId");
    given()
      .when(() => invitePerson({ ...order, name: " " }, customer, false))
      .thenRejected("VALIDATION_FAILED", "name");
    given()
      .when(() => invitePerson({ ...order, email: "jane@example.org, joe@example.org" }, customer, false))
      .thenRejected("VALIDATION_FAILED", "email");
  });

  it("is invited by an address that no other person of the customer has", () => {
    given()
      .when(() => invitePerson(order, customer, true))
      .thenRejected("EMAIL_TAKEN", "email");
  });

  it("is removed once, for good, with a reason", () => {
    given(invited, first)
      .when((state) => removePerson({ reason: " Left the firm", now }, state))
      .then([removed]);
    given(invited, first, removed)
      .when((state) => removePerson({ reason: "Again", now }, state))
      .then([]);
    given(invited)
      .when((state) => removePerson({ reason: " ", now }, state))
      .thenRejected("VALIDATION_FAILED", "reason");
    given()
      .when((state) => removePerson({ reason: "x", now }, state))
      .thenRejected("PERSON_NOT_FOUND", "personId");
  });
});

describe("another link", () => {
  it("is issued to who asks, a minute after the one before", () => {
    given(invited, first)
      .when((state) => requestLink({ link, now: at("01T12:00:59") }, state))
      .then([]);
    given(invited, first)
      .when((state) => requestLink({ link, now: at("01T12:01:00") }, state))
      .then([issued(2, "01T12:01:00", "02T12:01:00")]);
  });

  it("is not issued to nobody, or to who was removed", () => {
    given()
      .when((state) => requestLink({ link, now }, state))
      .then([]);
    given(invited, first, removed)
      .when((state) => requestLink({ link, now: at("01T13:00:00") }, state))
      .then([]);
  });

  it("is the last one of a day where it is the tenth, used or not", () => {
    const ten = Array.from({ length: 10 }, (_, index) => issued(index, `01T1${index}:00:00`, `02T1${index}:00:00`));
    const tenth = { linkId: "link-9", secretHash: "hash-9" };
    given(invited, ...ten.slice(0, 9))
      .when((state) => requestLink({ link: tenth, now: at("01T19:00:00") }, state))
      .then([issued(9, "01T19:00:00", "02T19:00:00")]);
    given(invited, ...ten)
      .when((state) => requestLink({ link, now: at("02T09:59:59") }, state))
      .then([]);
    given(invited, ...ten)
      .when((state) => requestLink({ link, now: at("02T10:00:00") }, state))
      .then([issued(2, "02T10:00:00", "03T10:00:00")]);
  });
});

describe("a link", () => {
  it("lets in once, before it expires", () => {
    given(invited, first)
      .when((state) => useLink({ secretHash: "hash-1", now: at("02T11:59:59") }, state))
      .then([{ ...used, data: { linkId: "link-1", effectiveOn: "2026-07-02" } }]);
    given(invited, first)
      .when((state) => useLink({ secretHash: "hash-1", now: at("02T12:00:00") }, state))
      .then([]);
    given(invited, first, used)
      .when((state) => useLink({ secretHash: "hash-1", now }, state))
      .then([]);
    given(invited, first, removed)
      .when((state) => useLink({ secretHash: "hash-1", now }, state))
      .then([]);
    given(invited, first)
      .when((state) => useLink({ secretHash: "hash-2", now }, state))
      .then([]);
  });

  it("stays where another one is issued or used", () => {
    const second = issued(2, "01T12:01:00", "02T12:01:00");
    const state = stateOf(personEvolver, [invited, first, second, used]);
    expect(["hash-1", "hash-2"].map((hash) => linkInForce(state, hash, at("01T12:02:00"))?.linkId)).toEqual([
      undefined,
      "link-2",
    ]);
  });
});

describe("an account at the OpenID provider", () => {
  const account = { issuer: "https://id.example.org", subject: "jane" };
  const linked = (by: "SESSION" | "VERIFIED_EMAIL", subject = "jane"): PersonEvent => ({
    type: "PersonAccountLinked",
    data: { by, effectiveOn: "2026-07-01", personal: { ...account, subject } },
  });
  const session: ProofOfAccount = { by: "SESSION" };
  const email = (address: string): ProofOfAccount => ({ by: "VERIFIED_EMAIL", email: address });

  it("becomes the person's by a session of its own, or by the address that it was invited by", () => {
    given(invited)
      .when((state) => linkAccount({ account, proof: session, now }, state))
      .then([linked("SESSION")]);
    given(invited)
      .when((state) => linkAccount({ account, proof: email("Jane@Example.org"), now }, state))
      .then([linked("VERIFIED_EMAIL")]);
  });

  it("is not by another address, and not by an address where the person has an account", () => {
    given(invited)
      .when((state) => linkAccount({ account, proof: email("joe@example.org"), now }, state))
      .then([]);
    given(invited, linked("SESSION", "jane at work"))
      .when((state) => linkAccount({ account, proof: email("jane@example.org"), now }, state))
      .then([]);
  });

  it("takes the place of another one by a session, and is linked once", () => {
    given(invited, linked("VERIFIED_EMAIL", "jane at work"))
      .when((state) => linkAccount({ account, proof: session, now }, state))
      .then([linked("SESSION")]);
    given(invited, linked("VERIFIED_EMAIL"))
      .when((state) => linkAccount({ account, proof: session, now }, state))
      .then([]);
  });

  it("goes with the person", () => {
    given(invited, removed)
      .when((state) => linkAccount({ account, proof: session, now }, state))
      .then([]);
    expect(stateOf(personEvolver, [invited, linked("SESSION"), removed])?.account).toBeNull();
    given()
      .when((state) => linkAccount({ account, proof: session, now }, state))
      .then([]);
  });
});
