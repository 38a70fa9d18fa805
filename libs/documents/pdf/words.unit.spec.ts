import { type LaidOut } from "fontkit";
import { expect, it } from "vitest";
import { Words } from "./words.js";

/** Each character is a glyph that is as wide as its code point. */
const layOut = (text: string): LaidOut => {
  const glyphs = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return { id: code, advanceWidth: code, codePoints: [code] };
  });
  const positions = glyphs.map(({ advanceWidth }) => ({ xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 }));
  return { glyphs, positions, advanceWidth: -1 };
};

it("lays a word out once, and gives each caller positions of its own, which it may scale", () => {
  const asked: string[] = [];
  const words = new Words((text) => {
    asked.push(text);
    return layOut(text);
  });
  const first = words.laidOut("ab");
  for (const position of first.positions) Object.assign(position, { xAdvance: position.xAdvance * 2 });
  const second = words.laidOut("ab");
  expect([first.advanceWidth, second.advanceWidth]).toEqual([390, 195]);
  expect(second.glyphs).toEqual(layOut("ab").glyphs);
  expect(asked).toEqual(["ab"]);
});

it("keeps no more than some thousand words", () => {
  const asked: string[] = [];
  const words = new Words((text) => {
    asked.push(text);
    return layOut(text);
  });
  for (let number = 0; number < 20_000; number += 1) words.laidOut(String(number));
  words.laidOut("0");
  expect(asked.length).toBe(20_001);
});
