import { describe, expect, it } from "vitest";
import { lineDiff } from "./line-diff.js";

const line = (description: string, net: string) => ({ description, net });

describe("the difference between the lines of two invoices", () => {
  it("is what goes, then what comes; what is the same on both sides is counted", () => {
    const before = [line("Internet", "20.00"), line("Phone", "5.00")];
    const after = [line("Internet", "10.00"), line("Phone", "5.00"), line("Penalty", "115.00")];
    expect(lineDiff(before, after)).toEqual({
      rows: [
        { line: line("Internet", "20.00"), is: "removed" },
        { line: line("Internet", "10.00"), is: "added" },
        { line: line("Penalty", "115.00"), is: "added" },
      ],
      unchanged: 1,
    });
  });

  it("counts lines that are there more than once", () => {
    const phone = line("Phone", "5.00");
    expect(lineDiff([phone, phone, phone], [phone])).toEqual({
      rows: [
        { line: phone, is: "removed" },
        { line: phone, is: "removed" },
      ],
      unchanged: 1,
    });
    expect(lineDiff([phone], [phone, phone])).toEqual({ rows: [{ line: phone, is: "added" }], unchanged: 1 });
    expect(lineDiff([], [])).toEqual({ rows: [], unchanged: 0 });
  });
});
