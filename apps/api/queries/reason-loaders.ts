import { accountStatus } from "#domain/accounts/account.js";
import { type LocalDate } from "#domain/calendar.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { DiscountEndSteps } from "#domain/commitments/discount-end.js";
import { discountEndToday, termsToday } from "#domain/commitments/on-day.js";
import { customerStatus, todayOf } from "#domain/customers/customer.js";
import { type Currency } from "#domain/money.js";
import { balanceDueStep, balanceStep, type RecordedMovement } from "#domain/receivables/balance-steps.js";
import { invoiceStateStep, leftToPayStep } from "#domain/receivables/invoice-steps.js";
import { statusStep } from "#domain/step.js";
import { streamName } from "#event-store/streams.js";
import { findAccounts } from "#read-models/accounts/queries.js";
import { findCommitments } from "#read-models/commitments/queries.js";
import { type CommitmentRow } from "#read-models/commitments/table.js";
import { findCustomers } from "#read-models/customers/queries.js";
import { type CustomerRow } from "#read-models/customers/table.js";
import { findInvoices } from "#read-models/invoices/queries.js";
import { openChangesOf, openInvoicesOf, unusedCreditsOf, voidingsOf } from "#read-models/invoices/reasons.js";
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
  | "explanationOfAccountStatus"
  | "explanationOfInvoiceState"
  | "explanationOfBalance"
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
  const leftToPay = batch<string, RecordedMovement[]>((ids) => openChangesOf(dataSource, scope, ids));
  const dueStep = async (id: string, currency: Currency) =>
    balanceDueStep(await allMovements(dataSource, scope, id), currency);
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
    async explanationOfAccountStatus({ id, customerId }) {
      const [[account], opening] = await Promise.all([
        findAccounts(dataSource, scope, [id]),
        backend.store.readStream(streamName(scope.providerId, "account", id), { limit: 1 }),
      ]);
      if (!account) throw new Error(`The account ${id} has no row`);
      const { state } = await customerOn(customerId);
      return explanationShown(
        statusStep((because) => accountStatus(account.state, because, opening[0]?.id)),
        state.currency,
      );
    },
    async explanationOfInvoiceState({ id, customerId }) {
      const [[invoice], voidings, left, { today }] = await Promise.all([
        findInvoices(dataSource, scope, [id]),
        voidingsOf(dataSource, scope, [id]),
        leftToPay(id),
        customerOn(customerId),
      ]);
      if (!invoice) throw new Error(`The invoice ${id} has no row`);
      const { currency } = invoice;
      const step = leftToPayStep(id, left ?? [], currency);
      return explanationShown(
        invoiceStateStep({ ...invoice, voided: voidings.get(id) ?? null }, step, today),
        currency,
      );
    },
    async explanationOfBalance({ id, currency }) {
      const [credits, open, due] = await Promise.all([
        unusedCreditsOf(dataSource, scope, id),
        openInvoicesOf(dataSource, scope, id),
        dueStep(id, currency),
      ]);
      const left = await Promise.all(
        open.map(async (invoiceId) => leftToPayStep(invoiceId, (await leftToPay(invoiceId)) ?? [], currency)),
      );
      return explanationShown(balanceStep(credits, left, due, currency), currency);
    },
    explanationOfBalanceDue: async ({ id, currency }) => explanationShown(await dueStep(id, currency), currency),
  };
};

const currencyOf = ({ state }: CommitmentRow, today: LocalDate): string => termsToday(state, today).currency;
