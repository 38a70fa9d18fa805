import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./generated/graphql-env.d.ts";

/** Queries are checked against the schema; amounts and days are text, and stay text. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { ID: string; Decimal: string; LocalDate: string; Instant: string };
  disableMasking: true;
}>();
