import { periodLines } from "../billing/period.js";
import { issueCreditNote, reissueInvoice, voidInvoice } from "./correct-invoices.js";

/** What computes everything that is issued. */
export interface Rules {
  readonly periodLines: typeof periodLines;
  readonly issueCreditNote: typeof issueCreditNote;
  readonly voidInvoice: typeof voidInvoice;
  readonly reissueInvoice: typeof reissueInvoice;
}

const BY_VERSION: ReadonlyMap<number, Rules> = new Map([
  [1, { periodLines, issueCreditNote, voidInvoice, reissueInvoice }],
]);

/** The rules of a version (rules-version.ts); undefined: this program has none of that version. */
export const rulesOf = (version: number): Rules | undefined => BY_VERSION.get(version);
