import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";

/** The one query of the page: all counts, and the list that is open. */
export const WORK_LIST = graphql(`
  query WorkList(
    $from: LocalDate
    $until: LocalDate
    $parkedCloses: Boolean!
    $parkedDeliveries: Boolean!
    $overdueInvoices: Boolean!
    $endingSoon: Boolean!
    $movedPeriods: Boolean!
    $pauseRequests: Boolean!
  ) {
    workList {
      endingFrom
      endingUntil
      parkedCloses {
        count
        isCapped
      }
      parkedDeliveries {
        count
        isCapped
      }
      overdueInvoices {
        count
        isCapped
      }
      endingSoon {
        count
        isCapped
      }
      movedPeriods {
        count
        isCapped
      }
      pauseRequests {
        count
        isCapped
      }
    }
    parkedCloses(first: 50) @include(if: $parkedCloses) {
      edges {
        node {
          customerId
          reason
          since
          attempts
          customer {
            contact {
              name
            }
          }
        }
      }
    }
    parkedDeliveries: deliveries(first: 50, filter: { status: PARKED }) @include(if: $parkedDeliveries) {
      edges {
        node {
          id
          target
          on
          lastError
          customerId
          customer {
            contact {
              name
            }
          }
        }
      }
    }
    overdueInvoices: invoices(first: 50, filter: { state: OVERDUE }, sort: { by: DUE }) @include(if: $overdueInvoices) {
      edges {
        node {
          id
          number
          dueOn
          openAmount
          currency
          customer {
            id
            contact {
              name
            }
          }
        }
      }
    }
    endingSoon: commitments(first: 50, filter: { endFrom: $from, endUntil: $until }, sort: { by: DISCOUNT_END })
      @include(if: $endingSoon) {
      edges {
        node {
          id
          discountEndDate
          terminatedOn
          terms {
            name
          }
          customer {
            id
            contact {
              name
            }
          }
        }
      }
    }
    movedPeriods: closedPeriods(first: 50, moved: true) @include(if: $movedPeriods) {
      edges {
        node {
          period {
            from
            until
          }
          customer {
            id
            contact {
              name
            }
          }
          lateEvents {
            type
          }
        }
      }
    }
    pauseRequests(first: 50) @include(if: $pauseRequests) {
      edges {
        node {
          commitmentId
          customerId
          from
          until
          requestedOn
          commitment {
            terms {
              name
            }
          }
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

export type WorkListData = ResultOf<typeof WORK_LIST>;
export type PauseRequest = NonNullable<WorkListData["pauseRequests"]>["edges"][number]["node"];
