import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create, type ParsedFont } from "fontkit";
import { Words } from "./words.js";

/** The typefaces of a document: Latin with all accents, Greek and Cyrillic. The glyphs that are used are embedded. */
const FILES = {
  regular: "DejaVuSansCondensed.ttf",
  bold: "DejaVuSansCondensed-Bold.ttf",
} as const;

export type Font = keyof typeof FILES;

interface Read {
  readonly parsed: ParsedFont;
  readonly words: Words;
}

const require = createRequire(import.meta.url);
const read = new Map<Font, Read>();

/**
 * A font for one document. Its file is read, its tables are decoded, and words are laid out once for all documents: each
 * takes longer than to draw one. Glyphs are the document's own: a glyph keeps the characters that it was first drawn for,
 * and a document must not depend on what was drawn before it.
 */
export const fontOf = (font: Font): PDFKit.Mixins.PDFFontSource => {
  const known = read.get(font) ?? readFont(font);
  read.set(font, known);
  const { parsed, words } = known;
  const own: unknown = Object.assign(withOwnGlyphs(parsed), { layout: (text: string) => words.laidOut(text) });
  // pdfkit takes parsed fonts; its types do not know it.
  return own as PDFKit.Mixins.PDFFontSource;
};

const readFont = (font: Font): Read => {
  const parsed = create(readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${FILES[font]}`)));
  return { parsed, words: new Words((text) => withOwnGlyphs(parsed).layout(text)) };
};

const withOwnGlyphs = (font: ParsedFont): ParsedFont => Object.create(font, { _glyphs: { value: {} } }) as ParsedFont;

export const fonts = Object.keys(FILES) as Font[];
