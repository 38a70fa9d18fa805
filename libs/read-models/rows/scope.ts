/**
 * Whose rows a query may see: those of one provider, and of these only one customer's where it is asked by the customer.
 * Every query that the API makes takes it, so that what lies outside is not found by any path. A principal is one.
 */
export interface Scope {
  /** uuid */
  readonly providerId: string;
  /** uuid of the only customer whose rows are seen; null: those of all customers. */
  readonly customerId: string | null;
}

/** All customers of a provider: for those who work for the provider, and for processes. */
export const wholeProvider = (providerId: string): Scope => ({ providerId, customerId: null });

/**
 * Those of some customers that the scope has. For statements that go by customer ids: the others, and ids that nobody
 * has, are left out before they are sent.
 */
export const customersIn = ({ customerId }: Scope, ids: readonly string[]): readonly string[] =>
  customerId === null ? ids : ids.filter((id) => id.toLowerCase() === customerId);

/**
 * SQL: the column holds the scope's customer.
 * @param parameter place of the scope's customerId among the statement's parameters, from 1
 */
export const isIn = (column: string, parameter: number): string =>
  `($${parameter}::uuid IS NULL OR ${column} = $${parameter})`;
