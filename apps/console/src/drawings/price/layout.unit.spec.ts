import { describe, expect, it } from "vitest";
import { layoutPrice, type OfferPrice, type PriceLayout } from "./layout.js";

/** Two months of discount: 15.00, then 20.00. */
const COSTS: OfferPrice = {
  ...{ start: "2020-08-01", discountEnd: "2020-10-01", discountedPrice: "15.00", priceAfterDiscount: "20.00" },
  leaving: [
    { on: "2020-08-31", penalty: "5.00" },
    { on: "2020-09-30", penalty: "0.00" },
  ],
};

/** 10 px for each of the days from 2020-08-01 to 2020-12-01, besides the room at both ends. */
const WIDTH = 123 * 10 + 24;

const shapes = ({ scale: { from, until }, ...layout }: PriceLayout) => ({ days: `${from} ${until}`, ...layout });

describe("price over the term", () => {
  it("draws a lower step until the discount ends, the full price after it, and what leaving costs by months", () => {
    expect(shapes(layoutPrice(COSTS, WIDTH))).toEqual({
      days: "2020-08-01 2020-12-01",
      steps: [
        {
          ...{ is: "discounted", price: "15.00", from: "2020-08-01", until: "2020-09-30" },
          ...{ x: 12, y: 56, width: 610, height: 72 },
        },
        {
          ...{ is: "full", price: "20.00", from: "2020-10-01", until: null },
          ...{ x: 622, y: 32, width: 620, height: 96 },
        },
      ],
      columns: [
        { of: COSTS.leaving[0], x: 12, y: 160, width: 310, height: 64 },
        { of: COSTS.leaving[1], x: 322, y: 224, width: 300, height: 0 },
      ],
      endX: 622,
    });
  });

  it("draws one step of a year where there is no discount period, and nothing where nothing is charged", () => {
    const costs = { ...COSTS, discountEnd: null, discountedPrice: "0.00", priceAfterDiscount: "0.00", leaving: [] };
    expect(shapes(layoutPrice(costs, 365 * 2 + 24))).toEqual({
      days: "2020-08-01 2021-07-31",
      steps: [
        {
          ...{ is: "full", price: "0.00", from: "2020-08-01", until: null },
          ...{ x: 12, y: 128, width: 730, height: 0 },
        },
      ],
      columns: [],
      endX: null,
    });
  });

  it("reaches as far as leaving costs something", () => {
    const leaving = [{ on: "2022-02-28", penalty: "0.00" }];
    expect(layoutPrice({ ...COSTS, leaving }, WIDTH).scale.until).toBe("2022-02-28");
  });
});
