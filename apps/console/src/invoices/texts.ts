const en = {
  writeOff: "Write off",
  writeOffOf: "Write off {number}",
  void: "Void",
  voidOf: "Void {number}",
  creditNote: "Credit note",
  creditNoteOf: "Issue a credit note on {number}",
  reissue: "Reissue",
  reissueOf: "Reissue {number}",
  reason: "Reason",
  reasonHint: "Needed for a day in a closed billing period.",
  nothingToFillIn: "There is nothing to fill in.",
};
const it: typeof en = {
  writeOff: "Stralcia",
  writeOffOf: "Stralcia {number}",
  void: "Annulla la fattura",
  voidOf: "Annulla la fattura {number}",
  creditNote: "Nota di credito",
  creditNoteOf: "Emetti una nota di credito su {number}",
  reissue: "Riemetti",
  reissueOf: "Riemetti {number}",
  reason: "Motivo",
  reasonHint: "Necessario per un giorno in un periodo chiuso.",
  nothingToFillIn: "Non c’è nulla da compilare.",
};
export const invoiceTexts = { en, it };
