/** An invoice without and with a command. */
interface Invoice {
  readonly period: { readonly from: string };
  /** Its date: the day after its period. */
  readonly invoiceOn: string;
  readonly totalBefore: string;
  readonly totalAfter: string;
}

/** Invoices that follow each other, and change by the same. */
export interface InvoiceRun {
  readonly first: string;
  readonly last: string;
  readonly count: number;
  readonly before: string;
  readonly after: string;
}

/** How many alike are told as one: two are read as quickly one by one. */
const FEWEST = 3;

/** Puts three and more alike, with none in between, into one. */
export const invoiceRuns = (invoices: readonly Invoice[]): InvoiceRun[] => {
  const runs: Invoice[][] = [];
  for (const invoice of invoices) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const isLike = last?.totalBefore === invoice.totalBefore && last.totalAfter === invoice.totalAfter;
    if (run && isLike && last.invoiceOn === invoice.period.from) run.push(invoice);
    else runs.push([invoice]);
  }
  return runs.flatMap((run) => (run.length < FEWEST ? run.map((one) => [one]) : [run])).flatMap(told);
};

const told = (run: readonly Invoice[]): InvoiceRun[] => {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return [];
  const { totalBefore: before, totalAfter: after } = first;
  return [{ first: first.invoiceOn, last: last.invoiceOn, count: run.length, before, after }];
};
