import { describe, expect, it } from "vitest";
import { customer, customerCreated, suspended, unsuspended } from "../spec-support/examples.js";
import { assigned, history, month, oneTimeLine, recurringLine, terms, tv } from "../spec-support/history.js";
import { after, dropPause, pause, resume, setEnd, terminate, type Told } from "../spec-support/story.js";
import { charges } from "./charges.js";

const lines = (text: string, steps: Told, changes: Parameters<typeof assigned>[0] = {}) =>
  charges(history([after(assigned(changes), steps)]), month(text));
/** Of a story: its events are "event-1", "event-2", … */
const line = (changes: Parameters<typeof recurringLine>[0]) => recurringLine({ causes: ["event-1"], ...changes });
const paused = { causes: ["event-1", "event-2"] };
const full = { discount: "0.00", discountOrigin: null };

describe("a pause", () => {
  it("now charges the day on which it is ordered (E5: 7 of 31 days)", () => {
    expect(lines("2020-08", [["2020-08-07", pause()]])).toEqual([
      line({ from: "2020-08-01", until: "2020-08-07", days: 7, fee: "4.52", discount: "1.13", net: "3.39", ...paused }),
    ]);
    expect(lines("2020-09", [["2020-08-07", pause()]])).toEqual([]);
  });

  it("of whole months has no lines for them, and leaves the next one whole (E4)", () => {
    const summer: Told = [["2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })]];
    expect(lines("2020-07", summer)).toEqual([line({})]);
    expect(lines("2020-08", summer)).toEqual([]);
    expect(lines("2020-09", summer)).toEqual([]);
    expect(lines("2020-10", summer)).toEqual([line({ from: "2020-10-01", until: "2020-10-31" })]);
  });

  it("inside a month cuts it in two: both its days are free, each part is a share of one rounded total", () => {
    expect(lines("2020-07", [["2020-07-01", pause({ from: "2020-07-08", until: "2020-07-19" })]])).toEqual([
      line({ until: "2020-07-07", days: 7, fee: "4.52", discount: "1.13", net: "3.39", ...paused }),
      line({ from: "2020-07-20", days: 12, fee: "7.74", discount: "1.93", net: "5.81", ...paused }),
    ]);
  });

  it("that is resumed charges from the day after", () => {
    const steps: Told = [
      ["2020-07-07", pause()],
      ["2020-07-19", resume()],
    ];
    expect(lines("2020-07", steps)).toEqual([
      line({
        until: "2020-07-07",
        days: 7,
        fee: "4.52",
        discount: "1.13",
        net: "3.39",
        causes: ["event-1", "event-2"],
      }),
      line({
        from: "2020-07-20",
        days: 12,
        fee: "7.74",
        discount: "1.93",
        net: "5.81",
        causes: ["event-1", "event-3"],
      }),
    ]);
  });

  it("that was cancelled leaves no trace, causes included", () => {
    const steps: Told = [
      ["2020-07-07", pause()],
      ["2020-07-07", resume()],
      ["2020-07-07", pause({ from: "2020-07-20", until: "2020-07-25" })],
      ["2020-07-08", dropPause("2020-07-20")],
    ];
    expect(lines("2020-07", steps)).toEqual([line({})]);
  });

  it("next to another one leaves no line between them, and each bounds its own side", () => {
    const steps: Told = [
      ["2020-07-01", pause({ from: "2020-07-08", until: "2020-07-12" })],
      ["2020-07-01", pause({ from: "2020-07-13", until: "2020-07-19" })],
    ];
    expect(lines("2020-07", steps).map(({ from, until, causes }) => [from, until, causes])).toEqual([
      ["2020-07-01", "2020-07-07", ["event-1", "event-2"]],
      ["2020-07-20", "2020-07-31", ["event-1", "event-3"]],
    ]);
  });

  it("on the first days of the commitment leaves one-time fees on the start day", () => {
    const steps: Told = [["2020-07-10", pause({ from: "2020-07-10", until: "2020-07-19" })]];
    const start = { effectiveOn: "2020-07-10", discountEnd: "2022-07-10", terms: terms({ oneTime: [tv()] }) };
    expect(lines("2020-07", steps, start)).toEqual([
      oneTimeLine("2020-07-10", { causes: ["event-1"] }),
      line({ from: "2020-07-20", days: 12, fee: "7.74", discount: "1.94", net: "5.80", ...paused }),
    ]);
  });

  it("moves the discount end for the days served after it", () => {
    const steps: Told = [["2020-07-01", pause({ from: "2020-07-10", until: "2020-07-19" })]];
    expect(lines("2020-07", steps, { discountEnd: "2020-07-15" })).toEqual([
      line({ until: "2020-07-09", days: 9, fee: "5.81", discount: "1.45", net: "4.36", ...paused }),
      line({ from: "2020-07-20", until: "2020-07-24", days: 5, fee: "3.22", discount: "0.81", net: "2.41", ...paused }),
      line({ from: "2020-07-25", days: 7, fee: "4.52", ...full, net: "4.52" }),
    ]);
  });

  it("that a termination cuts short ends the last line; the termination does not", () => {
    const steps: Told = [
      ["2020-07-07", pause()],
      ["2020-07-10", terminate("2020-07-15")],
    ];
    expect(lines("2020-07", steps)).toEqual([
      line({ until: "2020-07-07", days: 7, fee: "4.52", discount: "1.13", net: "3.39", ...paused }),
    ]);
  });

  it("counts where the customer is suspended too: it is the reason, and it moves the end", () => {
    const owner = customer(customerCreated(), suspended("2020-07-08"), unsuspended("2020-07-20"));
    const held = after(assigned(), [["2020-07-01", pause({ from: "2020-07-08", until: "2020-07-19" })]]);
    expect(charges(history([held], { owner }), month("2020-07"))).toEqual(charges(history([held]), month("2020-07")));
  });
});

describe("a discount end date that is set", () => {
  it("lets a discount that had ended run again from that day", () => {
    expect(lines("2020-07", [["2020-07-20", setEnd("2020-08-01")]], { discountEnd: "2020-07-10" })).toEqual([
      line({ until: "2020-07-09", days: 9, fee: "5.81", discount: "1.45", net: "4.36" }),
      line({ from: "2020-07-10", until: "2020-07-19", days: 10, fee: "6.45", ...full, net: "6.45" }),
      line({ from: "2020-07-20", days: 12, fee: "7.74", discount: "1.94", net: "5.80", ...paused }),
    ]);
  });

  it("to an earlier day takes nothing back, and a later one splits nothing", () => {
    expect(lines("2020-07", [["2020-07-20", setEnd("2020-07-20")]])).toEqual([
      line({ until: "2020-07-19", days: 19, fee: "12.26", discount: "3.06", net: "9.20" }),
      line({ from: "2020-07-20", days: 12, fee: "7.74", ...full, net: "7.74" }),
    ]);
    expect(lines("2020-07", [["2020-07-20", setEnd("2022-01-01")]])).toEqual([line(paused)]);
  });
});
