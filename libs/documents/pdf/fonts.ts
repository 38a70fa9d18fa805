import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The typefaces of a document: Latin with all accents, Greek and Cyrillic. The glyphs that are used are embedded. */
const FILES = {
  regular: "DejaVuSansCondensed.ttf",
  bold: "DejaVuSansCondensed-Bold.ttf",
} as const;

export type Font = keyof typeof FILES;

const require = createRequire(import.meta.url);
const read = new Map<Font, Buffer>();

/** A font's file, read once. */
export const fontFile = (font: Font): Buffer => {
  const known = read.get(font);
  if (known) return known;
  const file = readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${FILES[font]}`));
  read.set(font, file);
  return file;
};

export const fonts = Object.keys(FILES) as Font[];
