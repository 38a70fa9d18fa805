import { describe, it } from "vitest";
import { givenFor } from "../spec-support/given.js";
import { type NumbersAssigned } from "./events.js";
import { assignNumbers, registerEvolver, type Unnumbered } from "./register.js";

const given = givenFor(registerEvolver);

const sealed = (invoiceId: string, customerId: string, issuedOn: string): Unnumbered => ({
  invoiceId,
  customerId,
  issuedOn,
});
const assigned = (first: number, ...invoices: NumbersAssigned["data"]["invoices"][number][]): NumbersAssigned => ({
  type: "NumbersAssigned",
  data: { series: "invoices", first, invoices, effectiveOn: "2020-08-01" },
});
const number = (...invoices: Unnumbered[]) => ({ series: "invoices", prefix: "INV-", invoices, on: "2020-08-01" });

describe("numbering", () => {
  it("goes by issue date, then customer id, from one", () => {
    given()
      .when((state) =>
        assignNumbers(
          number(sealed("i3", "c2", "2020-08-01"), sealed("i2", "c1", "2020-08-01"), sealed("i1", "c9", "2020-07-01")),
          state,
        ),
      )
      .then([
        assigned(
          1,
          { invoiceId: "i1", customerId: "c9", issuedOn: "2020-07-01", number: "INV-000001" },
          { invoiceId: "i2", customerId: "c1", issuedOn: "2020-08-01", number: "INV-000002" },
          { invoiceId: "i3", customerId: "c2", issuedOn: "2020-08-01", number: "INV-000003" },
        ),
      ]);
  });

  it("goes on where it stopped, with no gap", () => {
    const one = { invoiceId: "i1", customerId: "c1", issuedOn: "2020-07-01", number: "INV-000001" };
    const two = { invoiceId: "i2", customerId: "c2", issuedOn: "2020-07-01", number: "INV-000002" };
    const three = { invoiceId: "i3", customerId: "c1", issuedOn: "2020-08-01", number: "INV-000003" };
    given(assigned(1, one, two))
      .when((state) => assignNumbers(number(sealed("i3", "c1", "2020-08-01")), state))
      .then([assigned(3, three)]);
    given(assigned(1, one, two), assigned(3, three))
      .when((state) => assignNumbers({ ...number(sealed("i4", "c1", "2020-09-01")), prefix: "" }, state))
      .then([assigned(4, { invoiceId: "i4", customerId: "c1", issuedOn: "2020-09-01", number: "000004" })]);
  });

  it("goes over a million", () => {
    given(assigned(999_999, { invoiceId: "i1", customerId: "c1", issuedOn: "2020-07-01", number: "INV-999999" }))
      .when((state) => assignNumbers(number(sealed("i2", "c1", "2020-08-01")), state))
      .then([
        assigned(1_000_000, { invoiceId: "i2", customerId: "c1", issuedOn: "2020-08-01", number: "INV-1000000" }),
      ]);
  });

  it("of nothing records nothing", () => {
    given()
      .when((state) => assignNumbers(number(), state))
      .then([]);
  });
});
