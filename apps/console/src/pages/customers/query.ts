import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";

/** The one query of the page, a hundred rows at a time. */
export const CUSTOMERS = graphql(`
  query Customers($filter: CustomerFilter, $sort: CustomerSort, $first: Int!, $after: String) {
    customers(filter: $filter, sort: $sort, first: $first, after: $after) {
      edges {
        node {
          id
          status
          currency
          balanceDue
          createdOn
          contact {
            name
            email
            phone
          }
          customerClass {
            id
            name
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

export type ListedCustomer = ResultOf<typeof CUSTOMERS>["customers"]["edges"][number]["node"];
