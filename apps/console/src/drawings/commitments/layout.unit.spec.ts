import { describe, expect, it } from "vitest";
import { type AxisCommitment, layoutCommitments } from "./layout.js";

const internet: AxisCommitment = {
  commitment: { id: "internet", pauseRequests: [{ from: "2020-12-20", until: "2021-01-09", status: "OPEN" }] },
  name: "Internet",
  status: "PAUSED",
  from: "2020-05-01",
  lastDay: null,
  discountEnd: "2020-12-31",
  pauses: [
    { from: "2020-06-01", until: "2020-06-10", status: "CANCELLED" },
    { from: "2020-08-01", until: null, status: "RUNNING" },
  ],
};

describe("all commitments on one axis", () => {
  it("gives each a row with its days, its pauses and its discount end", () => {
    const gone: AxisCommitment = {
      ...internet,
      commitment: { id: "gone", pauseRequests: [{ from: "2020-07-20", until: "2020-08-20", status: "DECLINED" }] },
      status: "TERMINATED",
      from: "2020-06-01",
      lastDay: "2020-07-31",
      // Later than its end: without room on the line.
      discountEnd: "2025-06-01",
      pauses: [],
    };
    // One px a day: 2020-05-01 to 2021-02-09.
    const { scale, ...layout } = layoutCommitments(
      {
        commitments: [internet, gone],
        // The second one is not over; the open pause wins from 2020-08-01 on.
        suspensions: [
          { from: "2020-05-11", until: "2020-05-20" },
          { from: "2020-07-22", until: "2021-01-09" },
        ],
        today: "2020-08-15",
        until: "2021-01-09",
      },
      285 + 24,
    );
    expect([scale.from, scale.until]).toEqual(["2020-05-01", "2021-02-09"]);
    expect(layout).toEqual({
      height: 102,
      today: 118,
      rows: [
        {
          of: internet,
          y: 28,
          bar: { x: 12, y: 37, width: 285, height: 16 },
          goesOn: true,
          discount: { x: 12, y: 37, width: 244, height: 16 },
          pauses: [{ x: 104, y: 37, width: 193, height: 16, from: "2020-08-01", until: null, isComing: false }],
          suspensions: [
            { x: 22, y: 37, width: 10, height: 16, from: "2020-05-11", until: "2020-05-20" },
            { x: 94, y: 37, width: 10, height: 16, from: "2020-07-22", until: "2020-07-31" },
          ],
          requests: [{ x: 245, y: 37, width: 21, height: 16, from: "2020-12-20", until: "2021-01-09" }],
          end: { x: 256, y: 45 },
        },
        {
          of: gone,
          y: 62,
          bar: { x: 43, y: 71, width: 61, height: 16 },
          goesOn: false,
          discount: { x: 43, y: 71, width: 61, height: 16 },
          pauses: [],
          suspensions: [{ x: 94, y: 71, width: 10, height: 16, from: "2020-07-22", until: "2020-07-31" }],
          requests: [],
          end: null,
        },
      ],
    });
  });
});
