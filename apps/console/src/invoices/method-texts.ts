const en = {
  method: "How",
  BANK_TRANSFER: "Bank transfer",
  CARD: "Card",
  CASH: "Cash",
  CHEQUE: "Cheque",
  DIRECT_DEBIT: "Direct debit",
  OTHER: "Otherwise",
};
const it: typeof en = {
  method: "Modo",
  BANK_TRANSFER: "Bonifico",
  CARD: "Carta",
  CASH: "Contanti",
  CHEQUE: "Assegno",
  DIRECT_DEBIT: "Addebito diretto",
  OTHER: "Altro",
};

/** How money comes or goes, wherever it is chosen or shown. */
export const methodTexts = { en, it };
