import { type Content, type Fact, type Note } from "../content.js";
import { PAPER, WIDTH } from "./paper.js";
import { leading, style } from "./pen.js";
import { type Sheet } from "./sheet.js";

const TOTALS = { x: 300 } as const;
const plain = style(8.5);
const grand = style(11, "accent", "bold");

/** What the lines add up to, together on one page. */
export const drawTotals = (sheet: Sheet, { totals }: Content): void => {
  const { pen } = sheet;
  if (totals.length === 0) return;
  sheet.makeRoom(totals.length * 16 + 16);
  for (const { label, amount, isStrong } of totals) {
    const look = isStrong ? grand : plain;
    const height = isStrong ? 21 : 15;
    const top = sheet.y;
    pen.artifact(() => {
      pen.rule(top, isStrong ? "accent" : "rule", isStrong ? 0.9 : 0.4, TOTALS.x);
    });
    pen.tagged(pen.root, "P", () => {
      pen.text(label, TOTALS.x, top + (isStrong ? 5 : 3), look);
      pen.textToLeftOf(amount, PAPER.right, top + (isStrong ? 5 : 3), look);
    });
    sheet.y += height;
  }
  sheet.y += 18;
};

const heading = style(9.5, "accent", "bold");
const text = style(8.5);
const label = style(8, "soft");
const value = style(8.5, "ink", "bold");
const LABELS = 110;

/** What is to be said besides: each note together on one page. */
export const drawNotes = (sheet: Sheet, { notes }: Content): void => {
  for (const note of notes) {
    sheet.makeRoom(heightOf(sheet, note));
    drawNote(sheet, note);
  }
};

const paragraphs = ({ pen }: Sheet, note: Note): string[][] =>
  note.paragraphs.map((paragraph) => pen.wrapped(paragraph, WIDTH, text));

const heightOf = (sheet: Sheet, note: Note): number =>
  (note.heading === null ? 0 : 17) +
  paragraphs(sheet, note).reduce((total, { length }) => total + length * leading(text) + 5, 0) +
  note.facts.length * 14 +
  10;

const drawNote = (sheet: Sheet, note: Note): void => {
  const { pen } = sheet;
  if (note.heading !== null) {
    const words = note.heading;
    pen.tagged(pen.root, "H2", () => {
      pen.text(words, PAPER.left, sheet.y, heading);
    });
    sheet.y += 17;
  }
  for (const lines of paragraphs(sheet, note)) {
    pen.tagged(pen.root, "P", () => {
      for (const line of lines) {
        pen.text(line, PAPER.left, sheet.y, text);
        sheet.y += leading(text);
      }
    });
    sheet.y += 5;
  }
  for (const fact of note.facts) drawFact(sheet, fact);
  sheet.y += 10;
};

const drawFact = (sheet: Sheet, fact: Fact): void => {
  const { pen } = sheet;
  pen.tagged(pen.root, "P", () => {
    pen.text(fact.label, PAPER.left, sheet.y + 0.5, label);
    pen.text(fact.value, PAPER.left + LABELS, sheet.y, value);
  });
  sheet.y += 14;
};
