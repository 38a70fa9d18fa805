/** What the worker is told by its environment. */
export interface Configuration {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
}

/** @throws Error with one sentence for a person */
export const readConfiguration = (env: NodeJS.ProcessEnv): Configuration => {
  const required = (name: string): string => {
    const value = env[name];
    if (value) return value;
    throw new Error(`The worker needs ${name}: "npm start" sets it, a worker of its own must be told.`);
  };
  return { eventStoreUrl: required("EVENTSTORE_URL"), databaseUrl: required("DATABASE_URL") };
};
