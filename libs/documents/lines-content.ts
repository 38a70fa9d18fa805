import { lineKinds } from "#domain/billing/line.js";
import { type Amount, big, type Currency, format, sum, ZERO } from "#domain/money.js";
import { type Column, type Row, type Table, type Total } from "./content.js";
import { type CreditNoteDocument, type DocumentLine, type InvoiceDocument } from "./document.js";
import { explained } from "./explanations.js";
import { amountText, daysText, numberText } from "./formats.js";
import { type Words } from "./words/words.js";

type WithLines = InvoiceDocument | CreditNoteDocument;

const columnsOf = (words: Words): Column[] => [
  { label: words.position, isNumber: false, width: 34 },
  { label: words.description, isNumber: false, width: null },
  { label: words.days, isNumber: false, width: 96 },
  { label: words.fee, isNumber: true, width: 58 },
  { label: words.discount, isNumber: true, width: 54 },
  { label: words.net, isNumber: true, width: 62 },
];

/** The lines in a table for each account, in the order in which accounts first occur. */
export const lineTables = (document: WithLines, words: Words): Table[] => {
  const byAccount = groupedBy(document.lines, ({ account }) => account);
  return [...byAccount].map(([account, lines]) => ({
    heading: account === null ? (byAccount.size > 1 ? words.otherAccount : null) : words.account(account),
    columns: columnsOf(words),
    rows: lines.map((line) => rowOf(line, document, words)),
    sum: byAccount.size > 1 && account !== null ? sumOf(account, lines, document.currency, words) : null,
  }));
};

const rowOf = (line: DocumentLine, { dates, currency, numbers }: WithLines, words: Words): Row => {
  const { language } = words;
  const { what, why } = explained(line, { words, dates, currency, numbers });
  const number = (amount: Amount) => numberText(amount, language);
  const discount = format(big(line.discount).neg(), currency);
  return {
    cells: [
      `${line.position}`,
      what,
      daysText(line, dates, language),
      number(line.fee),
      big(discount).eq(ZERO) ? "" : number(discount),
      number(line.net),
    ],
    small: why.length > 0 ? [{ column: 1, lines: why }] : [],
    isStrong: false,
  };
};

const sumOf = (account: string, lines: readonly DocumentLine[], currency: Currency, words: Words): string[] => {
  const net = format(sum(lines.map((line) => big(line.net))), currency);
  return ["", words.accountTotal(account), "", "", "", numberText(net, words.language)];
};

/** What each kind of line adds up to, where there are several, and the total. */
export const lineTotals = ({ lines, total, currency }: WithLines, words: Words): Total[] => {
  const amount = (text: Amount) => amountText(text, currency, words.language);
  const byKind = groupedBy(lines, ({ kind }) => kind);
  const kinds = lineKinds.flatMap((kind) => {
    const own = byKind.get(kind);
    if (!own) return [];
    const net = format(sum(own.map((line) => big(line.net))), currency);
    return [{ label: words.kinds[kind], amount: amount(net), isStrong: false }];
  });
  return [...(kinds.length > 1 ? kinds : []), { label: words.total, amount: amount(total), isStrong: true }];
};

/** Discounts that the fees of the lines were lowered by; corrections, which take back or give again, left out. */
export const discountsOf = ({ lines, currency }: WithLines): Amount =>
  format(sum(lines.flatMap(({ kind, discount }) => (kind === "ADJUSTMENT" ? [] : [big(discount)]))), currency);

const groupedBy = <Key>(
  lines: readonly DocumentLine[],
  keyOf: (line: DocumentLine) => Key,
): Map<Key, DocumentLine[]> => {
  const groups = new Map<Key, DocumentLine[]>();
  for (const line of lines) {
    const group = groups.get(keyOf(line));
    if (group) group.push(line);
    else groups.set(keyOf(line), [line]);
  }
  return groups;
};
