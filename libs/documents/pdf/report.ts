import { leading, Pen, type Style, style } from "./pen.js";
import { PAPER } from "./paper.js";
import { Sheet } from "./sheet.js";

/** A summary that an auditor keeps: a title, facts in two columns, and paragraphs. */
export interface ReportContent {
  readonly title: string;
  /** What it comes to, in one sentence under the title. */
  readonly verdict: string;
  /** Day of its making, `YYYY-MM-DD`: the same content gives the same bytes. */
  readonly madeOn: string;
  readonly parts: readonly {
    readonly heading: string;
    readonly facts: readonly (readonly [name: string, value: string])[];
    readonly paragraphs: readonly string[];
  }[];
  /** At the foot of every page. */
  readonly foot: string;
}

const TITLE = style(16, "ink", "bold");
const VERDICT = style(11, "ink", "bold");
const HEADING = style(10, "ink", "bold");
const TEXT = style(8.5);
const FAINT = style(7.5, "soft");
const NAMES = 130;

/** The content as a tagged PDF of A4 pages. */
export const drawReport = (content: ReportContent): Promise<Uint8Array> => {
  const { title, verdict, madeOn, parts, foot } = content;
  const pen = new Pen({ title, author: "Tenure", tag: "en", at: new Date(`${madeOn}T00:00:00Z`) });
  const sheet = new Sheet(pen, () => PAPER.top);
  write(sheet, "H1", title, TITLE);
  write(sheet, "P", verdict, VERDICT);
  for (const { heading, facts, paragraphs } of parts) {
    sheet.y += leading(TEXT);
    write(sheet, "H2", heading, HEADING);
    for (const [name, value] of facts) fact(sheet, name, value);
    for (const paragraph of paragraphs) write(sheet, "P", paragraph, TEXT);
  }
  pen.onEveryPage((page, of) => {
    pen.artifact(() => {
      pen.text(foot, PAPER.left, PAPER.foot, FAINT);
      pen.textToLeftOf(`${page} / ${of}`, PAPER.right, PAPER.foot, FAINT);
    });
  });
  return pen.finish();
};

/** Draws a text line by line, each where there is room for it. */
const write = (sheet: Sheet, tag: "H1" | "H2" | "P", text: string, look: Style): void => {
  const { pen } = sheet;
  const element = pen.begin(pen.root, tag);
  for (const line of pen.wrapped(text, PAPER.right - PAPER.left, look)) {
    sheet.makeRoom(leading(look));
    const { y } = sheet;
    element.add(() => {
      pen.text(line, PAPER.left, y, look);
    });
    sheet.y += leading(look);
  }
  element.end();
};

const fact = (sheet: Sheet, name: string, value: string): void => {
  const { pen } = sheet;
  const element = pen.begin(pen.root, "P");
  const lines = pen.wrapped(value === "" ? "-" : value, PAPER.right - PAPER.left - NAMES, TEXT);
  for (const [place, line] of lines.entries()) {
    sheet.makeRoom(leading(TEXT));
    const { y } = sheet;
    element.add(() => {
      if (place === 0) pen.text(name, PAPER.left, y, TEXT);
      pen.text(line, PAPER.left + NAMES, y, TEXT);
    });
    sheet.y += leading(TEXT);
  }
  element.end();
};
