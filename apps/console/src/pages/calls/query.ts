import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";

/** The one query of the page: what the calls add up to with the first hundred of them, then a hundred more at a time. */
export const CALLS = graphql(`
  query Calls(
    $filter: CallFilter
    $first: Int!
    $after: String
    $isFirst: Boolean = true
    $hasSums: Boolean!
    $hasInvoice: Boolean!
    $invoiceId: ID!
    $isStaff: Boolean!
  ) {
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
          reason @include(if: $isStaff)
          answered
          ended
          day
          cli
          callerHidden
          cld
          redirectedTo
          prefix @include(if: $isStaff)
          seconds
          chargedSeconds
          amount
          amountAtFirst @include(if: $isStaff)
          voided
          currency
          account {
            id
            identifier
          }
          customer {
            id
            currency
            contact {
              name
            }
          }
          tariff @include(if: $isStaff) {
            id
            name
          }
          billed {
            amount
            line {
              invoice {
                id
                number
              }
              creditNote {
                id
                number
              }
            }
          }
        }
      }
    }
    callDays(filter: $filter) @include(if: $isFirst) {
      day
      currency
      calls
      seconds
      chargedSeconds
      amount
    }
    callSums(filter: $filter) @include(if: $hasSums) {
      currency
      calls
      seconds
      chargedSeconds
      amount
      billedAmount
    }
    usageLines(invoiceId: $invoiceId, first: 200) @include(if: $hasInvoice) {
      totalCount
      edges {
        node {
          position
          description
          net
          currency
          from
          until
          account {
            identifier
          }
          usage {
            calls
            seconds
            chargedSeconds
            late
          }
          invoice {
            number
          }
          creditNote {
            number
          }
        }
      }
    }
  }
`);
export type CallsAnswer = ResultOf<typeof CALLS>;
export type ListedCall = CallsAnswer["calls"]["edges"][number]["node"];
export type ListedDay = NonNullable<CallsAnswer["callDays"]>[number];
export type ListedSum = NonNullable<CallsAnswer["callSums"]>[number];
export type UsageLine = NonNullable<CallsAnswer["usageLines"]>["edges"][number]["node"];

/** Why a call costs what it costs: asked for when somebody wants to know. */
export const EXPLAINED = graphql(`
  query ExplainedCall($id: ID!) {
    call(id: $id) {
      rating {
        chargedSeconds
        rate {
          prefix
          description
          effectiveFrom
          effectiveUntil
          nextInterval
          payback
        }
        passedOver {
          prefix
        }
        steps {
          what
          value
        }
      }
      tariff {
        id
        name
        matchBy
        duration
      }
    }
  }
`);
export type ExplainedCall = NonNullable<ResultOf<typeof EXPLAINED>["call"]>;
