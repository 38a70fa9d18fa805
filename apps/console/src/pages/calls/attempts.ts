import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";

/* The one query of the page of open calls, and of that of failed ones, a hundred at a time. */

export const OPEN_CALLS = graphql(`
  query OpenCalls($filter: OpenCallFilter, $first: Int!, $after: String, $isStaff: Boolean!) {
    openCalls(filter: $filter, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          answered
          cli @include(if: $isStaff)
          callerHidden @include(if: $isStaff)
          cld
          redirectedTo
          maxSeconds
          overdue
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
          edge @include(if: $isStaff) {
            name
          }
        }
      }
    }
  }
`);
export type ListedOpenCall = ResultOf<typeof OPEN_CALLS>["openCalls"]["edges"][number]["node"];

export const FAILED_CALLS = graphql(`
  query FailedCalls($filter: FailedCallFilter, $first: Int!, $after: String, $isStaff: Boolean!) {
    failedCalls(filter: $filter, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          failed
          cli @include(if: $isStaff)
          callerHidden @include(if: $isStaff)
          cld
          redirectedTo
          sipCode
          reason
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
          edge @include(if: $isStaff) {
            name
          }
        }
      }
    }
  }
`);
export type ListedFailedCall = ResultOf<typeof FAILED_CALLS>["failedCalls"]["edges"][number]["node"];
