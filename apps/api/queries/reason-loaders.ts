import { type LocalDate } from "#domain/calendar.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { DiscountEndSteps } from "#domain/commitments/discount-end.js";
import { discountEndToday, termsToday } from "#domain/commitments/on-day.js";
import { customerStatus, todayOf } from "#domain/customers/customer.js";
import { balanceDueStep } from "#domain/receivables/balance-steps.js";
import { statusStep } from "#domain/step.js";
import { findCommitments } from "#read-models/commitments/queries.js";
import { type CommitmentRow } from "#read-models/commitments/table.js";
import { findCustomers } from "#read-models/customers/queries.js";
import { type CustomerRow } from "#read-models/customers/table.js";
import { allMovements } from "#read-models/invoices/statement.js";
import { type Scope } from "#read-models/rows/scope.js";
import { explanationShown } from "../explain/shown.js";
import { batch } from "../graphql/batch.js";
import { type Loaders } from "./loaders.js";
import { type Reader } from "./reader.js";

type Explaining =
  | "explanationOfDiscountEnd"
  | "explanationOfCommitmentStatus"
  | "explanationOfCustomerStatus"
  | "explanationOfBalanceDue";

/** Loaders of explanations of what is on no line: computed again, by the code that answers the field itself. */
export const reasonLoaders = ({ backend, clocks }: Reader, scope: Scope): Pick<Loaders, Explaining> => {
  const { dataSource } = backend;
  const byId = <Row extends { readonly id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));
  const customers = batch<string, CustomerRow>(async (ids) => byId(await findCustomers(dataSource, scope, ids)));
  const commitments = batch<string, CommitmentRow>(async (ids) => byId(await findCommitments(dataSource, scope, ids)));
  const customerOn = async (customerId: string) => {
    const customer = await customers(customerId);
    if (!customer) throw new Error(`The customer ${customerId} has no row`);
    const { state } = customer;
    return { state, today: todayOf(state, await clocks.now(scope.providerId)) };
  };
  const commitmentOn = async ({ id, customerId }: { readonly id: string; readonly customerId: string }) => {
    const [commitment, { today }] = await Promise.all([commitments(id), customerOn(customerId)]);
    if (!commitment) throw new Error(`The commitment ${id} has no row`);
    return { state: commitment.state, today, currency: currencyOf(commitment, today) };
  };
  return {
    async explanationOfDiscountEnd(commitment) {
      const { state, today, currency } = await commitmentOn(commitment);
      const taken = new DiscountEndSteps();
      discountEndToday(state, today, taken);
      return taken.end && explanationShown(taken.end, currency);
    },
    async explanationOfCommitmentStatus(commitment) {
      const { state, today, currency } = await commitmentOn(commitment);
      return explanationShown(
        statusStep((because) => statusOn(state, today, because)),
        currency,
      );
    },
    async explanationOfCustomerStatus({ id, currency }) {
      const { state, today } = await customerOn(id);
      return explanationShown(
        statusStep((because) => customerStatus(state, today, because)),
        currency,
      );
    },
    explanationOfBalanceDue: async ({ id, currency }) =>
      explanationShown(balanceDueStep(await allMovements(dataSource, scope, id), currency), currency),
  };
};

const currencyOf = ({ state }: CommitmentRow, today: LocalDate): string => termsToday(state, today).currency;
