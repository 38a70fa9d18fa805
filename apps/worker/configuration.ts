import { z } from "zod";
import { MAX_PORT, readEnvironment, wholeNumber } from "#configuration/environment.js";
import { eventCategories, type EventCategory } from "#event-store/catalogue.js";

export const ROLES = ["projector", "biller", "deliverer", "auditor"] as const;

/**
 * What a worker does. `projector`: keeps the read models up to date and records the tasks of processors. `biller`:
 * signals, period closes, numbers and advances of test clocks. `deliverer`: runs the tasks of processors. `auditor`: runs
 * audits, exports and other long work that people ask for.
 */
export type Role = (typeof ROLES)[number];

/** Configuration of a worker, from its environment. */
export interface Configuration {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  readonly roles: readonly Role[];
  /** Port of health and metrics on 127.0.0.1; 0: any free one; null: none. */
  readonly port: number | null;
  /** File with the private key that reports are signed with; null: none is made. */
  readonly signingKeyFile: string | null;
  /** Categories of which the journal holds no data. */
  readonly journalHashOnly: readonly EventCategory[];
}

const required = (name: string) =>
  z.string({ error: `The worker needs ${name}: "npm start" sets it, a worker of its own must be told.` });

const isRole = (name: string): name is Role => ROLES.some((role) => role === name);

/** Names of roles, separated by commas. */
const roles = z.string().transform((text, context): readonly Role[] => {
  const names = text.split(",").map((name) => name.trim());
  if (names.every((name) => name === "")) return ROLES;
  const wrong = names.find((name) => !isRole(name));
  if (wrong !== undefined) {
    context.addIssue(`TENURE_ROLES must name some of ${ROLES.join(", ")}, separated by commas, not "${wrong}".`);
  }
  return ROLES.filter((role) => names.includes(role));
});

const isCategory = (name: string): name is EventCategory => eventCategories.some((category) => category === name);

/** Names of categories, separated by commas. */
const categories = z.string().transform((text, context): readonly EventCategory[] => {
  const names = text.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !isCategory(name));
  if (wrong !== undefined) {
    context.addIssue(
      `TENURE_JOURNAL_HASH_ONLY must name some of ${eventCategories.join(", ")}, separated by commas, not "${wrong}".`,
    );
  }
  return eventCategories.filter((category) => names.includes(category));
});

const variables = z
  .object({
    EVENTSTORE_URL: required("EVENTSTORE_URL"),
    DATABASE_URL: required("DATABASE_URL"),
    TENURE_ROLES: roles.default(ROLES),
    TENURE_WORKER_PORT: wholeNumber("TENURE_WORKER_PORT", MAX_PORT).optional(),
    TENURE_SIGNING_KEY_FILE: z.string().optional(),
    TENURE_JOURNAL_HASH_ONLY: categories.default([]),
  })
  .transform((told): Configuration => ({
    eventStoreUrl: told.EVENTSTORE_URL,
    databaseUrl: told.DATABASE_URL,
    roles: told.TENURE_ROLES,
    port: told.TENURE_WORKER_PORT ?? null,
    signingKeyFile: told.TENURE_SIGNING_KEY_FILE ?? null,
    journalHashOnly: told.TENURE_JOURNAL_HASH_ONLY,
  }));

/** @throws ConfigurationError */
export const readConfiguration = (environment: NodeJS.ProcessEnv): Configuration =>
  readEnvironment(variables, environment);
