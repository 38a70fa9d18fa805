import { type AccountRow } from "#read-models/accounts/table.js";
import { type Plain } from "../graphql/plain.js";
import { type Account } from "./models.js";

/** The GraphQL form of an account's row. */
export const accountShown = (row: AccountRow): Plain<Account> => {
  const { id, createdAt, updatedAt, identifier, aliases, status, openedOn, closedOn, customerId, mainProductId } = row;
  return { id, createdAt, updatedAt, identifier, aliases, status, openedOn, closedOn, customerId, mainProductId };
};
