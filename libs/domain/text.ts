/**
 * Text without its case: two texts that differ in case only have the same. Character by character, so that a part of a
 * text comes out as that part does: the final sigma, which depends on what follows, counts as any other.
 */
export const foldCase = (text: string): string =>
  Array.from(text, (character) => character.toLowerCase())
    .join("")
    .replaceAll("ς", "σ");
