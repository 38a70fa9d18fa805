import { type PersonRow } from "#read-models/people/table.js";
import { type Plain } from "../graphql/plain.js";
import { type Person } from "./models.js";

export const personShown = ({ id, customerId, createdAt, updatedAt, state }: PersonRow): Plain<Person> => {
  const { name, email, account, removedBecause } = state;
  const openIdSubject = account?.subject ?? null;
  return { id, customerId, createdAt, updatedAt, name, email, openIdSubject, removedBecause };
};
