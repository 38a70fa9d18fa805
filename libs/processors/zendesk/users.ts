import { type User } from "./records.js";
import { ask, type Work } from "./work.js";

/** The role of somebody who asks for help. */
export const END_USER = "end-user";

/** The external id of the user that stands for a customer's contact. */
export const contactIdOf = (customerId: string): string => `customer:${customerId}`;

/** @throws ZendeskFailure */
export const usersBy = async (work: Work, query: Readonly<Record<string, string>>): Promise<readonly User[]> =>
  (await ask<{ users: readonly User[] }>(work, { path: "/users/search", query })).users;
