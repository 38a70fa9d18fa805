import { type CellKind } from "../csv/csv.js";

const COLUMNS = {
  answered: "DATE",
  day: "DATE",
  leg: "CODE",
  from: "TEXT",
  to: "TEXT",
  redirectedTo: "TEXT",
  account: "TEXT",
  customer: "TEXT",
  seconds: "COUNT",
  chargedSeconds: "COUNT",
  amount: "AMOUNT",
  currency: "CODE",
  voided: "CODE",
  invoice: "TEXT",
  callId: "ID",
} as const satisfies Readonly<Record<string, CellKind>>;

/** Behind all others: who reads files by the places of columns goes on. */
const ADDED = { callerHidden: "CODE" } as const;

/** Columns of a file of calls, as a customer may have it. */
export const CALL_COLUMNS = { ...COLUMNS, ...ADDED } as const;

/** For the provider's people: by which rate, and why a call has no amount. */
export const ALL_CALL_COLUMNS = {
  ...COLUMNS,
  state: "CODE",
  reason: "CODE",
  tariff: "TEXT",
  prefix: "CODE",
  amountAtFirst: "AMOUNT",
  edge: "TEXT",
  ...ADDED,
} as const satisfies Readonly<Record<string, CellKind>>;
