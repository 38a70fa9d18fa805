import { addDays, addMonths, dayNumber } from "../days.js";
import { type Timeline, type TimelineEvent, type TimelinePeriod } from "../timeline/data.js";

const event = (id: string, summary: string, reason: string | null = null): TimelineEvent => ({
  id,
  summaryParts: [{ text: summary, day: null, until: null, instant: null, amount: null, currency: null }],
  actorName: "Carla Clerk",
  reason,
  recordedAt: "2020-07-15T08:00:00.000Z",
});

/** Calendar months of a customer, closed before today's. */
const months = (from: string, count: number, today: string): TimelinePeriod[] =>
  Array.from({ length: count }, (_, index) => {
    const first = addMonths(from, index);
    const until = addDays(addMonths(from, index + 1), -1);
    const state = until < today ? "CLOSED" : first <= today ? "RUNNING" : "COMING";
    return {
      from: first,
      until,
      state,
      invoices: state === "CLOSED" ? [{ id: `invoice-${index + 1}`, number: `INV-${index + 1}`, kind: "INVOICE" }] : [],
      net: "15.00",
    };
  });

/** Worked example E4 after the pause: August and September off, the first day without discount moved to 2020-12-31. */
export const paused: Timeline = {
  today: "2020-07-15",
  from: "2020-05-01",
  until: "2021-01-31",
  currency: "EUR",
  periods: months("2020-05-01", 9, "2020-07-15"),
  pauses: [
    {
      from: "2020-08-01",
      until: "2020-09-30",
      status: "SCHEDULED",
      selfCare: false,
      eventIds: ["CommitmentPaused"],
    },
  ],
  suspensions: [],
  rates: [],
  agreements: [
    {
      from: "2020-05-01",
      until: null,
      name: "Internet",
      fee: "20.00",
      discount: "5.00",
      net: "15.00",
      eventIds: ["CommitmentAssigned"],
    },
  ],
  prices: [
    {
      ...{ from: "2020-05-01", until: "2020-12-30", fee: "20.00", discount: "5.00", net: "15.00" },
      discountOrigin: "COMMITMENT",
    },
    {
      ...{ from: "2020-12-31", until: null, fee: "20.00", discount: "0.00", net: "20.00" },
      discountOrigin: null,
    },
  ],
  upgrades: [],
  discountFrom: "2020-05-01",
  discountEnd: "2020-12-31",
  discountEndOpen: false,
  shifts: [
    {
      from: null,
      to: "2020-10-31",
      days: null,
      cause: "AGREED",
      causeFrom: null,
      causeUntil: null,
      eventIds: ["CommitmentAssigned"],
    },
    {
      from: "2020-10-31",
      to: "2020-12-31",
      days: dayNumber("2020-12-31") - dayNumber("2020-10-31"),
      cause: "PAUSE",
      causeFrom: "2020-08-01",
      causeUntil: "2020-09-30",
      eventIds: ["CommitmentPaused"],
    },
  ],
  given: [
    { on: "2020-05-31", amount: "5.00", total: "5.00", issued: true },
    { on: "2020-06-30", amount: "5.00", total: "10.00", issued: true },
    { on: "2020-07-31", amount: "2.42", total: "12.42", issued: false },
  ],
  penalty: null,
  termination: null,
  events: [
    event("CommitmentAssigned", "Internet was assigned"),
    event("CommitmentPaused", "The commitment is paused", "Holidays"),
  ],
};

/** A life in which everything happened once: two packages, an upgrade on top, a rate, a suspension, pauses, the end. */
export const eventful: Timeline = {
  today: "2020-10-15",
  from: "2019-03-01",
  until: "2021-05-31",
  currency: "EUR",
  periods: months("2019-03-01", 27, "2020-10-15"),
  pauses: [
    { from: "2019-08-01", until: "2019-09-30", status: "ENDED", selfCare: true, eventIds: [] },
    { from: "2020-03-10", until: "2020-03-20", status: "ENDED", selfCare: false, eventIds: [] },
  ],
  suspensions: [{ from: "2020-03-01", until: "2020-03-31", eventIds: [] }],
  rates: [{ from: "2019-11-01", until: "2019-12-31", rate: "10", eventIds: [] }],
  agreements: [
    {
      from: "2019-03-01",
      until: "2020-07-31",
      name: "400 MB",
      fee: "20.00",
      discount: "5.00",
      net: "15.00",
      eventIds: ["CommitmentAssigned"],
    },
    {
      from: "2020-08-01",
      until: null,
      name: "Turbo 1 GB",
      fee: "25.00",
      discount: "5.00",
      net: "20.00",
      eventIds: ["CommitmentUpgraded"],
    },
  ],
  prices: [
    {
      ...{ from: "2019-03-01", until: "2019-10-31", fee: "20.00", discount: "5.00", net: "15.00" },
      discountOrigin: "COMMITMENT",
    },
    {
      ...{ from: "2019-11-01", until: "2019-12-31", fee: "20.00", discount: "2.00", net: "18.00" },
      discountOrigin: "CUSTOMER_RATE",
    },
    {
      ...{ from: "2020-01-01", until: "2020-07-31", fee: "20.00", discount: "5.00", net: "15.00" },
      discountOrigin: "COMMITMENT",
    },
    {
      ...{ from: "2020-08-01", until: "2020-10-31", fee: "25.00", discount: "5.00", net: "20.00" },
      discountOrigin: "COMMITMENT",
    },
  ],
  upgrades: [
    {
      from: "2020-04-01",
      until: "2020-07-31",
      rowId: "row",
      addOnProduct: { name: "1 GB" },
      thenUpgradeTo: "Turbo 1 GB",
      running: false,
      eventIds: ["TimeLimitedUpgradeOrdered"],
    },
  ],
  discountFrom: "2019-03-01",
  discountEnd: "2021-05-12",
  discountEndOpen: false,
  shifts: [
    { from: null, to: "2021-03-01", days: null, cause: "AGREED", causeFrom: null, causeUntil: null, eventIds: [] },
    {
      from: "2021-03-01",
      to: "2021-05-01",
      days: 61,
      cause: "PAUSE",
      causeFrom: "2019-08-01",
      causeUntil: "2019-09-30",
      eventIds: [],
    },
    {
      from: "2021-05-01",
      to: "2021-05-12",
      days: 11,
      cause: "MANUAL",
      causeFrom: null,
      causeUntil: null,
      eventIds: ["DiscountEndSet"],
    },
  ],
  given: Array.from({ length: 18 }, (_, index) => ({
    on: addDays(addMonths("2019-04-01", index), -1),
    amount: "5.00",
    total: `${(index + 1) * 5}.00`,
    issued: true,
  })),
  penalty: { on: "2020-10-31", amount: "92.58", total: "0.00", waived: true },
  termination: { on: "2020-10-31", scheduled: true, early: true, eventIds: ["CommitmentTerminated"] },
  events: [
    event("CommitmentAssigned", "400 MB was assigned"),
    event("CommitmentUpgraded", "Upgraded to Turbo 1 GB"),
    event("TimeLimitedUpgradeOrdered", "Upgraded to 1 GB for a time"),
    event("DiscountEndSet", "The discount end was set by hand", "Goodwill"),
    event("CommitmentTerminated", "Terminated"),
  ],
};
