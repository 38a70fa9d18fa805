import { type LaidOut } from "fontkit";

/** How many words of a font are kept: those that all documents have, and the amounts and names of hundreds. */
const KEPT = 5_000;

/** Words as a font lays them out, kept for all documents. A word is laid out the same whatever was before it. */
export class Words {
  readonly #known = new Map<string, LaidOut>();

  /** @param layOut with glyphs that no other word has */
  constructor(private readonly layOut: (text: string) => LaidOut) {}

  /** Positions are the caller's own: pdfkit scales them where they are. */
  laidOut(text: string): LaidOut {
    const { glyphs, positions } = this.#known.get(text) ?? this.#new(text);
    return new Run(
      glyphs,
      positions.map((position) => ({ ...position })),
    );
  }

  #new(text: string): LaidOut {
    const { glyphs, positions } = this.layOut(text);
    const word = new Run(
      glyphs.map(({ id, advanceWidth, codePoints }) => ({ id, advanceWidth, codePoints })),
      positions.map((position) => ({ ...position })),
    );
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(text, word);
    return word;
  }
}

class Run implements LaidOut {
  constructor(
    readonly glyphs: LaidOut["glyphs"],
    readonly positions: LaidOut["positions"],
  ) {}

  /** By the positions as they are: pdfkit asks once it has scaled them. */
  get advanceWidth(): number {
    return this.positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
  }
}
