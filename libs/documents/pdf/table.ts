import { setImmediate } from "node:timers/promises";
import { type Column, type Row, type Table } from "../content.js";
import { PAPER, WIDTH } from "./paper.js";
import { type Element, leading, type Pen, style, type Style } from "./pen.js";
import { type Sheet } from "./sheet.js";

const heading = style(9.5, "accent", "bold");
const label = style(7, "soft", "bold");
const cell = style(8.5);
const strong = style(8.5, "ink", "bold");
const small = style(7, "soft");
const GAP = 8;
const PADDING = 3.5;
/** Rows that are drawn before other work gets its turn: documents may have thousands. */
const ROWS_AT_ONCE = 200;

interface Place extends Column {
  readonly x: number;
  readonly room: number;
}

/** @param carriedOn says on further pages that a table goes on */
export const drawTable = async (sheet: Sheet, table: Table, carriedOn: string): Promise<void> => {
  const { pen } = sheet;
  const places = placesOf(pen, table);
  // The heading stays with the table's head and a first row.
  sheet.makeRoom(heightOfHead(pen, places) + 34 + (table.heading === null ? 0 : 20));
  if (table.heading !== null) {
    const text = table.heading;
    pen.tagged(pen.root, "H2", () => {
      pen.text(pen.wrapped(text, WIDTH, heading)[0] ?? "", PAPER.left, sheet.y, heading);
    });
    sheet.y += 17;
  }
  const element = pen.begin(pen.root, "Table");
  const again = table.heading === null ? null : `${table.heading}, ${carriedOn}`;
  drawHead(sheet, places, element);
  for (const [index, row] of table.rows.entries()) {
    drawRow(sheet, places, row, element, again);
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
  }
  if (table.sum) drawRow(sheet, places, { cells: table.sum, small: [], isStrong: true }, element, again);
  element.end();
  sheet.y += 14;
};

/** Where columns are. Those of numbers are as wide as their widest number: a number is never broken. */
const placesOf = (pen: Pen, { columns: given, rows, sum }: Table): Place[] => {
  const texts = [...rows.map(({ cells }) => cells), ...(sum ? [sum] : [])];
  const columns = given.map((column, index) => {
    if (!column.isNumber || column.width === null) return column;
    const widest = texts.reduce((most, cells) => Math.max(most, pen.widthOf(cells[index] ?? "", strong)), 0);
    return { ...column, width: Math.max(column.width, widest + GAP) };
  });
  const fixed = columns.reduce((total, { width }) => total + (width ?? 0), 0);
  let x: number = PAPER.left;
  return columns.map((column) => {
    const width = column.width ?? WIDTH - fixed;
    const place = { ...column, x, room: width - GAP };
    x += width;
    return place;
  });
};

/** Numbers end where their column does, the last at the margin. */
const edgeOf = ({ x, room }: Place): number => Math.min(x + room + GAP, PAPER.right);

const put = (pen: Pen, place: Place, text: string, y: number, look: Style): void => {
  if (place.isNumber) pen.textToLeftOf(text, edgeOf(place), y, look);
  else pen.text(text, place.x, y, look);
};

const headLines = (pen: Pen, places: readonly Place[]): string[][] =>
  places.map((place) => pen.wrapped(place.label, place.room, label));

const heightOfHead = (pen: Pen, places: readonly Place[]): number =>
  Math.max(...headLines(pen, places).map(({ length }) => length)) * leading(label) + 8;

/** The labels of the columns. @param table the table's element; left out: the head is repeated on a further page */
const drawHead = (sheet: Sheet, places: readonly Place[], table?: Element): void => {
  const { pen } = sheet;
  const texts = headLines(pen, places);
  const height = heightOfHead(pen, places);
  const drawLabel = (place: Place, index: number) => () => {
    (texts[index] ?? []).forEach((text, line) => {
      put(pen, place, text, sheet.y + line * leading(label), label);
    });
  };
  const row = table && pen.begin(table, "TR");
  for (const [index, place] of places.entries()) {
    if (row) pen.tagged(row, "TH", drawLabel(place, index));
    else pen.artifact(drawLabel(place, index));
  }
  row?.end();
  pen.artifact(() => {
    pen.rule(sheet.y + height - 4, "accent", 0.9);
  });
  sheet.y += height;
};

const drawHeadingAgain = (sheet: Sheet, again: string): void => {
  const { pen } = sheet;
  pen.artifact(() => {
    pen.text(pen.wrapped(again, WIDTH, heading)[0] ?? "", PAPER.left, sheet.y, heading);
  });
  sheet.y += 17;
};

interface Text {
  readonly text: string;
  /** From the top of the row. */
  readonly y: number;
  readonly look: Style;
}

/** @param again the table's heading on a further page; null: it has none */
const drawRow = (sheet: Sheet, places: readonly Place[], row: Row, table: Element, again: string | null): void => {
  const { pen } = sheet;
  const texts = textsOfRow(pen, places, row);
  const height = Math.max(...texts.flat().map(({ y, look }) => y + leading(look)), leading(cell)) + 2 * PADDING;
  if (sheet.makeRoom(height)) {
    if (again !== null) drawHeadingAgain(sheet, again);
    drawHead(sheet, places);
  }
  const element = pen.begin(table, "TR");
  for (const [index, place] of places.entries()) {
    pen.tagged(element, "TD", () => {
      for (const { text, y, look } of texts[index] ?? []) put(pen, place, text, sheet.y + PADDING + y, look);
    });
  }
  element.end();
  sheet.y += height;
  pen.artifact(() => {
    pen.rule(sheet.y, "rule", 0.4);
  });
};

/** The texts of a row's cells. What explains them stands below all cells, and may reach over those without numbers. */
const textsOfRow = (pen: Pen, places: readonly Place[], row: Row): Text[][] => {
  const look = row.isStrong ? strong : cell;
  const own = places.map((place, index) => {
    const room = place.isNumber ? place.room + GAP : place.room;
    return below(0, pen.wrapped(row.cells[index] ?? "", room, look), look);
  });
  const depth = Math.max(1, ...own.map(({ length }) => length)) * leading(look);
  const reach = places.find(({ isNumber }) => isNumber)?.x ?? PAPER.right;
  return own.map((texts, index) => {
    const x = places[index]?.x ?? 0;
    const explained = row.small.filter(({ column }) => column === index).flatMap(({ lines }) => lines);
    const lines = explained.flatMap((line) => pen.wrapped(line, reach - x - GAP, small));
    return [...texts, ...below(depth, lines, small)];
  });
};

const below = (top: number, lines: readonly string[], look: Style): Text[] =>
  lines.map((text, index) => ({ text, look, y: top + index * leading(look) }));
