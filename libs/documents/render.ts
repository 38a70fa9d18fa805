import { contentOf } from "./content-of.js";
import { type BillingDocument } from "./document.js";
import { htmlOf } from "./html.js";

/**
 * A document as PDF: tagged, in its language, with its fonts in it. The same document gives the same bytes. Between
 * pages it lets other work have its turn: a document of 5,000 lines takes seconds.
 */
export const renderPdf = async (document: BillingDocument): Promise<Uint8Array> => {
  // Loaded with the first document: it would cost every start of a program a fifth of a second.
  const { drawPdf } = await import("./pdf/draw.js");
  return drawPdf(contentOf(document));
};

/** A document as a page of HTML that loads nothing. The same document gives the same text. */
export const renderHtml = (document: BillingDocument): string => htmlOf(contentOf(document));

/** The name of a document's file, without its ending: `INV-000042`. */
export const fileName = (document: BillingDocument): string => {
  const name = document.type === "STATEMENT" ? `statement-${document.from}-${document.until}` : document.number;
  return name.replaceAll(/[^A-Za-z0-9._-]/g, "-");
};
