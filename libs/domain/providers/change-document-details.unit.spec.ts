import { describe, expect, it } from "vitest";
import { at } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { changeDocumentDetails, documentDetailsEvolver } from "./change-document-details.js";
import { type BankAccount, type DocumentDetails, NO_DOCUMENT_DETAILS } from "./document-details.js";
import { type DocumentDetailsEvent } from "./events.js";

const given = givenFor(documentDetailsEvolver);
const now = at("2020-07-20");
const fine = { logoFault: null };

const account: BankAccount = {
  holder: "Northwind",
  bank: null,
  iban: "IT60X0542811101000000123456",
  bic: null,
  accountNumber: null,
  routingNumber: null,
  currency: null,
};
const address = {
  street: "Via Torino 12",
  addition: null,
  postalCode: "20123",
  city: "Milano",
  region: "MI",
  country: "IT",
};
const changed = (details: Partial<DocumentDetails>): DocumentDetailsEvent => ({
  type: "DocumentDetailsChanged",
  data: { ...NO_DOCUMENT_DETAILS, ...details, effectiveOn: "2020-07-20" },
});
const change =
  (changes: Partial<DocumentDetails>, facts: { readonly logoFault: string | null } = fine) =>
  (state: DocumentDetails | null) =>
    changeDocumentDetails({ ...changes, now }, state, facts);

describe("what documents say about a provider", () => {
  it("is recorded whole, trimmed, and with parts that are empty as none", () => {
    given()
      .when(change({ legalName: " Northwind S.p.A. ", taxId: " ", address: { ...address, region: "" } }))
      .then([changed({ legalName: "Northwind S.p.A.", address: { ...address, region: null } })]);
  });

  it("keeps what is left out, and loses what is null", () => {
    given(changed({ legalName: "Northwind", taxId: "IT1", address }))
      .when(change({ taxId: null, phone: "+39 02 1" }))
      .then([changed({ legalName: "Northwind", phone: "+39 02 1", address })]);
  });

  it("is not recorded again where nothing changes, in whatever order it is written", () => {
    const turned = {
      country: "IT",
      region: "MI",
      city: "Milano",
      postalCode: "20123",
      street: "Via Torino 12",
      addition: null,
    };
    given(changed({ address, bankAccounts: [account] }))
      .when(change({ address: turned, bankAccounts: [{ ...account, iban: "it60 X054 2811 1010 0000 0123 456" }] }))
      .then([]);
  });

  it.each<[Partial<BankAccount>, string]>([
    [{ iban: "IT60X0542811101000000123457" }, "bankAccounts.iban"],
    [{ iban: "60X05428111010" }, "bankAccounts.iban"],
    [{ iban: null }, "bankAccounts.iban"],
    [{ holder: " " }, "bankAccounts.holder"],
    [{ bic: "ESEM" }, "bankAccounts.bic"],
    [{ currency: "EUX" }, "bankAccounts.currency"],
  ])("refuses a bank account with %j", (wrong, field) => {
    given()
      .when(change({ bankAccounts: [{ ...account, ...wrong }] }))
      .thenRejected("VALIDATION_FAILED", field);
  });

  it("takes an account number where there is no IBAN", () => {
    const us = { ...account, iban: null, accountNumber: "000123", routingNumber: "021000021", currency: "USD" };
    given()
      .when(change({ bankAccounts: [us] }))
      .then([changed({ bankAccounts: [us] })]);
  });

  it("refuses addresses that cannot be printed", () => {
    const refused = (wrong: object, field: string) => {
      given()
        .when(change({ address: { ...address, ...wrong } }))
        .thenRejected("VALIDATION_FAILED", field);
    };
    refused({ street: " " }, "address.street");
    refused({ country: "Italy" }, "address.country");
    refused({ city: "x".repeat(101) }, "address.city");
  });

  it("refuses a logo that is too large or cannot be drawn", () => {
    const logo = { type: "PNG", data: "AAAA" } as const;
    given()
      .when(change({ logo }))
      .then([changed({ logo })]);
    given()
      .when(change({ logo }, { logoFault: "it is damaged" }))
      .thenRejected("VALIDATION_FAILED", "logo.data");
    given()
      .when(change({ logo: { type: "PNG", data: "A".repeat(133_400) } }))
      .thenRejected("VALIDATION_FAILED", "logo.data");
  });

  it("says every mistake", () => {
    expect(() => change({ taxId: "x".repeat(101), legalName: "x".repeat(101) })(null)).toThrow("legalName is longer");
  });
});
