import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";

/** The one query of the page, a hundred rows at a time. */
export const CALLS = graphql(`
  query Calls($filter: CallFilter, $first: Int!, $after: String) {
    calls(filter: $filter, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          leg
          state
          reason
          answered
          day
          cli
          cld
          redirectedTo
          prefix
          seconds
          chargedSeconds
          amount
          currency
          account {
            id
            identifier
          }
          customer {
            id
            contact {
              name
            }
          }
          tariff {
            id
            name
          }
        }
      }
    }
  }
`);
export type ListedCall = ResultOf<typeof CALLS>["calls"]["edges"][number]["node"];
