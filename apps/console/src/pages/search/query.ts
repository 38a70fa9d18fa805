import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";

/** The one query of the page where everything is searched. */
export const EVERYTHING = graphql(`
  query Search($text: String!) {
    search(text: $text, first: 20) {
      groups {
        kind
        hasMore
        hits {
          kind
          id
          matched
          text
          from
          until
          title
          customerId
          customer {
            contact {
              name
            }
          }
        }
      }
    }
  }
`);

export type Group = ResultOf<typeof EVERYTHING>["search"]["groups"][number];
export type Hit = Group["hits"][number];

/** The one query of the page where identifiers and aliases are searched, a hundred rows at a time. */
export const ALIASES = graphql(`
  query Aliases($filter: AccountAliasFilter, $first: Int!, $after: String) {
    accountAliases(filter: $filter, first: $first, after: $after) {
      edges {
        node {
          alias
          kind
          accountId
          customerId
          account {
            identifier
            status
          }
          customer {
            contact {
              name
            }
          }
        }
      }
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type Alias = ResultOf<typeof ALIASES>["accountAliases"]["edges"][number]["node"];
