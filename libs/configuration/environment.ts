import { z } from "zod";

/** One sentence per mistake, all mistakes at once. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A variable with an empty value counts as unset, as shells and compose files set it. White space around a value is
 * removed.
 */
export const given = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, text?.trim() || undefined]));

/** The messages of the schemas: one sentence per mistake. */
export const problemsOf = (result: z.ZodSafeParseResult<unknown>): string[] =>
  result.error?.issues.map(({ message }) => message) ?? [];

/**
 * Reads a program's configuration from its environment.
 * @param schema a mapping from the variables' names
 * @throws ConfigurationError
 */
export const readEnvironment = <Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
): z.output<Schema> => {
  const result = schema.safeParse(given(environment));
  if (result.success) return result.data;
  throw new ConfigurationError(problemsOf(result));
};

export const MAX_PORT = 65_535;

/** 0 to `max`. */
export const wholeNumber = (name: string, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) <= max, {
      error: ({ input }) => `${name} must be a whole number from 0 to ${max}, not "${String(input)}".`,
    })
    .transform(Number);

/** 1 or 0. */
export const switched = (name: string) =>
  z
    .enum(["0", "1"], { error: ({ input }) => `${name} must be 1 or 0, not "${String(input)}".` })
    .transform((text) => text === "1");

export const EVENT_STORE_SCHEMES = ["esdb://", "esdb+discover://"] as const;
export const DATABASE_SCHEMES = ["postgres://", "postgresql://"] as const;

/**
 * A URL of one of the schemes. The value itself stays out of the sentence: it may hold a password.
 * @param must what the sentence says before the schemes
 */
export const url = (name: string, schemes: readonly string[], must: "must start" | "must be set, and start") => {
  const error = `${name} ${must} with ${schemes.join(" or ")}.`;
  return z
    .string({ error })
    .refine((text) => schemes.some((scheme) => text.startsWith(scheme) && text.length > scheme.length), { error });
};
