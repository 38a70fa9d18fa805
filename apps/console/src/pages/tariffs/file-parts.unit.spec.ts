import { describe, expect, it } from "vitest";
import { filePartsOf } from "./file-parts.js";

describe("parts of a file of rates", () => {
  it("are the file itself where it is short, with its empty lines", () => {
    const text = 'prefix,description\n1,"a\nb"\n\n44,c\n';
    expect(filePartsOf(`\uFEFF${text}`)).toEqual([{ csv: text, firstLine: 2 }]);
    expect(filePartsOf("prefix\n")).toEqual([{ csv: "prefix\n", firstLine: 2 }]);
    expect(filePartsOf('prefix\n1\n"2\n3')).toEqual([{ csv: 'prefix\n1\n"2\n3', firstLine: 2 }]);
  });

  it("have at most a thousand rows, each with the names and the number of its first line", () => {
    const rows = Array.from({ length: 2001 }, (_, index) => `${index}\r\n`);
    const parts = filePartsOf(`prefix\r\n\r\n${rows.join("")}`);
    expect(parts.map(({ csv, firstLine }) => [firstLine, csv.split("\n").length])).toEqual([
      [3, 1002],
      [1003, 1002],
      [2003, 3],
    ]);
    expect(parts[2]?.csv).toBe("prefix\n2000\r\n");
  });
});
