import { Rejection, reject } from "#domain/rejection.js";

/**
 * What a caller takes fields to be that he changes, as he last read them: where one of them has another value by now,
 * somebody else changed it meanwhile, and nothing is done (decision 308).
 */
export type Expected = Readonly<Record<string, unknown>>;

/** An input without what is expected, and that; null: nothing is. */
export const expectedOf = (given: object): { readonly input: object; readonly expected: Expected | null } => {
  if (!("expected" in given)) return { input: given, expected: null };
  const { expected, ...input } = given as { readonly expected?: Expected | null };
  const named = Object.entries(expected ?? {}).filter(([, value]) => value !== undefined);
  return { input, expected: named.length === 0 ? null : Object.fromEntries(named) };
};

/**
 * A field has the value that is expected if ordering that value does what ordering nothing of it does, beside the fields
 * of which nothing is expected, and beside all that is ordered: one of the two may be refused either way. So it is the
 * command's own code that compares, with all that it does to what is typed: blanks, order, defaults.
 * @param outcomeOf the state after the command with an input
 * @throws Rejection CONFLICT, naming the fields that have other values
 */
export const requireExpected = async (
  input: object,
  expected: Expected,
  outcomeOf: (input: object) => Promise<unknown>,
): Promise<void> => {
  const outcome = async (ordered: object): Promise<string> => {
    try {
      return JSON.stringify(await outcomeOf(ordered), withoutNull);
    } catch (error) {
      // What is refused either way, e.g. of a closed customer, is refused by the command itself.
      if (error instanceof Rejection) return `${error.code}: ${error.message}`;
      throw error;
    }
  };
  const rest = without(input, Object.keys(expected));
  const asItIs = await outcome(rest);
  const names: string[] = [];
  for (const [name, value] of Object.entries(expected)) {
    const others = without(input, [name]);
    const isAsExpected =
      (await outcome({ ...rest, [name]: value })) === asItIs &&
      (await outcome({ ...others, [name]: value })) === (await outcome(others));
    if (!isAsExpected) names.push(name);
  }
  if (names.length === 0 && (await outcome({ ...rest, ...expected })) === asItIs) return;
  const fields = (names.length === 0 ? Object.keys(expected) : names).join(", ");
  throw reject("CONFLICT", `Somebody else changed this meanwhile: ${fields}. Read it again, then decide.`, {
    ...(names.length === 1 && { field: names }),
    facts: { case: "CHANGED_MEANWHILE", fields },
  });
};

const without = (input: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)));

/** In a state, what is null is as if it were not there. */
const withoutNull = (_: string, value: unknown): unknown => (value === null ? undefined : value);
