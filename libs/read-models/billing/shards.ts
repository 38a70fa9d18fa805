/** Customers are spread over so many shards, by a hash of their id. */
export const SHARDS = 64;

/** Numbers of shards, from 0; "all" is every one of them. */
export type Shards = readonly number[] | "all";

/** Condition of SQL on a customer's id: it belongs to the shards of a parameter, or that is null. */
export const inShards = (column: string, parameter: string): string =>
  `(${parameter}::integer[] IS NULL OR (hashtextextended(${column}::text, 0) & ${SHARDS - 1})::integer = ANY(${parameter}))`;

/** The parameter of {@link inShards}. */
export const shardParameter = (shards: Shards): readonly number[] | null => (shards === "all" ? null : shards);
