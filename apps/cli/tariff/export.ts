import { rename, writeFile } from "node:fs/promises";
import { rateFileOf } from "#application/rate-files/write.js";
import { type RateVersion } from "#domain/voice/rate-version.js";
import { type Client } from "../client.js";
import { findTariff } from "./find.js";
import { type Options } from "./options.js";

const RATES = `query ($id: ID!, $after: String, $at: Instant) {
  rates(tariffId: $id, first: 200, after: $after, filter: { effective: { at: $at, mode: AT_AND_AFTER } }) {
    edges { node { prefix description country effectiveFrom priceFirst priceNext connectFee firstInterval nextInterval
      discontinued forbidden hidden payback } }
    pageInfo { endCursor hasNextPage } } }`;

interface Page {
  readonly rates: {
    readonly edges: readonly { readonly node: RateVersion }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

/** Writes the rates of a tariff; the exit code. */
export const exportRates = async (
  client: Client,
  { tariff, out, at }: Extract<Options, { readonly action: "export" }>,
): Promise<number> => {
  const { id } = await findTariff(client, tariff);
  const rates: RateVersion[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Page = await client.query<Page>(RATES, { id, after, at });
    rates.push(...page.rates.edges.map(({ node }) => node));
    ({ endCursor: after, hasNextPage: more } = page.rates.pageInfo);
  }
  const file = rateFileOf(rates);
  if (out === undefined) {
    process.stdout.write(file);
    return 0;
  }
  await writeFile(`${out}.part`, file, { flush: true });
  await rename(`${out}.part`, out);
  console.log(`${rates.length} ${rates.length === 1 ? "rate" : "rates"} in ${out}.`);
  return 0;
};
