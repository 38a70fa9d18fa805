import { describe, expect, it } from "vitest";
import { type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { type CustomerHistory } from "../commitments/history.js";
import { close, closeAll, moved } from "../spec-support/books.js";
import { commitment, history, month, recurringLine } from "../spec-support/history.js";
import { foresee } from "./foresee.js";
import { unbilled } from "./unbilled.js";

const held = commitment({ effectiveOn: "2020-07-01", discountEnd: "2022-07-01" });
const pausedFrom = (from: LocalDate, until: LocalDate): Commitment => ({
  ...held,
  pauses: [
    {
      ...{ pauseId: "pause-1", from, until, now: false, selfCare: false, resumed: false, cancelled: false },
      ...{ fromEventId: "paused", untilEventId: "paused" },
    },
  ],
});
/** July was closed as E1's; a pause of seven days of it was found out since. */
const known = history([pausedFrom("2020-07-08", "2020-07-14")]);
const july = closeAll(history([held]), [month("2020-07")]);
const late = moved(july, { eventId: "paused", commitmentId: "commitment-1", effectiveOn: "2020-07-08" });
const noon = "2020-09-01T12:00:00Z";

const sums = (of: CustomerHistory, books = late) => {
  const { lines, total, commitments } = unbilled({ ...books, history: of }, noon);
  return { nets: lines.map(({ net }) => net), total, accrued: commitments.map((each) => each.discountAccrued) };
};

describe("what is on no invoice yet", () => {
  it("is what the closes to come bill, corrections first, where the last period has ended and is not closed", () => {
    const august = close(late, known, month("2020-08"));
    const september = close(august.books, known, month("2020-09"));
    expect(unbilled({ ...late, history: known }, noon)).toMatchObject({
      period: month("2020-09"),
      lines: [...august.lines, ...september.lines],
    });
    // One of 30 days of September, August's discount, less 1.13 of July's.
    expect(sums(known)).toEqual({ nets: ["-3.39", "15.00", "15.00"], total: "26.61", accrued: ["4.04"] });
  });

  it("is the running period where all that has ended is closed", () => {
    const { books } = close(late, known, month("2020-08"));
    expect(sums(known, books)).toEqual({ nets: ["15.00"], total: "15.00", accrued: ["0.17"] });
    const august = moved(books, { eventId: "paused", commitmentId: "commitment-1", effectiveOn: "2020-08-08" });
    const again = history([pausedFrom("2020-08-08", "2020-08-14")]);
    expect(sums(again, august)).toMatchObject({ nets: ["-3.39", "15.00"] });
  });
});

describe("what a command would do to the bill before the last period is closed", () => {
  it("is its corrections, and what it changes of that period", () => {
    const before = { ...july, history: history([held]) };
    const nets = (after: CustomerHistory, from: LocalDate) =>
      foresee(before, after, from, "2020-09-01").after.lines.map(({ net }) => net);
    expect(nets(known, "2020-07-08")).toEqual(["-3.39", "15.00", "15.00"]);
    expect(nets(history([pausedFrom("2020-08-08", "2020-08-14")]), "2020-08-08")).toEqual(["3.38", "8.23", "15.00"]);
    expect(foresee(before, known, "2020-07-08", "2020-09-01").before).toEqual({
      lines: [recurringLine({ from: "2020-08-01", until: "2020-08-31" }), recurringLine(september)],
      total: "30.00",
    });
  });
});

const september = { from: "2020-09-01", until: "2020-09-30", days: 30, periodDays: 30 };
