import { describe, expect, it } from "vitest";
import { logoFault } from "../logo-fault.js";
import { LOGO, pngOf, rowsOf } from "../spec-support/png.js";
import { opaquePng } from "./png.js";

const pixels = (png: Buffer, width: number) => rowsOf(opaquePng(png), 1 + width * 3);

describe("a PNG on white", () => {
  it("takes transparency by how much there is", () => {
    expect(pixels(LOGO, 2)).toEqual([[0, 255, 0, 0, 127, 127, 127]]);
    expect(pixels(pngOf([1, 1, 8, 4], [[0, 100, 0]]), 1)).toEqual([[0, 255, 255, 255]]);
  });

  it("keeps colors, of any depth and by a palette", () => {
    expect(pixels(pngOf([1, 1, 8, 2], [[0, 1, 2, 3]]), 1)).toEqual([[0, 1, 2, 3]]);
    expect(pixels(pngOf([1, 1, 16, 2], [[0, 1, 99, 2, 99, 3, 99]]), 1)).toEqual([[0, 1, 2, 3]]);
    expect(pixels(pngOf([4, 1, 1, 0], [[0, 0b1010_0000]]), 4)).toEqual([
      [0, 255, 255, 255, 0, 0, 0, 255, 255, 255, 0, 0, 0],
    ]);
    const palette = { PLTE: [9, 9, 9, 10, 20, 30], tRNS: [0] };
    expect(pixels(pngOf([2, 1, 4, 3], [[0, 0x10]], palette), 2)).toEqual([[0, 10, 20, 30, 255, 255, 255]]);
  });

  it("undoes every filter", () => {
    const rows = [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 1, 2, 3, 1, 1, 1],
      [2, 1, 1, 1, 1, 1, 1],
      [3, 10, 10, 10, 10, 10, 10],
      [4, 1, 1, 1, 1, 1, 1],
    ];
    expect(pixels(pngOf([2, 5, 8, 2], rows), 2)).toEqual([
      [0, 10, 20, 30, 40, 50, 60],
      [0, 1, 2, 3, 2, 3, 4],
      [0, 2, 3, 4, 3, 4, 5],
      [0, 11, 11, 12, 17, 17, 18],
      [0, 12, 12, 13, 18, 18, 19],
    ]);
  });
});

describe("what is wrong with a logo", () => {
  const fault = (file: Buffer, type: "PNG" | "JPEG" = "PNG") => logoFault({ type, data: file.toString("base64") });
  const damaged = Buffer.from(LOGO);
  damaged[45] = (damaged[45] ?? 0) ^ 1;

  it.each([
    ["nothing", LOGO, null],
    ["no picture", Buffer.from("hello"), "it is no PNG"],
    ["a part", LOGO.subarray(0, 50), "it is cut off"],
    ["another byte", damaged, "it is damaged"],
    ["too few rows", pngOf([2, 2, 8, 6], [[0, 255, 0, 0, 255, 0, 0, 0, 128]]), "it is damaged"],
    ["interlaced", pngOf([1, 1, 8, 2, 1], [[0, 1, 2, 3]]), "it is interlaced; save it without"],
    ["huge", pngOf([2000, 2000, 8, 2], []), "it has 2000 x 2000 pixels; 1000000 pixels are the most"],
  ])("%s", async (_, file, said) => {
    expect(await fault(file)).toBe(said);
  });

  it("is told of a JPEG too", async () => {
    expect(await fault(LOGO, "JPEG")).toBe("it is no whole JPEG");
    expect(await fault(Buffer.alloc(0), "JPEG")).toBe("it is no whole JPEG");
  });
});
