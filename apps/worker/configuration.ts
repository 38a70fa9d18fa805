export const ROLES = ["projector", "biller", "deliverer"] as const;

/**
 * What a worker does. `projector`: keeps the read models up to date and records the tasks of processors. `biller`:
 * transitions, closes, numbers and walks of the clock. `deliverer`: runs the tasks of processors.
 */
export type Role = (typeof ROLES)[number];

/** What the worker is told by its environment. */
export interface Configuration {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  readonly roles: readonly Role[];
  /** Of health and metrics on 127.0.0.1; 0: any free one; null: none. */
  readonly port: number | null;
}

/** @throws Error with one sentence for a person */
export const readConfiguration = (env: NodeJS.ProcessEnv): Configuration => {
  const required = (name: string): string => {
    const value = env[name];
    if (value) return value;
    throw new Error(`The worker needs ${name}: "npm start" sets it, a worker of its own must be told.`);
  };
  return {
    eventStoreUrl: required("EVENTSTORE_URL"),
    databaseUrl: required("DATABASE_URL"),
    roles: readRoles(env["TENURE_ROLES"]),
    port: readPort(env["TENURE_WORKER_PORT"]),
  };
};

/** @throws Error with one sentence for a person */
export const readRoles = (text: string | undefined): readonly Role[] => {
  const names = (text ?? "").split(",").map((name) => name.trim());
  if (names.every((name) => name === "")) return ROLES;
  const wrong = names.find((name) => !ROLES.some((role) => role === name));
  if (wrong !== undefined) {
    throw new Error(`TENURE_ROLES must name some of ${ROLES.join(", ")}, separated by commas, not "${wrong}".`);
  }
  return ROLES.filter((role) => names.includes(role));
};

const readPort = (text: string | undefined): number | null => {
  const value = text?.trim() ?? "";
  if (value === "") return null;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new Error(`TENURE_WORKER_PORT must be a whole number from 0 to 65535, not "${value}".`);
};
