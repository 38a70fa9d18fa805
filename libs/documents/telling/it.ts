import { type Telling } from "./telling.js";

const giorni = (count: number): string => (count === 1 ? "1 giorno" : `${count} giorni`);

const documenti = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const volte = (count: number): string => (count === 1 ? "una volta" : `${count} volte`);

export const TELLING_IT: Telling = {
  fee: (what, amount) => `Il canone di ${what} è di ${amount} per un intero periodo di fatturazione.`,
  wholeFee: (what, amount, period) => `Il canone di ${what} è di ${amount} per l’intero periodo: ${period}.`,
  part: (charged, of, period, unit, amount) =>
    `Sono addebitati ${giorni(charged)} su ${of}, ${period}: ${unit} per ${charged}, diviso ${of}, fa ${amount}.`,
  rounded: (amount) => `Arrotondato fa ${amount}.`,
  allocated: (charged, of, together, amount) =>
    `Insieme ai giorni vicini, ${giorni(charged)} su ${of} fanno ${together}, di cui ${amount} per questa riga.`,
  discount: (unit) => `Il vostro impegno dà uno sconto di ${unit} per un intero periodo di fatturazione.`,
  discountUntil: (unit, day) =>
    `Il vostro impegno dà uno sconto di ${unit} per un intero periodo di fatturazione; ultimo giorno: ${day}.`,
  discountOver: (day) => `Lo sconto del vostro impegno è terminato: ultimo giorno ${day}.`,
  rateDiscount: (percent, unit, amount) =>
    `Lo sconto a voi riservato del ${percent} % toglie ${amount} dal canone di ${unit}; sostituisce lo sconto dell’impegno.`,
  atMostFee: (amount) => `Lo sconto non supera mai il canone: ${amount}.`,
  leaves: (fee, discount, net) => `${fee} meno uno sconto di ${discount} fa ${net}.`,

  oneTimeFee: (what, amount, day) => `${what} è un addebito una tantum di ${amount}, del ${day}.`,
  oneTimeDiscount: (amount) => `Il vostro impegno toglie ${amount}.`,
  transferFee: (amount, day) => `Per il subentro nell’impegno il ${day} è previsto un costo di ${amount}.`,

  calls: (what, { count, seconds, exact, days }) =>
    `${count === 1 ? "1 chiamata" : `${count} chiamate`} del periodo ${days} (${what}), ${seconds} secondi addebitati: in tutto ${exact}, ciascuna alla sua tariffa.`,

  endedEarly: (lastDay, discountDay) =>
    `Il vostro impegno è terminato in anticipo: ultimo giorno ${lastDay}, mentre lo sconto era concordato fino al ${discountDay}.`,
  ended: (lastDay) => `Il vostro impegno è terminato: ultimo giorno ${lastDay}.`,
  given: (runs, total) => `Finché è durato avete goduto di questi sconti: ${runs}. In tutto ${total}.`,
  once: (amount, period) => `${amount} per ${period}`,
  times: (count, amount, from, until) => `${count} volte ${amount}, da ${from} a ${until}`,
  and: (parts) => parts.join(", "),
  chargedBack: (what, amount) => `Sono riaddebitati: ${amount} per ${what}.`,
  remaining: (runs, total) => `Fino alla scadenza concordata restavano da pagare: ${runs}. In tutto ${total}.`,
  remainingCharged: (what, amount) => `Sono addebitati: ${amount} per ${what}.`,
  lesser: (given, remaining, least) =>
    `Gli sconti goduti fanno ${given}, i canoni che restavano da pagare ${remaining}. È addebitato il minore dei due: ${least}.`,
  shared: (what, amount) => `Ripartito secondo gli sconti goduti, ${amount} spettano a ${what}.`,
  fixedPenalty: (what, amount) => `Per il recesso anticipato è concordato un importo fisso di ${amount} per ${what}.`,
  waived: (amount) => `Non lo richiediamo: l’addebito di ${amount} è di nuovo accreditato.`,

  due: (amount) => `Per quanto si sa ora, per questi giorni si devono addebitare ${amount}.`,
  nothingDue: "Per quanto si sa ora, per questi giorni non si deve addebitare nulla.",
  billed: (amount, documents) => `Finora sono stati fatturati ${amount}: ${documents}.`,
  nothingBilled: "Finora non era stato fatturato nulla.",
  onDocument: (period, amount, document) => `${amount} per ${period} con ${document}`,
  anEarlierDocument: "un documento precedente",
  corrected: (amount) => `La differenza è di ${amount}.`,
  undone: (amount) => `La rettifica è ritirata: ${amount}.`,

  discountEndSet: (day) => `Lo sconto era concordato fino al ${day}.`,
  pauseMoved: (pause, count, day) => `La pausa ${pause} lo sposta di ${giorni(count)}, al ${day}.`,
  pauseIncluded: (pause, count, included, day) =>
    `La pausa ${pause} è di ${giorni(count)}, di cui ${included} già contati: lo sposta al ${day}.`,
  notLater: (day) => `Per questi giorni non va oltre il ${day}.`,
  notEarlier: (day) => `La modifica di una pausa non lo porta prima del ${day}.`,
  lastDiscounted: (day) => `L’ultimo giorno con lo sconto è il ${day}.`,

  hasEnded: (lastDay) => `L’impegno è terminato: ultimo giorno ${lastDay}.`,
  begins: (day) => `L’impegno inizia il ${day}.`,
  hasRunSince: (day) => `L’impegno è in corso dal ${day}.`,
  onPause: (days) => `È in pausa: ${days}.`,
  onOpenPause: (day) => `È in pausa dal ${day}, fino alla ripresa.`,
  suspendedSince: (day) => `Il servizio è sospeso dal ${day}.`,
  suspensionLifted: (day) => `Il servizio era sospeso ed è di nuovo attivo dal ${day}.`,
  closedOn: (day) => `Il cliente è stato chiuso il ${day}.`,
  accountOpened: (day) => `L’account è stato aperto il ${day}.`,
  accountClosed: (lastDay) => `È stata chiusa: l’ultimo giorno è il ${lastDay}.`,
  nothingBlocks: "Nulla blocca il servizio.",

  invoiceOf: (amount) => `La fattura è di ${amount}.`,
  invoicePaidFromBalance: (amount) => `${amount} sono stati pagati con il vostro credito.`,
  invoicePaid: (amount) => `I pagamenti la riducono di ${amount}.`,
  invoiceCredited: (amount) => `Le note di credito la riducono di ${amount}.`,
  invoiceReversed: (amount) => `${amount} sono di nuovo dovuti, perché un pagamento è stato stornato.`,
  invoiceGivenUp: (amount) => `Abbiamo rinunciato a ${amount}.`,
  invoiceDue: (day) => `È da pagare entro il ${day}.`,
  invoiceWasDue: (day) => `Era da pagare entro il ${day}.`,
  invoiceVoid: (day) => `La fattura è annullata dal ${day}: non ne è dovuto nulla.`,

  leftOfPayment: (amount, day, left) => `Del pagamento di ${amount} del ${day} restano inutilizzati ${left}.`,
  leftOfCreditNote: (amount, day, left) =>
    `Della nota di credito di ${amount} del ${day} restano inutilizzati ${left}.`,
  unusedInAll: (amount) => `In tutto ${amount} a vostro credito.`,
  nothingUnused: "Non resta alcun credito inutilizzato.",
  leftOfInvoices: (amount) => `Delle vostre fatture restano da pagare ${amount}.`,
  owedBeyond: (due, beyond) => `In tutto dovete ${due}: ${beyond} oltre alle fatture.`,

  invoiced: (count, amount) => `${documenti(count, "fattura", "fatture")} per ${amount} in tutto.`,
  credited: (count, amount) => `Da dedurre ${documenti(count, "nota di credito", "note di credito")} per ${amount}.`,
  paid: (count, amount) => `${documenti(count, "pagamento", "pagamenti")} per ${amount} in tutto.`,
  reversed: (count, amount) => `Stornati ${documenti(count, "pagamento", "pagamenti")} per ${amount}.`,
  refunded: (count, amount) => `Abbiamo rimborsato ${amount}, ${volte(count)}.`,
  writtenOff: (amount) => `Abbiamo rinunciato a ${amount}.`,
  writeOffUndone: (amount) => `Di questi, ${amount} sono di nuovo dovuti.`,
  owed: (amount) => `Restano da pagare ${amount}.`,
  owedNothing: "Non resta nulla da pagare.",
  inCredit: (amount) => `Restano ${amount} a vostro credito.`,
};
