import { type Content } from "../content.js";
import { drawFoot, firstHead, furtherHead } from "./head.js";
import { Pen } from "./pen.js";
import { Sheet } from "./sheet.js";
import { drawTable } from "./table.js";
import { drawNotes, drawTotals } from "./tail.js";

/** The content as a tagged PDF of A4 pages. The same content gives the same bytes. */
export const drawPdf = async (content: Content): Promise<Uint8Array> => {
  const { title, author, tag, madeOn } = content;
  const pen = new Pen({ title, author, tag, at: new Date(`${madeOn}T00:00:00Z`) });
  const sheet = new Sheet(pen, () => furtherHead(pen, content));
  sheet.y = firstHead(pen, content);
  for (const table of content.tables) await drawTable(sheet, table, content.carriedOn);
  drawTotals(sheet, content);
  drawNotes(sheet, content);
  pen.onEveryPage((page, of) => {
    drawFoot(pen, content, page, of);
  });
  return pen.finish();
};
