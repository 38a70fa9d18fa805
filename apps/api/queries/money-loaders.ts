import { type StatementDays, statementDays } from "#application/documents/load-statement.js";
import { todayOf } from "#domain/customers/customer.js";
import { format, ZERO } from "#domain/money.js";
import { findCustomers } from "#read-models/customers/queries.js";
import { creditBalancesOf } from "#read-models/invoices/accounts.js";
import { type Allocation, creditsUsedBy, unusedOf, usesOfCredits } from "#read-models/invoices/allocations.js";
import { balancesOf } from "#read-models/invoices/queries.js";
import { loadMovements } from "#read-models/invoices/statement.js";
import { batch } from "../graphql/batch.js";
import { type Reader } from "./reader.js";
import { type Loaders } from "./loaders.js";
import { type Scope } from "#read-models/rows/scope.js";

type Money = "balance" | "balanceDue" | "statement" | "usesOfCredit" | "creditsUsedBy" | "unusedAmount";

/** Loaders of what customers owe and what credits were used for. */
export const moneyLoaders = ({ backend, clocks }: Reader, scope: Scope): Pick<Loaders, Money> => {
  const { dataSource } = backend;
  const due = batch<string, string>((ids) => balancesOf(dataSource, scope, ids));
  const balances = batch<string, string>((ids) => creditBalancesOf(dataSource, scope, ids));
  const uses = batch<string, readonly Allocation[]>((ids) => usesOfCredits(dataSource, scope, ids));
  const used = batch<string, readonly Allocation[]>((ids) => creditsUsedBy(dataSource, scope, ids));
  const unused = batch<string, string>((ids) => unusedOf(dataSource, scope, ids));
  return {
    balance: async ({ id, currency }) => (await balances(id)) ?? format(ZERO, currency),
    balanceDue: async ({ id, currency }) => (await due(id)) ?? format(ZERO, currency),
    usesOfCredit: async (creditId) => (await uses(creditId)) ?? [],
    creditsUsedBy: async (userId) => (await used(userId)) ?? [],
    unusedAmount: async ({ id, currency }) => (await unused(id)) ?? format(ZERO, currency),
    async statement({ id, currency }, asked: StatementDays) {
      const [customer] = await findCustomers(dataSource, scope, [id]);
      const now = await clocks.now(scope.providerId);
      // A customer that is shown has a row.
      if (!customer) throw new Error(`The customer ${id} has no row`);
      const days = statementDays(asked, customer.createdOn, todayOf(customer.state, now));
      return {
        ...days,
        currency,
        ...(await loadMovements(dataSource, scope, { customerId: id, currency }, days)),
      };
    },
  };
};
