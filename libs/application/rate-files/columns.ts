import { type CellKind } from "../csv/csv.js";

/** Columns of a file of rates, in the order in which they are written; a file that is read may have them in any. */
export const RATE_COLUMNS = {
  prefix: "CODE",
  description: "TEXT",
  country: "CODE",
  effectiveFrom: "DATE",
  priceFirst: "AMOUNT",
  priceNext: "AMOUNT",
  connectFee: "AMOUNT",
  firstInterval: "COUNT",
  nextInterval: "COUNT",
  discontinued: "CODE",
  forbidden: "CODE",
  hidden: "CODE",
  payback: "CODE",
} as const satisfies Record<string, CellKind>;

export type RateColumn = keyof typeof RATE_COLUMNS;

/** Those that a file must have; what another one leaves out is as usual. */
export const REQUIRED_COLUMNS: readonly RateColumn[] = ["prefix", "priceFirst", "priceNext"];

/** Rows of a part of a file at most. */
export const MOST_ROWS_OF_A_PART = 1000;
/** Characters of a part at most. */
export const LONGEST_PART = 150_000;
