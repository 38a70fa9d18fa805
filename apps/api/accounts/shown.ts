import { type AccountRow } from "#read-models/accounts/table.js";
import { type Plain } from "../graphql/plain.js";
import { type Account } from "./models.js";

/** How an account's row is shown. */
export const accountShown = (row: AccountRow): Plain<Account> => {
  const { id, identifier, aliases, status, openedOn, closedOn, customerId, mainProductId } = row;
  return { id, identifier, aliases, status, openedOn, closedOn, customerId, mainProductId };
};
