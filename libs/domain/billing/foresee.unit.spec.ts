import { describe, expect, it } from "vitest";
import {
  account,
  accountClosed,
  accountOpened,
  customer,
  customerClosed,
  customerCreated,
} from "../spec-support/examples.js";
import {
  billing,
  commitment,
  history,
  internet,
  oneTimeLine,
  penaltyLine,
  recurringLine,
  terms,
  tv,
} from "../spec-support/history.js";
import { foresee } from "./foresee.js";
import { type CustomerHistory } from "../commitments/history.js";

const today = "2020-07-15";
const july = { effectiveOn: "2020-07-01", discountEnd: "2022-07-01" };
const foreseen = (before: CustomerHistory, after: CustomerHistory) => foresee(billing(before), after, null, today);
const whole = { lines: [recurringLine()], total: "15.00" };

describe("what a command would do to the bill", () => {
  it("is a new line for what is assigned", () => {
    const device = commitment({
      commitmentId: "commitment-2",
      effectiveOn: today,
      terms: terms({ recurring: [], oneTime: [tv()] }),
    });
    const line = oneTimeLine(today, { commitmentId: "commitment-2", causes: ["commitment-2/assigned"] });
    expect(foreseen(history([commitment(july)]), history([commitment(july), device]))).toStrictEqual({
      period: { from: "2020-07-01", to: "2020-08-01" },
      before: whole,
      after: { lines: [recurringLine(), line], total: "15.01" },
      penalty: null,
    });
  });

  it("is shorter lines and a penalty for what is terminated in the running period", () => {
    const { after, penalty } = foreseen(history([commitment(july)]), history([commitment(july, "2020-07-15")]));
    const claimed = penaltyLine("2020-07-15", "2.42");
    expect(penalty).toStrictEqual({ lines: [claimed], total: "2.42" });
    expect(after.lines.at(-1)).toStrictEqual(claimed);
    // 15 of 31 days of 20.00 and 5.00, and the discount of 2.42 back.
    expect(after.total).toBe("9.68");
  });

  it("shows the penalty of a termination to come, while the running period stays as it is", () => {
    const { before, after, penalty } = foreseen(history([commitment(july)]), history([commitment(july, "2020-09-30")]));
    expect(before).toStrictEqual(whole);
    expect(after).toStrictEqual(whole);
    expect(penalty).toStrictEqual({ lines: [penaltyLine("2020-09-30", "15.00")], total: "15.00" });
  });

  it("shows that a termination costs nothing where it does", () => {
    const free = { ...july, discountEnd: null };
    expect(foreseen(history([commitment(free)]), history([commitment(free, today)])).penalty).toStrictEqual({
      lines: [],
      total: "0.00",
    });
  });

  it("shows the penalties of all that a closing ends, and of nothing that had ended before", () => {
    const held = [
      commitment(july),
      commitment({ ...july, commitmentId: "commitment-2" }, "2020-07-10"),
      commitment({ ...july, commitmentId: "commitment-3" }, "2020-07-31"),
    ];
    const owner = customer(customerCreated(), customerClosed("2020-07-12"));
    const ids = ({ lines }: { lines: readonly { commitmentId: string | null }[] }) =>
      lines.map(({ commitmentId }) => commitmentId);
    const closedCustomer = foreseen(history(held), history(held, { owner })).penalty;
    expect(closedCustomer && ids(closedCustomer)).toEqual(["commitment-1", "commitment-3"]);
    const accounts = [account(accountOpened(), accountClosed("2020-07-12"))];
    const closedAccount = foreseen(history(held), history(held, { accounts })).penalty;
    expect(closedAccount && ids(closedAccount)).toEqual(["commitment-1", "commitment-3"]);
  });

  it("is nothing where nothing changes", () => {
    const known = history([commitment(july, "2020-07-31")]);
    expect(foreseen(known, known)).toMatchObject({
      before: { total: "20.00" },
      after: { total: "20.00" },
      penalty: null,
    });
    expect(foreseen(history([commitment(july, "2020-07-31")]), history([commitment(july)])).penalty).toBeNull();
    const dear = history([commitment({ ...july, terms: terms({ recurring: [internet({ discount: "0.00" })] }) })]);
    expect(foreseen(dear, dear).before.total).toBe("20.00");
  });
});
