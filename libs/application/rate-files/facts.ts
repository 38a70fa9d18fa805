import { type RatesFacts } from "#domain/voice/rates.js";
import { type RateVersion } from "#domain/voice/rate-version.js";
import { type FactSource } from "../command/facts.js";
import { type RateFile } from "./read.js";

/** What every change of a tariff's rates looks at. */
export const ratesFacts = async (facts: FactSource, providerId: string, tariffId: string): Promise<RatesFacts> => ({
  tariffExists: (await facts.tariff(providerId, tariffId)) !== null,
  hasCalls: await facts.hasCalls(providerId),
});

/** The same, with the versions of the prefixes that a file has. */
export const importFacts = async (
  facts: FactSource,
  providerId: string,
  tariffId: string,
  { rows }: RateFile,
): Promise<RatesFacts & { readonly known: readonly RateVersion[] }> => {
  const prefixes = new Set(rows.map(({ rate }) => rate.prefix));
  return {
    ...(await ratesFacts(facts, providerId, tariffId)),
    known: await facts.ratesOf(providerId, tariffId, [...prefixes]),
  };
};
