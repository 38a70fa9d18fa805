import { type CellKind } from "../csv/csv.js";

/** Columns of a file of calls, as a customer may have it. */
export const CALL_COLUMNS = {
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
  callerHidden: "CODE",
} as const satisfies Readonly<Record<string, CellKind>>;

/** For the provider's people: by which rate, and why a call has no amount. */
export const ALL_CALL_COLUMNS = {
  ...CALL_COLUMNS,
  state: "CODE",
  reason: "CODE",
  tariff: "TEXT",
  prefix: "CODE",
  amountAtFirst: "AMOUNT",
  edge: "TEXT",
} as const satisfies Readonly<Record<string, CellKind>>;
