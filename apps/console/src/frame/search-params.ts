/* Reads search parameters of addresses, which anybody can write: what does not fit is left out. */

/** Text that is there; undefined: none, or blank. */
export const textIn = (given: unknown): string | undefined => {
  const text = typeof given === "number" ? String(given) : given;
  return typeof text === "string" && text.trim() !== "" ? text : undefined;
};

/** Decimal text, e.g. of an amount; undefined: none. */
export const decimalIn = (given: unknown): string | undefined => {
  const text = textIn(given);
  return text !== undefined && /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? text : undefined;
};

/** One of these; undefined: none of them. */
export const oneOf = <Known extends string>(given: unknown, known: readonly Known[]): Known | undefined =>
  known.find((each) => each === given);

/** An ISO date; undefined: none. */
export const dayIn = (given: unknown): string | undefined =>
  typeof given === "string" && /^\d{4}-\d{2}-\d{2}$/.test(given) ? given : undefined;

/** A flag that is set; undefined: it is not. */
export const setIn = (given: unknown): true | undefined => (given === true ? true : undefined);

/** Without what is undefined, so that addresses stay short. */
export const short = <Search extends object>(search: Search): Search =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as Search;

/** What was read of an address, and nothing else of it: the router lays it over what the address has. */
export const only = <Search extends object>(given: Readonly<Record<string, unknown>>, read: Search): Search => ({
  ...Object.fromEntries(Object.keys(given).map((name) => [name, undefined])),
  ...read,
});
