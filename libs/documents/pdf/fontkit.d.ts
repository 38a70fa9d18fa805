/** The part of fontkit, which has no types of its own, that documents use. */
declare module "fontkit" {
  /** A font as pdfkit takes it. */
  interface ParsedFont {
    layout(text: string): LaidOut;
  }
  /** What pdfkit uses of a text that was laid out. */
  interface LaidOut {
    readonly glyphs: readonly {
      readonly id: number;
      readonly advanceWidth: number;
      readonly codePoints: readonly number[];
    }[];
    /** In units of the font, until pdfkit scales them in place. */
    readonly positions: readonly {
      readonly xAdvance: number;
      readonly yAdvance: number;
      readonly xOffset: number;
      readonly yOffset: number;
    }[];
    /** The sum of what the positions advance. */
    readonly advanceWidth: number;
  }
  export function create(file: Uint8Array): ParsedFont;
}
