import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";
import { HISTORY_ENTRIES } from "../../frame/history-entries.js";
import { CUSTOMER_HEAD } from "./head.js";

/** The one query of the page: who it is, and the part that is shown. */
export const CUSTOMER = graphql(
  `
    query Customer(
      $id: ID!
      $asOf: AsOfInput
      $language: Language!
      $overview: Boolean!
      $invoices: Boolean!
      $statement: Boolean!
      $people: Boolean!
      $history: Boolean!
      $essential: Boolean!
    ) {
      customer(id: $id, asOf: $asOf) {
        ...CustomerHead
        accounts(first: 100) @include(if: $overview) {
          totalCount
          edges {
            node {
              id
              identifier
              status
              openedOn
              closedOn
              aliases
              mainProduct {
                id
                name
              }
            }
          }
        }
        timeline @include(if: $overview) {
          today
          from
          until
          suspensions {
            from
            until
          }
          commitments {
            commitment {
              id
              terms {
                recurring {
                  rowId
                  description
                  addOnProduct {
                    service
                  }
                }
              }
              pauseRequests {
                from
                until
                status
              }
            }
            account {
              id
              identifier
            }
            name
            status
            from
            lastDay
            discountEnd
            pauses {
              from
              until
              status
            }
          }
        }
        unbilled @include(if: $overview) {
          total
          period {
            from
            until
          }
          lines {
            kind
            rowId
            commitmentId
            description
            from
            until
            fee
            discount
            net
          }
        }
        invoices(first: 100) @include(if: $invoices) {
          totalCount
          edges {
            node {
              id
              number
              issuedOn
              dueOn
              state
              total
              openAmount
              documentUrl
              period {
                from
                until
              }
            }
          }
        }
        creditNotes(first: 100) @include(if: $invoices) {
          totalCount
          edges {
            node {
              id
              number
              issuedOn
              purpose
              total
              unusedAmount
              documentUrl
              invoice {
                id
                number
              }
            }
          }
        }
        payments(first: 100) @include(if: $invoices) {
          totalCount
          edges {
            node {
              id
              amount
              unusedAmount
              method
              reference
              valueOn
              reversedOn
            }
          }
        }
        statementUrl @include(if: $statement)
        statement @include(if: $statement) {
          from
          until
          opening
          closing
          movements {
            on
            kind
            reference
            amount
            balance
            invoice {
              id
            }
            creditNote {
              id
            }
          }
        }
        people(first: 100) @include(if: $people) {
          edges {
            node {
              id
              name
              email
              createdAt
            }
          }
        }
        history(first: 100, language: $language, filter: { essential: $essential }) @include(if: $history) {
          ...HistoryEntries
        }
      }
    }
  `,
  [CUSTOMER_HEAD, HISTORY_ENTRIES],
);

export type Customer = NonNullable<ResultOf<typeof CUSTOMER>["customer"]>;
export type Account = NonNullable<Customer["accounts"]>["edges"][number]["node"];
export type Invoice = NonNullable<Customer["invoices"]>["edges"][number]["node"];
export type CreditNote = NonNullable<Customer["creditNotes"]>["edges"][number]["node"];
export type Payment = NonNullable<Customer["payments"]>["edges"][number]["node"];
export type Movement = NonNullable<NonNullable<Customer["statement"]>["movements"]>[number];
export type Person = NonNullable<Customer["people"]>["edges"][number]["node"];
export type UnbilledLine = NonNullable<NonNullable<Customer["unbilled"]>["lines"]>[number];

/** What the drawers of an account and a class choose from; asked when they are opened. */
export const MAIN_PRODUCTS = graphql(`
  query MainProductChoices {
    mainProducts(first: 200) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

export const CLASSES = graphql(`
  query ClassChoices {
    customerClasses(first: 200) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);
export type HeldCommitment = NonNullable<Customer["timeline"]>["commitments"][number];
