import { type Amount, big, format, ZERO } from "#domain/money.js";
import { recipientLines } from "./addresses.js";
import { type Column, type Content, type Row } from "./content.js";
import { type StatementDocument, type StatementMovement } from "./document.js";
import { amountText, daysText, longDate, numberText, shortDate } from "./formats.js";
import { issuerContent, issuerFooter } from "./issuer-content.js";
import { type Words } from "./words/words.js";

export const statementContent = (document: StatementDocument, words: Words): Content => {
  const { issuer, recipient, from, until, dates, opening, closing, currency, movements } = document;
  const { language } = words;
  const asOf = longDate(until, dates, language);
  const owes = big(closing).gt(ZERO);
  const unsigned = format(big(closing).abs(), currency);
  const label = owes ? words.youOwe : words.yourCredit;
  const balance = (on: string, what: string, amount: Amount): Row => ({
    cells: [on, what, "", "", numberText(amount, language)],
    small: [],
    isStrong: true,
  });
  return {
    tag: words.tag,
    title: `${words.statement} ${daysText({ from, until }, dates, language)}`,
    heading: words.statement,
    issuer: issuerContent(issuer, words),
    recipient: recipientLines(recipient, issuer, language),
    facts: [
      { label: words.date, value: shortDate(until, dates, language) },
      { label: words.daysOfStatement, value: daysText({ from, until }, dates, language) },
      ...(recipient.taxId ? [{ label: words.yourTaxId, value: recipient.taxId }] : []),
    ],
    amount: {
      label: big(closing).eq(ZERO) ? words.closing : label,
      amount: amountText(unsigned, currency, language),
      note: big(closing).eq(ZERO) ? words.settled : asOf,
    },
    tables: [
      {
        heading: null,
        columns: columnsOf(words),
        rows: [
          balance(shortDate(from, dates, language), words.opening, opening),
          ...movements.map((movement) => rowOf(movement, document, words)),
          balance(shortDate(until, dates, language), words.closing, closing),
        ],
        sum: null,
      },
    ],
    totals: [],
    notes: [
      {
        heading: null,
        paragraphs: [[...(movements.length === 0 ? [words.noMovements] : []), words.howToRead].join(" ")],
        facts: [],
      },
    ],
    footer: issuerFooter(issuer, words),
    page: words.page,
    carriedOn: words.carriedOn,
    author: issuer.legalName ?? issuer.name,
    madeOn: until,
  };
};

const columnsOf = (words: Words): Column[] => [
  { label: words.date, isNumber: false, width: 84 },
  { label: words.movement, isNumber: false, width: null },
  { label: words.owed, isNumber: true, width: 76 },
  { label: words.paid, isNumber: true, width: 104 },
  { label: words.balance, isNumber: true, width: 76 },
];

const rowOf = (movement: StatementMovement, { dates, currency }: StatementDocument, words: Words): Row => {
  const { on, kind, reference, amount, balance } = movement;
  const { language } = words;
  const isOwed = big(amount).gt(ZERO);
  const text = numberText(format(big(amount).abs(), currency), language);
  return {
    cells: [
      shortDate(on, dates, language),
      [words.movements[kind], reference].filter((part) => part !== null).join(" "),
      isOwed ? text : "",
      isOwed ? "" : text,
      numberText(balance, language),
    ],
    small: [],
    isStrong: false,
  };
};
