import {
  type CreditNoteDocument,
  type DocumentLine,
  type InvoiceDocument,
  type Issuer,
  type StatementDocument,
} from "../document.js";

export const issuer: Issuer = {
  name: "Northwind",
  legalName: "Northwind Telecom S.p.A.",
  address: {
    street: "Via Torino 12",
    addition: null,
    postalCode: "20123",
    city: "Milano",
    region: "MI",
    country: "IT",
  },
  taxId: "IT01234567897",
  registration: "REA MI-1234567, capitale sociale € 10.000.000 i.v.",
  email: "billing@northwind.example",
  phone: "+39 02 1234567",
  website: "www.northwind.example",
  bankAccounts: [
    {
      holder: "Northwind Telecom S.p.A.",
      bank: "Banca Esempio",
      iban: "IT60X0542811101000000123456",
      bic: "ESEMITMM",
      accountNumber: null,
      routingNumber: null,
      currency: "EUR",
    },
  ],
  logo: null,
};

export const recipient = {
  name: "Alba Rossi",
  companyDomain: null,
  email: "alba@example.com",
  phone: null,
  address: {
    street: "Calle de Alcalá 7",
    addition: "4º B",
    postalCode: "28014",
    city: "Madrid",
    region: null,
    country: "ES",
  },
  taxId: "ES12345678Z",
};

export const line = (own: Partial<DocumentLine> = {}): DocumentLine => ({
  kind: "RECURRING",
  position: 1,
  account: "+39 02 5550100",
  description: "Internet 1000",
  from: "2020-10-01",
  until: "2020-10-31",
  days: 31,
  periodDays: 31,
  unitFee: "20.00",
  fee: "20.00",
  discount: "5.00",
  discountOrigin: "COMMITMENT",
  net: "15.00",
  corrects: null,
  usage: null,
  penalty: null,
  ...own,
});

export const penaltyLine = line({
  kind: "PENALTY",
  position: 2,
  description: "Early termination: Internet 1000",
  from: "2020-10-31",
  days: 1,
  periodDays: null,
  unitFee: null,
  fee: "100.00",
  discount: "0.00",
  discountOrigin: null,
  net: "100.00",
  penalty: { strategy: "SUM_OF_DISCOUNTS", isOneTime: false },
});

export const CORRECTED = "00000000-0000-4000-8000-000000000029";

export const adjustmentLine = line({
  kind: "ADJUSTMENT",
  position: 3,
  from: "2020-08-03",
  until: "2020-08-09",
  days: 7,
  fee: "-4.52",
  discount: "-1.13",
  net: "-3.39",
  unitFee: null,
  corrects: {
    kind: "RECURRING",
    period: { from: "2020-08-01", until: "2020-08-31" },
    lines: [{ invoiceId: CORRECTED, line: 1 }],
  },
});

/** An invoice of October 2020. @param own what is to differ; the total is that of the lines unless given */
export const invoice = (own: Partial<InvoiceDocument> = {}): InvoiceDocument => ({
  type: "INVOICE",
  language: "EN",
  dates: { pattern: null },
  issuer,
  recipient,
  currency: "EUR",
  number: "INV-000042",
  issuedOn: "2020-11-01",
  dueOn: "2020-11-15",
  period: { from: "2020-10-01", until: "2020-10-31" },
  total: "115.00",
  lines: [line(), penaltyLine],
  numbers: new Map([[CORRECTED, "INV-000029"]]),
  ...own,
});

export const creditNote = (own: Partial<CreditNoteDocument> = {}): CreditNoteDocument => {
  const { type: _, dueOn: __, ...common } = invoice();
  return {
    ...common,
    type: "CREDIT_NOTE",
    number: "CN-000003",
    purpose: "CORRECTION",
    invoiceNumber: "INV-000029",
    reason: null,
    total: "-3.39",
    lines: [{ ...adjustmentLine, position: 1 }],
    ...own,
  };
};

export const statement = (own: Partial<StatementDocument> = {}): StatementDocument => ({
  type: "STATEMENT",
  language: "EN",
  dates: { pattern: null },
  issuer,
  recipient,
  currency: "EUR",
  from: "2020-10-01",
  until: "2020-11-30",
  opening: "15.00",
  movements: [
    { on: "2020-10-03", kind: "PAYMENT", reference: "TRX-1", amount: "-15.00", balance: "0.00" },
    { on: "2020-11-01", kind: "INVOICE", reference: "INV-000042", amount: "115.00", balance: "115.00" },
    { on: "2020-11-09", kind: "CREDIT_NOTE", reference: "CN-000003", amount: "-3.39", balance: "111.61" },
  ],
  closing: "111.61",
  ...own,
});

/** So many lines on so many accounts. */
export const manyLines = (count: number, accounts = 1): DocumentLine[] =>
  Array.from({ length: count }, (_, index) =>
    line({
      position: index + 1,
      account: `+39 02 ${5_550_000 + Math.floor((index * accounts) / count)}`,
      description: `Internet ${100 + (index % 9) * 100}`,
    }),
  );
