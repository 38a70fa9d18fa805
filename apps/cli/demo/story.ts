import { addMonths, type LocalDate } from "#domain/calendar.js";

/**
 * What happens to one customer of the demo, or to its catalog: steps in order, with the days on which they are given.
 * Stories go on beside each other, day by day; one that uses names of another has its steps on later days.
 */
export interface Story {
  /** Unique; idempotency keys begin with it. */
  readonly name: string;
  readonly steps: readonly Step[];
  /** Its steps of a day wait for nothing but the names that they use. Default: each waits for the one before it. */
  readonly inAnyOrder?: boolean;
}

export type Step = MutationStep | PaymentStep;

/** A mutation of the API. */
export interface MutationStep {
  readonly on: LocalDate;
  /** Its name in the schema. */
  readonly give: string;
  /** Its input as the schema has it, without the idempotency key. Texts `$name` stand for the id of what is called so. */
  readonly input: Input;
  /** What other steps call the id of what it makes. */
  readonly as?: string;
  /** The field of the answer with that id, where it is not the aggregate's. */
  readonly answers?: string;
}

/** The customer pays all that is open of its invoices, each by a payment of its own. */
export interface PaymentStep {
  readonly on: LocalDate;
  /** Name of the customer. */
  readonly pays: string;
  readonly method: "BANK_TRANSFER" | "CARD" | "DIRECT_DEBIT";
}

export interface Input {
  readonly [field: string]: Value;
}

export type Value = string | number | boolean | null | InvoiceOf | Input | readonly Value[];

/** Stands for the id of the first invoice of a customer that was issued on a day. */
export interface InvoiceOf {
  readonly invoiceOf: string;
  readonly issued: LocalDate;
}

/** What an agent does with a ticket, in the system where tickets are. */
export interface AgentAnswer {
  /** The day on which the ticket is asked for. */
  readonly on: LocalDate;
  readonly subject: string;
  /** When it is answered, RFC 3339. */
  readonly at: string;
  /** Fields of the ticket. */
  readonly ticket: Readonly<Record<"status" | "priority" | "type", string>>;
  readonly comment: { readonly body: string; readonly public: boolean };
}

/** The same payment on the same day of each month, from one day through another. */
export const everyMonth = (
  from: LocalDate,
  until: LocalDate,
  payment: Omit<PaymentStep, "on">,
): readonly PaymentStep[] => {
  const steps: PaymentStep[] = [];
  for (let on = from; on <= until; on = addMonths(from, steps.length)) steps.push({ on, ...payment });
  return steps;
};
