import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type LocalDate } from "../calendar.js";
import { type CollectionTerms } from "../catalog/events.js";
import { emptyBooks } from "../receivables/books.js";
import { type Collection, NO_COLLECTION, withChange, withCollectionEvent, withLiftingByHand } from "./collection.js";
import { nextStepOn, nextSteps, type Standing } from "./next-steps.js";
import { takeSteps } from "./decide.js";

const terms: CollectionTerms = {
  ...{ suspendAfterDays: 10, terminateAfterDays: 60 },
  ...{ remindAfterDays: [3, 7], warnBeforeSuspensionDays: 3 },
};

/** Unpaid invoices of 15.00 by their due dates. */
const owing = (...due: LocalDate[]): Collection => ({
  ...NO_COLLECTION,
  books: {
    ...emptyBooks("USD"),
    invoices: due.map((dueOn, index) => ({
      ...{ invoiceId: `invoice-${index + 1}`, issuedOn: addDays(dueOn, -14), dueOn, number: `INV-${index + 1}` },
      ...{ open: "15.00", writtenOff: "0.00" },
    })),
  },
  causes: due.map((_, index) => ({ invoiceId: `invoice-${index + 1}`, eventId: `seal-${index + 1}` })),
});

const promised = (state: Collection, by: LocalDate): Collection => ({ ...state, promise: { by, eventId: "promise" } });

const standing = (collection: Collection, changes: Partial<Standing> = {}): Standing => ({
  ...{ collection, terms, isSuspended: false, isClosed: false },
  ...changes,
});

const told = (collection: Collection, changes: Partial<Standing> = {}): string[] =>
  nextSteps(standing(collection, changes)).map(({ on, kind }) => `${on} ${kind}`);

/** The state after the run of a day. */
const afterRun = (collection: Collection, day: LocalDate): Collection =>
  takeSteps(standing(collection), day, []).reduce(
    (state, event, index) => withCollectionEvent(state, event, `${day}/${index}`),
    collection,
  );

describe("the steps to come", () => {
  it("are counted from the due date of the oldest unpaid invoice; every invoice becomes overdue", () => {
    expect(told(owing("2021-06-15", "2021-07-15"))).toEqual([
      "2021-06-16 OVERDUE",
      "2021-06-18 REMINDER",
      "2021-06-22 REMINDER",
      "2021-06-22 WARNING",
      "2021-06-25 SUSPENSION",
      "2021-07-16 OVERDUE",
      "2021-08-14 TERMINATION",
    ]);
  });

  it("wait for a promise: warned 3 days before the day after it, reminders through it dropped", () => {
    expect(told(promised(owing("2021-06-15"), "2021-06-30"))).toEqual([
      "2021-06-16 OVERDUE",
      "2021-06-28 WARNING",
      "2021-07-01 SUSPENSION",
      "2021-08-14 TERMINATION",
    ]);
    expect(told(promised(owing("2021-06-15"), "2021-06-20"))).toContain("2021-06-22 REMINDER");
    expect(told(promised(owing("2021-06-15"), "2021-09-30"))).toContain("2021-10-01 TERMINATION");
  });

  it("warn on the day after the due date at the earliest, also where that is the day of the suspension", () => {
    const soon = { ...terms, remindAfterDays: [], terminateAfterDays: null };
    expect(told(owing("2021-06-15"), { terms: { ...soon, suspendAfterDays: 2 } })).toEqual([
      "2021-06-16 OVERDUE",
      "2021-06-16 WARNING",
      "2021-06-17 SUSPENSION",
    ]);
    expect(told(owing("2021-06-15"), { terms: { ...soon, suspendAfterDays: 1 } })).toEqual([
      "2021-06-16 OVERDUE",
      "2021-06-16 WARNING",
      "2021-06-16 SUSPENSION",
    ]);
    expect(told(owing("2021-06-15"), { terms: { ...soon, warnBeforeSuspensionDays: 0 } })).toEqual([
      "2021-06-16 OVERDUE",
      "2021-06-25 WARNING",
      "2021-06-25 SUSPENSION",
    ]);
  });

  it("are overdue signals alone while the customer is exempt, or its class collects nothing", () => {
    expect(told({ ...owing("2021-06-15"), exempt: true })).toEqual(["2021-06-16 OVERDUE"]);
    const none = { suspendAfterDays: null, terminateAfterDays: null, remindAfterDays: [], warnBeforeSuspensionDays: 3 };
    expect(told(owing("2021-06-15"), { terms: none })).toEqual(["2021-06-16 OVERDUE"]);
  });

  it("leave a closed customer its reminders", () => {
    expect(told(owing("2021-06-15"), { isClosed: true })).toEqual([
      "2021-06-16 OVERDUE",
      "2021-06-18 REMINDER",
      "2021-06-22 REMINDER",
    ]);
  });

  it("hold no suspension while one for non-payment holds, and none again for the oldest invoice of a lifting by hand", () => {
    const left = ["2021-06-16 OVERDUE", "2021-06-18 REMINDER", "2021-06-22 REMINDER", "2021-08-14 TERMINATION"];
    expect(told(owing("2021-06-15"), { isSuspended: true })).toEqual(left);
    expect(told(withLiftingByHand(owing("2021-06-15")))).toEqual(left);
  });

  it("made due by a change come with the next day's run; what was to come first that day stays", () => {
    const after = afterRun(afterRun({ ...owing("2021-06-15"), exempt: true }, "2021-06-16"), "2021-06-29");
    const ended = withChange({ ...after, exempt: false }, "2021-07-01", null);
    expect(told(ended)).toEqual(["2021-07-01 SUSPENSION", "2021-08-14 TERMINATION"]);
    const waiting = withChange(owing("2021-06-15"), "2021-06-17", "2021-06-16");
    expect(told(waiting)[0]).toBe("2021-06-16 OVERDUE");
  });

  it("make up for a missed warning while there is a day left to pay in, and never for a reminder", () => {
    const after = { ...afterRun(owing("2021-06-15"), "2021-06-16") };
    expect(told(withChange(after, "2021-06-24", null))).toEqual([
      "2021-06-24 WARNING",
      "2021-06-25 SUSPENSION",
      "2021-08-14 TERMINATION",
    ]);
    expect(told(withChange(after, "2021-06-25", null))).toEqual(["2021-06-25 SUSPENSION", "2021-08-14 TERMINATION"]);
  });

  const day = fc.integer({ min: 0, max: 40 }).map((days) => addDays("2021-06-01", days));
  const anyTerms = fc.record({
    suspendAfterDays: fc.option(fc.integer({ min: 1, max: 30 })),
    terminateAfterDays: fc.option(fc.integer({ min: 1, max: 60 })),
    remindAfterDays: fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }),
    warnBeforeSuspensionDays: fc.nat({ max: 10 }),
  });

  it("are each taken once, on its day, whichever days have a run", () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 3 }), anyTerms, fc.option(day), (due, ofClass, by) => {
        const sorted = due.sort();
        let state = by === null ? owing(...sorted) : promised(owing(...sorted), by);
        const foreseen = nextSteps(standing(state, { terms: ofClass }));
        const taken: string[] = [];
        for (;;) {
          const on = nextStepOn(standing(state, { terms: ofClass }));
          if (on === null) break;
          for (const event of takeSteps(standing(state, { terms: ofClass }), on, [])) {
            taken.push(`${on} ${event.type}`);
            state = withCollectionEvent(state, event, "event");
          }
        }
        const names = {
          OVERDUE: "InvoiceOverdue",
          REMINDER: "PaymentReminderDue",
          WARNING: "SuspensionWarned",
          SUSPENSION: "SuspendedForNonPayment",
          TERMINATION: "TerminatedForNonPayment",
        };
        expect(taken).toEqual(foreseen.map(({ on, kind }) => `${on} ${names[kind]}`));
      }),
    );
  });

  it("never suspend or terminate before the promise has passed, nor warn after the suspension", () => {
    fc.assert(
      fc.property(day, anyTerms, day, (due, ofClass, by) => {
        const steps = nextSteps(standing(promised(owing(due), by), { terms: ofClass }));
        for (const { kind, on, suspensionOn } of steps) {
          if (kind !== "OVERDUE") expect(on > by || kind === "WARNING").toBe(true);
          if (kind === "WARNING") expect(suspensionOn !== null && on <= suspensionOn && on > due).toBe(true);
        }
      }),
    );
  });
});
