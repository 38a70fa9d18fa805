import { type LocalDate } from "#domain/calendar.js";
import { type Amount, big, sum, ZERO } from "#domain/money.js";
import { type Step, type StepName } from "#domain/step.js";
import { type Telling } from "./telling.js";

interface Texts {
  readonly money: (amount: Amount) => string;
  readonly day: (date: LocalDate) => string;
}

/** Why the state of an invoice is what it is; null: it is the status of something else. */
export const toldInvoiceState = ({ value, because }: Step, say: Telling, { money, day }: Texts): string[] | null => {
  const left = because.find(({ what }) => what === "LEFT_TO_PAY");
  if (!left) return null;
  const voided = because.find(({ what }) => what === "VOIDED_ON");
  if (voided) return [say.invoiceVoid(day(voided.value))];
  const due = because.find(({ what }) => what === "DUE_DATE");
  const rest = big(left.value).gt(ZERO) ? say.owed(money(left.value)) : say.owedNothing;
  const when = value === "OVERDUE" ? say.invoiceWasDue : say.invoiceDue;
  return [...changes(left, say, money), rest, ...(due ? [when(day(due.value))] : [])];
};

/** Each kind of change together, in the order in which the first of it came. */
const changes = ({ of }: Step, say: Telling, money: Texts["money"]): string[] => {
  const names = [...new Set(of.map(({ what }) => what))];
  return names.flatMap((name) => {
    const total = sum(of.filter(({ what }) => what === name).map(({ value }) => big(value)));
    return toldChange(name, money(total.abs().toFixed()), say);
  });
};

const toldChange = (name: StepName, amount: string, say: Telling): string[] => {
  switch (name) {
    case "INVOICED":
      return [say.invoiceOf(amount)];
    case "PAID_FROM_BALANCE":
      return [say.invoicePaidFromBalance(amount)];
    case "PAID":
      return [say.invoicePaid(amount)];
    case "CREDITED":
      return [say.invoiceCredited(amount)];
    case "PAYMENT_REVERSED":
      return [say.invoiceReversed(amount)];
    case "WRITTEN_OFF":
      return [say.invoiceGivenUp(amount)];
    default:
      return [];
  }
};

/** What a balance consists of: what is left of each credit, or what is owed beyond all invoices. */
export const toldUnused = ({ operation, value, of }: Step, say: Telling, { money, day }: Texts): string[] => {
  if (operation === "DIFFERENCE") {
    const [left, due] = of.map((part) => money(part.value));
    return [say.leftOfInvoices(left ?? ""), say.owedBeyond(due ?? "", money(big(value).abs().toFixed()))];
  }
  if (of.length === 0) return [say.nothingUnused];
  const credits = of.flatMap((credit) => {
    const [came] = credit.of;
    if (!came?.days) return [];
    const left = came.what === "CREDITED" ? say.leftOfCreditNote : say.leftOfPayment;
    return [left(money(came.value), day(came.days.from), money(credit.value))];
  });
  return [...credits, say.unusedInAll(money(value))];
};
