import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";
import { HISTORY_ENTRIES } from "../../frame/history-entries.js";

/* The one query of each page. */

export const POLICIES = graphql(`
  query ServicePolicies($filter: ServicePolicyFilter, $first: Int!, $after: String) {
    servicePolicies(filter: $filter, sort: { by: NAME }, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          description
          redirectAction
          trustedNetworks
        }
      }
    }
  }
`);
export type ListedPolicy = ResultOf<typeof POLICIES>["servicePolicies"]["edges"][number]["node"];

export const TARIFFS = graphql(`
  query Tariffs($filter: TariffFilter, $first: Int!, $after: String) {
    tariffs(filter: $filter, sort: { by: NAME }, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          description
          currency
          matchBy
          duration
        }
      }
    }
  }
`);
export type ListedTariff = ResultOf<typeof TARIFFS>["tariffs"]["edges"][number]["node"];

export const TARIFF = graphql(
  `
    query Tariff($id: ID!, $filter: RateFilter, $after: String, $language: Language!, $history: Boolean!) {
      tariff(id: $id) {
        id
        name
        description
        currency
        matchBy
        duration
        clonedFrom {
          id
          name
        }
        history(first: 50, language: $language) @include(if: $history) {
          ...HistoryEntries
        }
      }
      rates(tariffId: $id, filter: $filter, first: 100, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            prefix
            description
            country
            effectiveFrom
            effectiveUntil
            priceFirst
            priceNext
            connectFee
            firstInterval
            nextInterval
            discontinued
            forbidden
            hidden
            payback
          }
        }
      }
    }
  `,
  [HISTORY_ENTRIES],
);
export type ShownTariff = NonNullable<ResultOf<typeof TARIFF>["tariff"]>;
export type ShownRates = ResultOf<typeof TARIFF>["rates"];
export type ShownRate = ShownRates["edges"][number]["node"];
