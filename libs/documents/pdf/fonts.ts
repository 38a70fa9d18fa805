import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create } from "fontkit";

/** The typefaces of a document: Latin with all accents, Greek and Cyrillic. The glyphs that are used are embedded. */
const FILES = {
  regular: "DejaVuSansCondensed.ttf",
  bold: "DejaVuSansCondensed-Bold.ttf",
} as const;

export type Font = keyof typeof FILES;

const require = createRequire(import.meta.url);
const read = new Map<Font, object>();

/**
 * A font for one document. Its file is read and its tables are decoded once for all documents, which takes longer than
 * to draw one. Glyphs are the document's own: a glyph keeps the characters that it was first drawn for, and a document
 * must not depend on what was drawn before it.
 */
export const fontOf = (font: Font): PDFKit.Mixins.PDFFontSource => {
  const known = read.get(font) ?? create(readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${FILES[font]}`)));
  read.set(font, known);
  const own: unknown = Object.create(known, { _glyphs: { value: {} } });
  // pdfkit takes parsed fonts; its types do not know it.
  return own as PDFKit.Mixins.PDFFontSource;
};

export const fonts = Object.keys(FILES) as Font[];
