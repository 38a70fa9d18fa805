import { type DataSource } from "typeorm";

/** The state of somebody who comes in, as projected, with the provider that its stream belongs to. */
export interface Known<State> {
  readonly providerId: string;
  readonly state: State;
}

/**
 * Finds whoever asks before it is known which provider it belongs to: of all providers, by what nobody else has.
 * @param condition SQL on the table, with `$1` and so on for the values
 * @returns null: there is none
 */
export const findKnown = async <State>(
  dataSource: Pick<DataSource, "query">,
  table: "api_keys" | "people" | "catalog_items",
  condition: string,
  ...values: string[]
): Promise<Known<State> | null> => {
  const [row] = await dataSource.query<{ provider_id: string; state: State }[]>(
    `SELECT provider_id, state FROM ${table} WHERE ${condition}`,
    values,
  );
  return row ? { providerId: row.provider_id, state: row.state } : null;
};
