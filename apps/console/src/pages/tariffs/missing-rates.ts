import { type HeldRate } from "./documents.js";

/** A rate that ends, at its own instant or, without one, as the import begins to hold. */
type Ended = Omit<HeldRate, "effectiveFrom"> & { readonly effectiveFrom: string };

const COLUMNS = [
  ...(["prefix", "effectiveFrom", "priceFirst", "priceNext", "connectFee", "firstInterval", "nextInterval"] as const),
  "discontinued",
] as const;

/**
 * A file of rates that ends the prefixes that another file does not have; null: there are none.
 * @param held rates that hold now @param coming those that hold now or later @param has prefixes that stay
 */
export const endOfMissing = (
  held: readonly HeldRate[],
  coming: readonly HeldRate[],
  has: ReadonlySet<string>,
): string | null => {
  const nameOf = ({ prefix, effectiveFrom }: HeldRate): string => `${prefix} ${effectiveFrom}`;
  const known = new Set(held.map(nameOf));
  const ended: Ended[] = [
    ...held.map((rate) => ({ ...rate, effectiveFrom: "" })),
    ...coming.filter((rate) => !known.has(nameOf(rate))),
  ].filter(({ prefix, discontinued }) => !discontinued && !has.has(prefix));
  if (ended.length === 0) return null;
  // Numbers and instants need no quotes.
  const rows = ended.map((rate) => COLUMNS.map((name) => (name === "discontinued" ? "true" : rate[name])).join(","));
  return `${[COLUMNS.join(","), ...rows].join("\n")}\n`;
};
