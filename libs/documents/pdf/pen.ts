import PDFDocument from "pdfkit";
import { TEMPLATE_VERSION } from "../document.js";
import { NO_BREAK_SPACE } from "../formats.js";
import { type Font, fontOf, fonts } from "./fonts.js";
import { type Color, COLORS, PAPER } from "./paper.js";

/** How text looks. */
export interface Style {
  readonly font: Font;
  readonly size: number;
  readonly color: Color;
}

export const style = (size: number, color: Color = "ink", font: Font = "regular"): Style => ({ font, size, color });

/** From one line of text to the next. */
export const leading = ({ size }: Style): number => size * 1.32;

/** Of PDF's standard structure types, those that documents have. */
export type Tag = "Document" | "H1" | "H2" | "P" | "Figure" | "Table" | "TR" | "TH" | "TD";

export type Element = PDFKit.PDFStructureElement;

interface Made {
  readonly title: string;
  readonly author: string;
  readonly tag: string;
  /** The instant that stands for its making: the same for the same document. */
  readonly at: Date;
}

/** Writes on the pages of a PDF: text with its place in the document's structure, and what is there for the eye only. */
export class Pen {
  private readonly doc: PDFKit.PDFDocument;
  private readonly chunks: Uint8Array[] = [];
  private readonly widths = new Map<string, number>();
  /** The root of the structure that screen readers follow. */
  readonly root: Element;

  constructor({ title, author, tag, at }: Made) {
    this.doc = new PDFDocument({
      size: PAPER.size,
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      tagged: true,
      displayTitle: true,
      lang: tag,
      pdfVersion: "1.7",
      info: {
        Title: title,
        Author: author,
        Creator: `Tenure, template ${TEMPLATE_VERSION}`,
        Producer: "Tenure",
        CreationDate: at,
      },
    });
    this.doc.on("data", (chunk: Uint8Array) => this.chunks.push(chunk));
    for (const font of fonts) this.doc.registerFont(font, fontOf(font));
    this.root = this.doc.struct("Document");
    this.doc.addStructure(this.root);
  }

  addPage(): void {
    this.doc.addPage();
  }

  /**
   * A new element below another one; it is to be ended once all of it is drawn.
   * @param alt what a picture shows, in words
   */
  begin(parent: Element, tag: Tag, alt?: string): Element {
    const element = this.doc.struct(tag, alt === undefined ? {} : { alt });
    parent.add(element);
    return element;
  }

  /** Draws what belongs to a new element. */
  tagged(parent: Element, tag: Tag, draw: () => void, alt?: string): void {
    const element = this.begin(parent, tag, alt);
    element.add(draw);
    element.end();
  }

  /** Draws what is there for the eye only: rules, repeated heads, feet. */
  artifact(draw: () => void): void {
    this.doc.markContent("Artifact");
    draw();
    this.doc.endMarkedContent();
  }

  text(text: string, x: number, y: number, { font, size, color }: Style): void {
    if (text === "") return;
    this.doc.font(font).fontSize(size).fillColor(COLORS[color]);
    this.doc.text(text.replaceAll(NO_BREAK_SPACE, " "), x, y, { lineBreak: false });
  }

  textToLeftOf(text: string, right: number, y: number, look: Style): void {
    this.text(text, right - this.widthOf(text, look), y, look);
  }

  widthOf(text: string, { font, size }: Style): number {
    const key = `${font} ${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known * size;
    const width = this.doc.font(font).fontSize(1).widthOfString(text.replaceAll(NO_BREAK_SPACE, " "));
    this.widths.set(key, width);
    return width * size;
  }

  /** A text in lines of at most a width, broken at spaces, and inside of words that are longer. */
  wrapped(text: string, width: number, look: Style): string[] {
    const space = this.widthOf(" ", look);
    const lines: string[] = [];
    let line = "";
    let used = 0;
    for (const word of text.split(" ").flatMap((whole) => this.pieces(whole, width, look))) {
      const needed = this.widthOf(word, look);
      if (line !== "" && used + space + needed > width) {
        lines.push(line);
        line = "";
      }
      used = line === "" ? needed : used + space + needed;
      line = line === "" ? word : `${line} ${word}`;
    }
    return line === "" ? lines : [...lines, line];
  }

  private pieces(word: string, width: number, look: Style): string[] {
    if (this.widthOf(word, look) <= width) return [word];
    const pieces: string[] = [];
    let piece = "";
    for (const character of word) {
      if (piece !== "" && this.widthOf(piece + character, look) > width) {
        pieces.push(piece);
        piece = "";
      }
      piece += character;
    }
    return [...pieces, piece];
  }

  rule(y: number, color: Color = "rule", thickness = 0.5, from: number = PAPER.left): void {
    this.doc.lineWidth(thickness).strokeColor(COLORS[color]).moveTo(from, y).lineTo(PAPER.right, y).stroke();
  }

  box(x: number, y: number, width: number, height: number, color: Color): void {
    this.doc.rect(x, y, width, height).fill(COLORS[color]);
  }

  /** @throws Error for a file that is no picture of its type */
  picture(file: Buffer, x: number, y: number, width: number, height: number): void {
    this.doc.image(file, x, y, { fit: [width, height] });
  }

  /** Draws on every page, once all are there. */
  onEveryPage(draw: (page: number, of: number) => void): void {
    const { start, count } = this.doc.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.doc.switchToPage(start + index);
      draw(index + 1, count);
    }
  }

  /** The finished file. */
  finish(): Promise<Uint8Array> {
    this.root.end();
    return new Promise((resolve, reject) => {
      this.doc.on("error", reject);
      this.doc.on("end", () => {
        resolve(new Uint8Array(Buffer.concat(this.chunks)));
      });
      this.doc.end();
    });
  }
}
