import { describe, expect, it } from "vitest";
import { addDays } from "../days.js";
import { eventful, paused } from "../spec-support/timelines.js";
import { layout } from "./layout.js";
import { type Shape } from "./shapes.js";

/** What and where each shape is, in a line. */
const told = (shapes: readonly Shape[]) =>
  shapes.map(
    (shape) =>
      `${shape.lane}: ${shape.kind}${markOf(shape)} ${shape.from}..${shape.until ?? ""} at ${shape.x},${shape.y} ${shape.width}x${shape.height}`,
  );
const markOf = (shape: Shape): string => {
  if (shape.kind === "period") return ` ${shape.of.state}`;
  if (shape.kind === "periods") return ` of ${shape.of.length}`;
  if (shape.kind === "service") return shape.coming ? " coming" : "";
  if (shape.kind === "pause") return ` ${shape.look}`;
  if (shape.kind === "discount") return shape.rate ? ` under ${shape.rate.rate} %` : "";
  if (shape.kind === "shift") return ` ${shape.of.cause} ${shape.of.days ?? ""} [${shape.arc ?? ""}]`;
  return "";
};

describe("the layout of a commitment's timeline", () => {
  it("draws E4: two months hatched out, and the discount end moved by them", () => {
    // One px a day: 2020-05-01 to 2021-02-28.
    const { scale, shapes } = layout(paused, 304 + 24);
    expect([scale.from, scale.until]).toEqual(["2020-05-01", "2021-02-28"]);
    expect(told(shapes)).toMatchInlineSnapshot(`
      [
        "periods: period CLOSED 2020-05-01..2020-05-31 at 12,34 29x26",
        "periods: period CLOSED 2020-06-01..2020-06-30 at 43,34 28x26",
        "periods: period RUNNING 2020-07-01..2020-07-31 at 73,34 29x26",
        "periods: period COMING 2020-08-01..2020-08-31 at 104,34 29x26",
        "periods: period COMING 2020-09-01..2020-09-30 at 135,34 28x26",
        "periods: period COMING 2020-10-01..2020-10-31 at 165,34 29x26",
        "periods: period COMING 2020-11-01..2020-11-30 at 196,34 28x26",
        "periods: period COMING 2020-12-01..2020-12-31 at 226,34 29x26",
        "periods: period COMING 2021-01-01..2021-01-31 at 257,34 29x26",
        "service: service 2020-05-01..2020-07-14 at 12,78 75x34",
        "service: service coming 2020-07-15..2020-07-31 at 87,78 17x34",
        "service: pause outlined 2020-08-01..2020-09-30 at 104,78 61x34",
        "service: service coming 2020-10-01.. at 165,78 151x34",
        "package: agreement 2020-05-01..2020-12-30 at 12,144 242x28",
        "package: agreement 2020-12-31.. at 256,144 58x28",
        "discount: discount 2020-05-01..2020-12-30 at 12,232 244x16",
        "discount: shift PAUSE 61 [M 195 232 Q 225.5 171.33 256 232] 2020-10-31..2020-12-31 at 195,201.67 61x30.33",
        "discount: end 2020-12-31..2020-12-31 at 247,231 18x18",
        "money: given 2020-05-31..2020-05-31 at 42,301.85 30x24.15",
        "money: given 2020-06-30..2020-06-30 at 72,277.69 31x48.31",
        "money: given 2020-07-31..2020-07-31 at 103,266 2x60",
      ]
    `);
  });

  it("draws a life in which everything happened once", () => {
    // One px a day: 2019-03-01 to 2021-05-31.
    const { shapes } = layout(eventful, 823 + 24);
    expect(told(shapes.filter(({ lane }) => lane !== "periods" && lane !== "money"))).toMatchInlineSnapshot(`
      [
        "service: service 2019-03-01..2019-07-31 at 12,78 153x34",
        "service: pause hatched 2019-08-01..2019-09-30 at 165,78 61x34",
        "service: service 2019-10-01..2020-02-29 at 226,78 152x34",
        "service: suspension 2020-03-01..2020-03-09 at 378,78 9x34",
        "service: pause hatched 2020-03-10..2020-03-20 at 387,78 11x34",
        "service: suspension 2020-03-21..2020-03-31 at 398,78 11x34",
        "service: service 2020-04-01..2020-10-14 at 409,78 197x34",
        "service: service coming 2020-10-15..2020-10-31 at 606,78 17x34",
        "service: cap 2020-10-31..2020-10-31 at 620,74 6x42",
        "package: agreement 2019-03-01..2019-10-31 at 12,144 243x28",
        "package: agreement 2019-11-01..2019-12-31 at 257,144 59x28",
        "package: agreement 2020-01-01..2020-07-31 at 318,144 211x28",
        "package: upgrade 2020-04-01..2020-07-31 at 409,130 120x18",
        "package: agreement 2020-08-01..2020-10-31 at 531,144 90x28",
        "discount: discount 2019-03-01..2019-10-31 at 12,232 245x16",
        "discount: discount under 10 % 2019-11-01..2019-12-31 at 257,232 61x16",
        "discount: discount 2020-01-01..2020-10-31 at 318,232 305x16",
      ]
    `);
    // What its end leaves no room for: one px a day to 2021-07-12.
    const going = layout({ ...eventful, termination: null, penalty: null }, 865 + 24).shapes;
    expect(told(going.filter(({ kind, lane }) => lane === "discount" && kind !== "discount"))).toMatchInlineSnapshot(`
      [
        "discount: shift PAUSE 61 [M 743 232 Q 773.5 171.33 804 232] 2021-03-01..2021-05-01 at 743,201.67 61x30.33",
        "discount: shift MANUAL 11 [M 804 232 Q 809.5 204.67 815 232] 2021-05-01..2021-05-12 at 804,218.33 11x13.67",
        "discount: end 2021-05-12..2021-05-12 at 806,231 18x18",
      ]
    `);
    // Days that wait for an answer, or that a command would lead to, are on the line too.
    const requests = [{ from: "2021-08-01", until: "2021-08-31" }];
    const asked = layout({ ...paused, requests }, 480 + 24);
    expect([asked.scale.until, told(asked.shapes.filter(({ kind }) => kind === "request"))]).toEqual([
      "2021-08-31",
      ["service: request 2021-08-01..2021-08-31 at 461.51,78 30.49x34"],
    ]);
    expect(layout(paused, 480, 1, { ...paused, until: "2027-09-30" }).scale.until).toBe("2027-09-30");
    expect(told(shapes.filter(({ lane }) => lane === "money").slice(-2))).toMatchInlineSnapshot(`
      [
        "money: given 2020-08-31..2020-08-31 at 561,267.67 46x58.33",
        "money: penalty 2020-10-31..2020-10-31 at 623,266 10x60",
      ]
    `);
  });

  it("lets an open pause fade out, and service go on", () => {
    const open = {
      ...paused,
      pauses: [
        {
          ...paused.pauses[0],
          from: "2020-07-08",
          until: null,
          status: "RUNNING" as const,
          selfCare: false,
          eventIds: [],
        },
      ],
    };
    expect(told(layout(open, 328).shapes.filter(({ lane }) => lane === "service"))).toMatchInlineSnapshot(`
      [
        "service: service 2020-05-01..2020-07-07 at 12,78 68x34",
        "service: pause fading 2020-07-08.. at 80,78 236x34",
      ]
    `);
    expect(told(layout({ ...paused, pauses: [] }, 328).shapes.filter(({ lane }) => lane === "service")))
      .toMatchInlineSnapshot(`
      [
        "service: service 2020-05-01..2020-07-14 at 12,78 75x34",
        "service: service coming 2020-07-15.. at 87,78 229x34",
      ]
    `);
  });

  it("draws more than 60 periods as months, quarters or years, more of them when it is zoomed", () => {
    const periods = Array.from({ length: 366 }, (_, index) => {
      const day = addDays("2020-01-01", index);
      const state =
        day < "2020-07-15" ? ("CLOSED" as const) : day === "2020-07-15" ? ("RUNNING" as const) : ("COMING" as const);
      return { from: day, until: day, state, invoices: [], net: "0.50" };
    });
    const daily = { ...paused, from: "2020-01-01", periods };
    const drawn = (zoom: number) =>
      layout(daily, 1000, zoom)
        .shapes.filter(({ lane }) => lane === "periods")
        .map(({ from, until }) => `${from}..${until ?? ""}`);
    expect(drawn(1)).toEqual([
      "2020-01-01..2020-01-31",
      "2020-02-01..2020-02-29",
      "2020-03-01..2020-03-31",
      "2020-04-01..2020-04-30",
      "2020-05-01..2020-05-31",
      "2020-06-01..2020-06-30",
      "2020-07-01..2020-07-14",
      "2020-07-15..2020-07-15",
      "2020-07-16..2020-07-31",
      "2020-08-01..2020-08-31",
      "2020-09-01..2020-09-30",
      "2020-10-01..2020-10-31",
      "2020-11-01..2020-11-30",
      "2020-12-01..2020-12-31",
    ]);
    expect(drawn(8)).toHaveLength(366);
  });

  it("gives every shape a key of its own, in both stories", () => {
    for (const data of [paused, eventful]) {
      const keys = layout(data, 900).shapes.map(({ key }) => key);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });
});
