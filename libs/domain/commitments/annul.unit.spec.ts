import { describe, it } from "vitest";
import { account, accountClosed, accountOpened, at } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, commitment } from "../spec-support/history.js";
import { annul, factsOf, keepOn, pause, terminate, told, upgrade } from "../spec-support/story.js";
import { commitmentEvolver } from "./commitment.js";
import { type CommitmentAnnulled } from "./events.js";

const given = givenFor(commitmentEvolver);
const start = assigned({ effectiveOn: "2020-07-20", discountEnd: "2022-07-20" });
const on =
  (day: string, step = annul(), facts = factsOf()) =>
  (state: Parameters<typeof step>[0]) =>
    step(state, facts, at(day), "9");

const annulled = (orderedOn: string): CommitmentAnnulled => ({
  type: "CommitmentAnnulled",
  data: { orderedOn, effectiveOn: "2020-07-20", personal: { reason: "Withdrawn" } },
});

describe("annulling a commitment", () => {
  it.each(["2020-07-10", "2020-07-20", "2020-08-03"])("is accepted on %s", (day) => {
    given(start)
      .when(on(day))
      .then([annulled(day)]);
  });

  it("looks at no upgrade, closed period or scheduled termination before it", () => {
    given(
      ...told(start, [
        ["2020-07-25", upgrade()],
        ["2020-07-26", terminate("2020-08-31")],
      ]),
    )
      .when(on("2020-08-03"))
      .then([annulled("2020-08-03")]);
  });

  it("is refused after start + cooling-off days, which the provider sets", () => {
    given(start).when(on("2020-08-04")).thenRejected("TERMINATION_INVALID", "commitmentId");
    given(start)
      .when(on("2020-07-21", annul(), factsOf({}, { coolingOffDays: 0 })))
      .thenRejected("TERMINATION_INVALID", "commitmentId");
    given(start)
      .when(on("2020-08-04", annul(), factsOf({}, { coolingOffDays: 15 })))
      .then([annulled("2020-08-04")]);
  });

  it("is refused without a reason, unknown, and where it has ended, not on the day of a closing", () => {
    given(start)
      .when(on("2020-07-25", annul(" ")))
      .thenRejected("VALIDATION_FAILED", "reason");
    given().when(on("2020-07-25")).thenRejected("COMMITMENT_NOT_FOUND", "commitmentId");
    given()
      .when(() => on("2020-07-25")(commitment({ effectiveOn: "2020-07-20" }, "2020-07-24")))
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
    const accounts = [account(accountOpened(), accountClosed("2020-07-24"))];
    given(start)
      .when(on("2020-07-25", annul(), factsOf({ accounts })))
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
    given(start)
      .when(on("2020-07-24", annul(), factsOf({ accounts })))
      .then([annulled("2020-07-24")]);
  });

  it("is for good: no command follows it, not even on its first day", () => {
    for (const step of [annul(), keepOn, terminate(), pause({ from: "2020-07-21" })]) {
      given(start, annulled("2020-07-20"))
        .when(on("2020-07-20", step))
        .thenRejected("ALREADY_TERMINATED", "commitmentId");
    }
  });
});
