import { describe, expect, it } from "vitest";
import { penaltyIfTerminated } from "../billing/early-termination-quote.js";
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
import { assigned, billing, history, penaltyLine, terminated } from "../spec-support/history.js";
import {
  after,
  factsOf,
  keepOn,
  pause,
  type Step,
  terminate,
  told,
  type Told,
  upgrade,
} from "../spec-support/story.js";
import { commitmentEvolver, statusOn } from "./commitment.js";
import { discountEndOn } from "./discount-end.js";
import { type CommitmentEvent, type CommitmentTerminated } from "./events.js";
import { terminateWithClosing } from "./terminate.js";

const given = givenFor(commitmentEvolver);
const nothingBilled = billing(history([]));
const TODAY = "2020-10-20";
const today =
  (step: Step, facts = factsOf()) =>
  (state: Parameters<Step>[0]) =>
    step(state, facts, at(TODAY), "9");
const cancelled = (discountEnd: string | null): CommitmentEvent => ({
  type: "TerminationCancelled",
  data: { discountEnd, effectiveOn: TODAY },
});

describe("a termination on a day to come", () => {
  const scheduled: Told = [["2020-10-10", terminate("2020-11-30")]];

  it("previews the penalty of that day", () => {
    given(assigned())
      .when(today(terminate("2020-11-30")))
      .then([terminated("2020-11-30", { penaltyPreview: "105.00" })]);
    given(assigned())
      .when(today(terminate("2021-02-28")))
      .then([terminated("2021-02-28", { early: false })]);
  });

  it("is replaced by another one, earlier or later, through its last day", () => {
    given(...told(assigned(), scheduled))
      .when(today(terminate("2020-12-31")))
      .then([terminated("2020-12-31", { penaltyPreview: "110.00" })]);
    given(...told(assigned(), scheduled))
      .when(today(terminate()))
      .then([terminated(TODAY, { penaltyPreview: "98.23" })]);
    const replaced = after(assigned(), [...scheduled, ["2020-10-11", terminate("2020-12-31")]]);
    expect([statusOn(replaced, "2020-12-31"), statusOn(replaced, "2021-01-01")]).toEqual(["ACTIVE", "TERMINATED"]);
  });

  it("is cancelled through its last day, and then is none", () => {
    for (const day of ["2020-11-30", TODAY]) {
      const ending = told(assigned(), [["2020-10-10", terminate(day)]]);
      given(...ending)
        .when(today(keepOn))
        .then([cancelled("2021-03-01")]);
    }
    const kept = after(assigned(), [...scheduled, [TODAY, keepOn]]);
    expect(statusOn(kept, "2020-12-01")).toBe("ACTIVE");
  });

  it("that is cancelled restores the pauses that it would have cut", () => {
    const story: Told = [
      ["2020-10-01", pause({ from: "2020-11-01", until: "2020-11-30" })],
      ["2020-10-10", terminate("2020-11-10")],
    ];
    expect(discountEndOn(after(assigned(), story), TODAY)).toBe("2021-03-11");
    given(...told(assigned(), story))
      .when(today(keepOn))
      .then([cancelled("2021-03-31")]);
  });

  it("inside a pause ends it with that day: earliness is decided with what is left of it", () => {
    const paused: Told = [["2020-10-01", pause({ from: "2020-10-15", until: "2021-12-31" })]];
    given(...told(assigned(), paused))
      .when(today(terminate()))
      .then([terminated(TODAY, { discountEnd: "2021-03-07", penaltyPreview: "97.26" })]);
    // Paused from 2021-02-21 on: eight discounted days are left, however long the pause was to last.
    const late: Told = [["2020-10-01", pause({ from: "2021-02-21", until: "2021-12-31" })]];
    given(...told(assigned(), late))
      .when(today(terminate("2021-02-28")))
      .then([terminated("2021-02-28", { discountEnd: "2021-03-09", penaltyPreview: "118.57" })]);
    const ended = after(assigned(), [...late, [TODAY, terminate("2021-02-28")]]);
    expect([statusOn(ended, "2021-02-28"), statusOn(ended, "2021-03-01")]).toEqual(["PAUSED", "TERMINATED"]);
  });
});

describe("a commitment that has not started", () => {
  const pending = assigned({ effectiveOn: "2020-11-05", discountEnd: "2022-11-05" });
  const gone = (on: string): CommitmentTerminated => terminated(on, { discountEnd: "2022-11-05", early: false });

  it("is cancelled by a date before its start: today, one to come, or one of the running period", () => {
    for (const on of ["2020-10-01", TODAY, "2020-11-04"]) {
      given(pending)
        .when(today(terminate(on)))
        .then([gone(on)]);
    }
    const ended = after(pending, [[TODAY, terminate()]]);
    expect([statusOn(ended, TODAY), statusOn(ended, "2020-10-21")]).toEqual(["PENDING", "TERMINATED"]);
  });

  it("ends early on its start or later", () => {
    given(pending)
      .when(today(terminate("2020-11-05")))
      .then([terminated("2020-11-05", { discountEnd: "2022-11-05", penaltyPreview: "0.17" })]);
  });

  it("is refused a date in a closed period", () => {
    given(pending)
      .when(today(terminate("2020-09-29")))
      .thenRejected("DATE_ALREADY_INVOICED", "effectiveOn");
  });
});

describe("waiving the penalty", () => {
  const waived = { penaltyWaived: true, personal: { waiverReason: "moved away" } };

  it("needs a reason, and leaves nothing to pay", () => {
    given(assigned())
      .when(today(terminate(undefined, " moved away ")))
      .then([terminated(TODAY, waived)]);
    given(assigned())
      .when(today(terminate(undefined, " ")))
      .thenRejected("VALIDATION_FAILED", "waivePenalty");
  });

  it("shows the penalty and its credit in the preview", () => {
    const credit = { kind: "PENALTY_WAIVED", fee: "-98.23", net: "-98.23", causes: ["event-1"] } as const;
    expect(penaltyIfTerminated(after(assigned(), []), TODAY, nothingBilled, true)).toEqual([
      penaltyLine(TODAY, "98.23", { causes: ["event-1"] }),
      penaltyLine(TODAY, "98.23", credit),
    ]);
  });

  it("is taken back by a termination ordered anew without it", () => {
    given(...told(assigned(), [["2020-10-10", terminate("2020-11-30", "moved away")]]))
      .when(today(terminate("2020-11-30")))
      .then([terminated("2020-11-30", { penaltyPreview: "105.00" })]);
  });

  it("does not outlive a closing that comes first", () => {
    const closed = factsOf({ accounts: [account(accountOpened(), accountClosed(TODAY))] });
    given(...told(assigned(), [["2020-10-10", terminate("2020-11-30", "moved away")]]))
      .when((state) => terminateWithClosing({ closedOn: TODAY, reason: "ACCOUNT_CLOSED" }, state, closed))
      .then([terminated(TODAY, { penaltyPreview: "98.23", reason: "ACCOUNT_CLOSED" })]);
  });
});

describe("refused", () => {
  const upgraded: Told = [["2020-10-10", upgrade()]];

  it("is a termination before the upgrade whose terms are held, not on its day", () => {
    given(...told(assigned(), upgraded))
      .when(today(terminate("2020-10-09")))
      .thenRejected("CONFLICT", "effectiveOn");
    given(...told(assigned(), upgraded))
      .when(today(terminate("2020-09-29")))
      .thenRejected("DATE_ALREADY_INVOICED", "effectiveOn");
    expect(today(terminate("2020-10-10"))(after(assigned(), upgraded))).toHaveLength(1);
  });

  it("is cancelling where nothing is scheduled, or was cancelled", () => {
    given(assigned()).when(today(keepOn)).thenRejected("NOT_TERMINATED", "commitmentId");
    const kept: Told = [
      ["2020-10-01", terminate("2020-11-30")],
      ["2020-10-02", keepOn],
    ];
    given(...told(assigned(), kept))
      .when(today(keepOn))
      .thenRejected("NOT_TERMINATED", "commitmentId");
  });

  it("is cancelling, in this order, of what is unknown, over, or held by what is closed", () => {
    const accounts = [account(accountOpened(), accountClosed(TODAY))];
    const owner = customer(customerCreated(), customerClosed(TODAY));
    const scheduled = [assigned(), terminated("2020-11-30")];
    given().when(today(keepOn)).thenRejected("COMMITMENT_NOT_FOUND", "commitmentId");
    given(assigned(), terminated("2020-10-19"))
      .when(today(keepOn, factsOf({ accounts, owner })))
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
    given(...scheduled)
      .when(today(keepOn, factsOf({ accounts, owner })))
      .thenRejected("CUSTOMER_CLOSED", "commitmentId");
    given(...scheduled)
      .when(today(keepOn, factsOf({ accounts })))
      .thenRejected("ACCOUNT_CLOSED", "commitmentId");
  });

  it("is not a termination where the holder is closed today", () => {
    const accounts = [account(accountOpened(), accountClosed(TODAY))];
    given(assigned())
      .when(today(terminate("2020-10-10"), factsOf({ accounts })))
      .then([terminated("2020-10-10", { penaltyPreview: "96.61" })]);
  });
});
