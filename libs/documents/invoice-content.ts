import { big, format, ZERO } from "#domain/money.js";
import { recipientLines } from "./addresses.js";
import { type Content, type Fact, type Note } from "./content.js";
import { type CreditNoteDocument, type InvoiceDocument } from "./document.js";
import { amountText, longDate, periodText, shortDate } from "./formats.js";
import { bankFacts, issuerContent, issuerFooter } from "./issuer-content.js";
import { discountsOf, lineTables, lineTotals } from "./lines-content.js";
import { type Words } from "./words/words.js";

type WithLines = InvoiceDocument | CreditNoteDocument;

/** What invoices and credit notes have in common. */
const common = (document: WithLines, words: Words) => ({
  tag: words.tag,
  issuer: issuerContent(document.issuer, words),
  recipient: recipientLines(document.recipient, document.issuer, words.language),
  tables: lineTables(document, words),
  totals: lineTotals(document, words),
  footer: issuerFooter(document.issuer, words),
  page: words.page,
  carriedOn: words.carriedOn,
  author: document.issuer.legalName ?? document.issuer.name,
  madeOn: document.issuedOn,
});

export const invoiceContent = (document: InvoiceDocument, words: Words): Content => {
  const { number, total, currency, dueOn, dates } = document;
  const due = longDate(dueOn, dates, words.language);
  const isDue = big(total).gt(ZERO);
  return {
    ...common(document, words),
    title: `${words.invoice} ${number}`,
    heading: words.invoice,
    facts: factsOf(document, words, [{ label: words.due, value: shortDate(dueOn, dates, words.language) }]),
    amount: {
      label: words.toPay,
      amount: amountText(total, currency, words.language),
      note: isDue ? words.by(due) : words.nothingToPay,
    },
    notes: [...(isDue ? howToPay(document, due, words) : []), aboutAmounts(document, words)],
  };
};

export const creditNoteContent = (document: CreditNoteDocument, words: Words): Content => {
  const { number, total, currency, invoiceNumber, purpose, reason } = document;
  const credit = amountText(format(big(total).neg(), currency), currency, words.language);
  const corrected = invoiceNumber === null ? [] : [{ label: words.corrects, value: invoiceNumber }];
  const about = [
    ...(purpose === "VOID" ? [words.voids(invoiceNumber)] : []),
    ...(purpose === "GOODWILL" ? [reason === null ? words.goodwill : `${words.goodwill}: ${reason}`] : []),
    words.howCreditIsUsed,
  ];
  return {
    ...common(document, words),
    title: `${words.creditNote} ${number}`,
    heading: words.creditNote,
    facts: factsOf(document, words, corrected),
    amount: { label: words.credited, amount: credit, note: "" },
    notes: [{ heading: words.aboutCredit, paragraphs: about, facts: [] }, aboutAmounts(document, words)],
  };
};

const factsOf = (document: WithLines, words: Words, own: readonly Fact[]): Fact[] => {
  const { number, issuedOn, period, dates, recipient } = document;
  const { language } = words;
  return [
    { label: words.number, value: number },
    { label: words.date, value: shortDate(issuedOn, dates, language) },
    ...own,
    { label: words.period, value: periodText(period, dates, language) },
    ...(recipient.taxId ? [{ label: words.yourTaxId, value: recipient.taxId }] : []),
  ];
};

const howToPay = ({ number, total, currency, issuer }: InvoiceDocument, due: string, words: Words): Note[] => {
  const accounts = bankFacts(issuer.bankAccounts, currency, number, words);
  const sentence = words.payBy(amountText(total, currency, words.language), due, number);
  const [first = [], ...others] = accounts;
  return [
    { heading: words.howToPay, paragraphs: [sentence], facts: first },
    ...others.map((facts) => ({ heading: null, paragraphs: [], facts })),
  ];
};

const aboutAmounts = (document: WithLines, words: Words): Note => {
  const discounts = discountsOf(document);
  const given = amountText(discounts, document.currency, words.language);
  const paragraphs = [...(big(discounts).gt(ZERO) ? [words.discountsGiven(given)] : []), words.netOfTax];
  return { heading: null, paragraphs: [paragraphs.join(" ")], facts: [] };
};
