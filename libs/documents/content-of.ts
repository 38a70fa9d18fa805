import { type Content } from "./content.js";
import { type BillingDocument } from "./document.js";
import { creditNoteContent, invoiceContent } from "./invoice-content.js";
import { statementContent } from "./statement-content.js";
import { wordsOf } from "./words/words-of.js";

/** What a document shows, in its language. */
export const contentOf = (document: BillingDocument): Content => {
  const words = wordsOf(document.language);
  switch (document.type) {
    case "INVOICE":
      return invoiceContent(document, words);
    case "CREDIT_NOTE":
      return creditNoteContent(document, words);
    case "STATEMENT":
      return statementContent(document, words);
  }
};
