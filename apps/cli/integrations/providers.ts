import { type Client, Refused } from "../client.js";

/** A provider, as the table names it. */
export interface NamedProvider {
  readonly id: string;
  readonly name: string;
}

interface Page {
  readonly edges: readonly { readonly node: NamedProvider }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/**
 * The provider that is named, else all that the caller may act for: whoever is no operator, its own.
 * @throws Refused, NoAnswer
 */
export const providersOf = async (client: Client, named: string | undefined): Promise<readonly NamedProvider[]> => {
  if (named !== undefined) return [await own(client)];
  try {
    return await all(client);
  } catch (error) {
    if (error instanceof Refused && error.code === "FORBIDDEN") return [await own(client)];
    throw error;
  }
};

const own = async (client: Client): Promise<NamedProvider> =>
  (await client.query<{ provider: NamedProvider }>("{ provider { id name } }")).provider;

const all = async (client: Client): Promise<readonly NamedProvider[]> => {
  const found: NamedProvider[] = [];
  for (let after: string | null = null; ;) {
    const { providers: page }: { providers: Page } = await client.query(
      `query ($after: String) {
        providers(first: 100, after: $after) { edges { node { id name } } pageInfo { endCursor hasNextPage } }
      }`,
      { after },
    );
    found.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
};
