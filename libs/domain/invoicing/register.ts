import { type LocalDate } from "../calendar.js";
import { type Evolver } from "../event.js";
import { type NumbersAssigned } from "./events.js";

/** The register of a series: the next number. */
export interface Register {
  readonly next: number;
}

export const registerEvolver: Evolver<Register, NumbersAssigned> = {
  initial: { next: 1 },
  evolve: (_state, { data }) => ({ next: data.first + data.invoices.length }),
};

export interface Unnumbered {
  readonly invoiceId: string;
  readonly customerId: string;
  readonly issuedOn: LocalDate;
}

/** Numbers by issue date, then customer id (docs/rules.md#invoice-numbers). */
export const assignNumbers = (
  command: {
    readonly series: string;
    readonly prefix: string;
    readonly invoices: readonly Unnumbered[];
    readonly on: LocalDate;
  },
  state: Register,
): NumbersAssigned[] => {
  const { series, prefix, on } = command;
  if (command.invoices.length === 0) return [];
  const key = ({ issuedOn, customerId, invoiceId }: Unnumbered) => `${issuedOn} ${customerId} ${invoiceId}`;
  const invoices = [...command.invoices]
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .map(({ invoiceId, customerId, issuedOn }, index) => ({
      invoiceId,
      customerId,
      issuedOn,
      number: `${prefix}${String(state.next + index).padStart(6, "0")}`,
    }));
  return [{ type: "NumbersAssigned", data: { series, first: state.next, invoices, effectiveOn: on } }];
};
