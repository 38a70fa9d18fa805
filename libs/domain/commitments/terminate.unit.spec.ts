import { describe, expect, it } from "vitest";
import { penaltyIfTerminated } from "../billing/early-termination-quote.js";
import { type CustomerBilling, type Ledger } from "../billing/ledger.js";
import {
  account,
  accountClosed,
  accountOpened,
  at,
  customer,
  customerClosed,
  customerCreated,
} from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import {
  assigned,
  billing,
  commitment,
  history,
  internet,
  penaltyLine,
  terminated,
  terms,
  tv,
} from "../spec-support/history.js";
import { terminationFacts } from "../spec-support/story.js";
import { commitmentEvolver } from "./commitment.js";
import { terminateCommitment, type TerminationFacts, terminateWithClosing } from "./terminate.js";

const given = givenFor(commitmentEvolver);
const nothingBilled: CustomerBilling = billing(history([]));
const nothingSealed = terminationFacts(nothingBilled);
const sealed = (amount: string): Ledger => new Map([["commitment-1", new Map([["recurring-1", amount]])]]);
const owned = (holders: Parameters<typeof history>[1], changes: Partial<CustomerBilling> = {}): TerminationFacts =>
  terminationFacts({ ...nothingBilled, history: history([], holders), ...changes });
const closedAccount = (on: string, changes: Partial<CustomerBilling> = {}): TerminationFacts =>
  owned({ accounts: [account(accountOpened(), accountClosed(on))] }, changes);

describe("terminating", () => {
  it("ends with today, and previews the penalty: 20 months of 5.00 (E2)", () => {
    given(assigned())
      .when((state) => terminateCommitment({ now: at("2020-10-31") }, state, nothingSealed))
      .then([
        {
          type: "CommitmentTerminated",
          data: {
            effectiveOn: "2020-10-31",
            discountEnd: "2021-03-01",
            early: true,
            penaltyPreview: "100.00",
            reason: "ORDERED",
          },
        },
      ]);
  });

  it("previews from the sealed ledger and the open period alike", () => {
    given(assigned())
      .when((state) =>
        terminateCommitment(
          { now: at("2020-10-31") },
          state,
          owned({}, { sealed: sealed("90.00"), closedTo: "2020-10-01" }),
        ),
      )
      .then([terminated("2020-10-31", { penaltyPreview: "95.00" })]);
  });

  it.each([
    ["2021-02-26", true, "119.64"],
    ["2021-02-27", true, "119.82"],
    ["2021-02-28", false, "0.00"],
    ["2021-03-01", false, "0.00"],
    ["2021-06-15", false, "0.00"],
  ])("on %s is early: %s, penalty %s", (date, early, penaltyPreview) => {
    given(assigned())
      .when((state) => terminateCommitment({ now: at(date) }, state, nothingSealed))
      .then([terminated(date, { early, penaltyPreview })]);
  });

  it("is never early without a discount end date", () => {
    const endless = assigned({
      discountEnd: null,
      terms: terms({ discountPeriods: null, recurring: [internet({ discount: "0.00" })] }),
    });
    given(endless)
      .when((state) => terminateCommitment({ now: at("2019-03-01") }, state, nothingSealed))
      .then([terminated("2019-03-01", { discountEnd: null, early: false })]);
  });

  it("claims back one-time discounts (E3, E8)", () => {
    given(assigned({ terms: terms({ recurring: [], oneTime: [tv()] }) }))
      .when((state) => terminateCommitment({ now: at("2020-10-31") }, state, nothingSealed))
      .then([terminated("2020-10-31", { penaltyPreview: "399.99" })]);
    const device = tv({ fee: "50.00", discount: "49.99" });
    const monthly = internet({ fees: { MONTHLY: "12.00" }, discount: "2.00" });
    given(assigned({ terms: terms({ recurring: [monthly], oneTime: [device] }) }))
      .when((state) => terminateCommitment({ now: at("2019-12-31") }, state, nothingSealed))
      .then([terminated("2019-12-31", { penaltyPreview: "69.99" })]);
  });

  it("may date back to the first day of the running period", () => {
    given(assigned())
      .when((state) => terminateCommitment({ effectiveOn: "2020-10-01", now: at("2020-10-20") }, state, nothingSealed))
      .then([terminated("2020-10-01", { penaltyPreview: "95.16" })]);
  });

  it("may be on the first day of the commitment", () => {
    given(assigned())
      .when((state) => terminateCommitment({ effectiveOn: "2019-03-01", now: at("2019-03-10") }, state, nothingSealed))
      .then([terminated("2019-03-01", { penaltyPreview: "0.16" })]);
  });

  it("again through its last day replaces the date", () => {
    given(assigned(), terminated("2020-10-20"))
      .when((state) => terminateCommitment({ effectiveOn: "2020-10-10", now: at("2020-10-20") }, state, nothingSealed))
      .then([terminated("2020-10-10", { penaltyPreview: "96.61" })]);
  });

  it("counts today by the customer's clock", () => {
    const apia = owned({ owner: customer(customerCreated({ timeZone: "Pacific/Apia" })) });
    given(assigned())
      .when((state) => terminateCommitment({ now: "2020-10-31T10:00:00.000Z" }, state, apia))
      .then([terminated("2020-11-01", { penaltyPreview: "100.17" })]);
  });
});

describe("terminating is refused", () => {
  const attempt = (effectiveOn: string) => (state: Parameters<typeof terminateCommitment>[1]) =>
    terminateCommitment({ effectiveOn, now: at("2020-10-20") }, state, nothingSealed);

  it("for an unknown commitment", () => {
    given().when(attempt("2020-10-20")).thenRejected("COMMITMENT_NOT_FOUND", "commitmentId");
  });

  it("from the day after its last one, whatever the date asked for", () => {
    for (const date of ["2020-10-20", "2018-01-01", "2030-01-01"]) {
      given(assigned(), terminated("2020-10-19"))
        .when(attempt(date))
        .thenRejected("ALREADY_TERMINATED", "commitmentId");
    }
  });

  it("after the day on which its account or customer closed, before the processor has come", () => {
    given(assigned())
      .when((state) => terminateCommitment({ now: at("2020-10-20") }, state, closedAccount("2020-10-19")))
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
    const closedCustomer = customer(customerCreated(), customerClosed("2020-10-19"));
    given(assigned())
      .when((state) => terminateCommitment({ now: at("2020-10-20") }, state, owned({ owner: closedCustomer })))
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
    given(assigned())
      .when((state) => terminateCommitment({ now: at("2020-10-20") }, state, closedAccount("2020-10-20")))
      .then([terminated("2020-10-20", { penaltyPreview: "98.23" })]);
  });

  it("before the start, in a closed period too", () => {
    given(assigned({ effectiveOn: "2020-10-05" }))
      .when(attempt("2020-10-04"))
      .thenRejected("TERMINATION_INVALID", "effectiveOn");
    given(assigned()).when(attempt("2019-02-28")).thenRejected("TERMINATION_INVALID", "effectiveOn");
  });

  it("in a closed period", () => {
    given(assigned()).when(attempt("2020-09-29")).thenRejected("DATE_ALREADY_INVOICED", "effectiveOn");
  });
});

describe("closing what holds a commitment", () => {
  const closing = { closedOn: "2020-10-31", reason: "ACCOUNT_CLOSED" as const };

  it("terminates it on that day, with its penalty", () => {
    given(assigned())
      .when((state) => terminateWithClosing(closing, state, closedAccount("2020-10-31")))
      .then([terminated("2020-10-31", { penaltyPreview: "100.00", reason: "ACCOUNT_CLOSED" })]);
  });

  it("counts no discount twice when that day's period is closed and sealed already", () => {
    const late = closedAccount("2020-10-31", { sealed: sealed("100.00"), closedTo: "2020-11-01" });
    given(assigned())
      .when((state) => terminateWithClosing(closing, state, late))
      .then([terminated("2020-10-31", { penaltyPreview: "100.00", reason: "ACCOUNT_CLOSED" })]);
  });

  it("moves a later termination to that day, and leaves an earlier one", () => {
    given(assigned(), terminated("2020-11-05"))
      .when((state) => terminateWithClosing({ ...closing, reason: "CUSTOMER_CLOSED" }, state, nothingSealed))
      .then([terminated("2020-10-31", { penaltyPreview: "100.00", reason: "CUSTOMER_CLOSED" })]);
    for (const date of ["2020-10-31", "2020-10-30"]) {
      given(assigned(), terminated(date))
        .when((state) => terminateWithClosing(closing, state, nothingSealed))
        .then([]);
    }
  });

  it("before its start cancels it on that day, once, and charges nothing", () => {
    const late = assigned({ effectiveOn: "2020-11-05", discountEnd: "2022-11-05" });
    const ended = terminated("2020-10-31", { discountEnd: "2022-11-05", early: false, reason: "ACCOUNT_CLOSED" });
    given(late)
      .when((state) => terminateWithClosing(closing, state, closedAccount("2020-10-31")))
      .then([ended]);
    given(late, ended)
      .when((state) => terminateWithClosing(closing, state, closedAccount("2020-10-31")))
      .then([]);
  });

  it("of an unknown commitment is refused", () => {
    given()
      .when((state) => terminateWithClosing(closing, state, nothingSealed))
      .thenRejected("COMMITMENT_NOT_FOUND", "commitmentId");
  });
});

it("asking what leaving would cost answers the penalty lines of the close, caused by what is recorded", () => {
  expect(penaltyIfTerminated(commitment(), "2021-02-27", nothingBilled)).toEqual([
    penaltyLine("2021-02-27", "119.82", { causes: ["commitment-1/assigned"] }),
  ]);
  expect(penaltyIfTerminated(commitment(), "2021-02-28", nothingBilled)).toEqual([]);
});
