import { chargesCorrected, correctedLedger, correctionsOf, withVoidedBack } from "../billing/corrections.js";
import { charges } from "../billing/charges.js";
import { type CustomerBilling, withLines } from "../billing/ledger.js";
import { type Line } from "../billing/line.js";
import { type Recording } from "../billing/recording.js";
import { penalties } from "../billing/penalty.js";
import { usageLines } from "../billing/usage-lines.js";
import { earliest, type Interval, type LocalDate } from "../calendar.js";

/** A void invoice with the credit note that voided it. */
export interface Voided {
  readonly invoiceId: string;
  readonly creditNoteId: string;
}

/**
 * The lines of the invoice that bills the period of a void one again, from the history now (docs/rules.md#reissue): what
 * the void one corrected or billed late of earlier periods, the period's charges, its calls, and its penalties.
 * @param billing with the lines billed of all periods that the void invoice touches
 * @param record takes down how each line is computed
 */
export const reissuedLines = (
  billing: CustomerBilling,
  voided: Voided,
  period: Interval,
  record?: Recording,
): Line[] => {
  const { history, movedFrom } = billing;
  const touched = daysTouched(billing, voided.invoiceId, period);
  const first = touched.reduce<LocalDate | null>((day, next) => earliest(day, next), null);
  const back = withVoidedBack(billing, voided, first === null ? movedFrom : earliest(movedFrom, first));
  const corrected = correctionsOf(back, ({ from, to }) => touched.some((day) => from <= day && day < to), record);
  const own = charges(history, period, record);
  const used = usageLines(billing.usage, history, period, record);
  const ledger = withLines(correctedLedger(back, chargesCorrected(back, record), record), own, record);
  return [...corrected, ...own, ...used, ...penalties(history, period, ledger, record)];
};

/** The days of other periods that lines of the void invoice belong to. */
const daysTouched = ({ billed }: CustomerBilling, voidId: string, { from, to }: Interval): LocalDate[] => [
  ...new Set(
    billed
      .filter(({ invoiceId, belongsTo }) => invoiceId === voidId && (belongsTo < from || belongsTo >= to))
      .map(({ belongsTo }) => belongsTo),
  ),
];
