import { type Client } from "../client.js";
import { isId } from "../server-options.js";

/** No tariff, or more than one, has the name; the message is for the user. */
export class TariffUnclear extends Error {
  override readonly name = "TariffUnclear";
}

interface Found {
  readonly id: string;
  readonly name: string;
}

/** The tariff with a name or an id. @throws TariffUnclear */
export const findTariff = async (client: Client, named: string): Promise<Found> => {
  if (isId(named)) {
    const { tariff } = await client.query<{ tariff: Found | null }>(
      "query ($id: ID!) { tariff(id: $id) { id name } }",
      {
        id: named,
      },
    );
    if (tariff) return tariff;
  }
  const { tariffs } = await client.query<{ tariffs: { edges: { node: Found }[] } }>(
    "query ($name: String!) { tariffs(first: 200, filter: { name: $name }) { edges { node { id name } } } }",
    { name: named },
  );
  const same = tariffs.edges.flatMap(({ node }) => (node.name === named ? [node] : []));
  const [tariff, another] = same;
  if (!tariff) throw new TariffUnclear(`There is no tariff "${named}".`);
  if (another) throw new TariffUnclear(`There are several tariffs "${named}": --tariff takes an id, too.`);
  return tariff;
};
