import { rateFileOf, type WrittenRate } from "#application/rate-files/write.js";
import { type Client } from "../client.js";
import { ratesOf } from "./rates.js";

/**
 * A file of rates that ends the prefixes of a tariff that another file does not have: what holds then, and what was to
 * come later; null: there are none.
 * @param from when they end; undefined: now
 * @param has the prefixes that stay
 */
export const endOfMissing = async (
  client: Client,
  tariffId: string,
  from: string | undefined,
  has: ReadonlySet<string>,
): Promise<string | null> => {
  const nameOf = ({ prefix, effectiveFrom }: WrittenRate): string => `${prefix} ${effectiveFrom ?? ""}`;
  const held = await ratesOf(client, tariffId, { at: from, mode: "AT" });
  const known = new Set(held.map(nameOf));
  const coming = await ratesOf(client, tariffId, { at: from, mode: "AT_AND_AFTER" });
  const ended: WrittenRate[] = [
    ...held.map((rate) => ({ ...rate, effectiveFrom: null })),
    ...coming.filter((rate) => !known.has(nameOf(rate))),
  ]
    .filter(({ prefix, discontinued }) => !discontinued && !has.has(prefix))
    .map((rate) => ({ ...rate, discontinued: true }));
  return ended.length === 0 ? null : rateFileOf(ended);
};
