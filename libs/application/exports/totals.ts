import { compareText } from "#domain/by-day.js";
import { type Amount, big, format, sum, ZERO } from "#domain/money.js";
import { type Measured } from "./file.js";

/** What one file of an export adds up to. */
export interface FileTotal {
  readonly file: string;
  readonly measure: string;
  readonly currency: string;
  readonly amount: Amount;
}

/** Adds up while files are written; memory holds a number per file, measure and currency. */
export class Totals {
  readonly #amounts = new Map<string, FileTotal>();

  add(file: string, measured: readonly Measured[]): void {
    for (const { measure, amount, currency } of measured) {
      const key = [file, measure, currency].join("\n");
      const known = this.#amounts.get(key)?.amount ?? "0";
      this.#amounts.set(key, { file, measure, currency, amount: format(big(known).plus(big(amount)), currency) });
    }
  }

  /** By file as they were written, measure and currency. */
  all(): readonly FileTotal[] {
    return [...this.#amounts.values()];
  }

  of(file: string, measure: string, currency: string): Amount {
    return this.#amounts.get([file, measure, currency].join("\n"))?.amount ?? format(ZERO, currency);
  }

  currencies(): readonly string[] {
    return [...new Set(this.all().map(({ currency }) => currency))].sort(compareText);
  }
}

/** Sums that say the same from several files. */
export interface Agreement {
  readonly what: string;
  readonly currency: string;
  readonly sides: readonly { readonly of: string; readonly amount: Amount }[];
  readonly agrees: boolean;
}

type Term = readonly [sign: 1 | -1, file: string, measure: string];

/** What has to be equal, as sums of totals. The first side names the file that the others are held against. */
const LAWS: readonly { readonly what: string; readonly sides: Readonly<Record<string, readonly Term[]>> }[] = [
  {
    what: "invoiced",
    sides: {
      invoices: [[1, "invoices", "total"]],
      lines: [[1, "lines", "net of invoices"]],
      statements: [[1, "statements", "INVOICE"]],
      revenue: [[1, "revenue", "net of invoices"]],
    },
  },
  {
    what: "credited",
    sides: {
      "credit-notes": [[1, "credit-notes", "total"]],
      "lines, with goodwill": [
        [1, "lines", "net of credit notes"],
        [1, "credit-notes", "goodwill"],
      ],
      statements: [[1, "statements", "CREDIT_NOTE"]],
      revenue: [[1, "revenue", "net of credit notes"]],
    },
  },
  {
    what: "money received, less what was taken and paid back",
    sides: {
      payments: [
        [1, "payments", "PAYMENT"],
        [1, "payments", "REVERSAL"],
        [1, "payments", "REFUND"],
      ],
      statements: [
        [-1, "statements", "PAYMENT"],
        [-1, "statements", "REVERSAL"],
        [-1, "statements", "REFUND"],
      ],
    },
  },
  {
    what: "discounts of commitments",
    sides: {
      "discount-ledger": [[1, "discount-ledger", "given"]],
      lines: [[1, "lines", "discount of commitments"]],
    },
  },
  {
    what: "owed by customers when the days end",
    sides: {
      "statements, closing": [[1, "statements", "CLOSING"]],
      "statements, opening and movements": [
        [1, "statements", "OPENING"],
        [1, "statements", "INVOICE"],
        [1, "statements", "CREDIT_NOTE"],
        [1, "statements", "CREDIT_NOTE not issued yet"],
        [1, "statements", "PAYMENT"],
        [1, "statements", "REVERSAL"],
        [1, "statements", "REFUND"],
        [1, "statements", "WRITE_OFF"],
        [1, "statements", "WRITE_OFF_UNDONE"],
      ],
    },
  },
];

/** Whether the files say the same, by currency. */
export const agreementsOf = (totals: Totals): readonly Agreement[] =>
  totals.currencies().flatMap((currency) =>
    LAWS.map(({ what, sides }) => {
      const amounts = Object.entries(sides).map(([of, terms]) => {
        const signed = terms.map(([sign, file, measure]) =>
          sign === 1 ? big(totals.of(file, measure, currency)) : ZERO.minus(big(totals.of(file, measure, currency))),
        );
        return { of, amount: format(sum(signed), currency) };
      });
      return { what, currency, sides: amounts, agrees: new Set(amounts.map(({ amount }) => amount)).size === 1 };
    }),
  );
