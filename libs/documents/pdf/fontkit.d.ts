/** The part of fontkit, which has no types of its own, that documents use. */
declare module "fontkit" {
  /** A font as pdfkit takes it. */
  interface ParsedFont {
    layout(text: string): unknown;
  }
  export function create(file: Uint8Array): ParsedFont;
}
