import { type RateVersion } from "#domain/voice/rate-version.js";
import { type Client } from "../client.js";

const RATES = `query ($id: ID!, $after: String, $effective: EffectiveInput!) {
  rates(tariffId: $id, first: 200, after: $after, filter: { effective: $effective }) {
    edges { node { prefix description country effectiveFrom priceFirst priceNext connectFee firstInterval nextInterval
      discontinued forbidden hidden payback } }
    pageInfo { endCursor hasNextPage } } }`;

interface Page {
  readonly rates: {
    readonly edges: readonly { readonly node: RateVersion }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

/** Which rates, by when they hold; without an instant now. */
interface Effective {
  readonly at: string | undefined;
  readonly mode: "AT" | "AT_AND_AFTER";
}

/** All rates of a tariff that are effective then. */
export const ratesOf = async (client: Client, id: string, effective: Effective): Promise<RateVersion[]> => {
  const rates: RateVersion[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page: Page = await client.query<Page>(RATES, { id, after, effective });
    rates.push(...page.rates.edges.map(({ node }) => node));
    ({ endCursor: after, hasNextPage: more } = page.rates.pageInfo);
  }
  return rates;
};
