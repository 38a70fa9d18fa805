/** Number of shards that customers are divided into, by a hash of their id. */
export const SHARDS = 64;

/** Numbers of shards, from 0; "all": every shard. */
export type Shards = readonly number[] | "all";

/** SQL condition: the customer's id is in the shards of the parameter, or the parameter is null. */
export const inShards = (column: string, parameter: string): string =>
  `(${parameter}::integer[] IS NULL OR (hashtextextended(${column}::text, 0) & ${SHARDS - 1})::integer = ANY(${parameter}))`;

/** The value for the parameter of {@link inShards}. */
export const shardParameter = (shards: Shards): readonly number[] | null => (shards === "all" ? null : shards);
