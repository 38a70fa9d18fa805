import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";
import { HISTORY_ENTRIES, HISTORY_ENTRY } from "../../frame/history-entries.js";

/** What a line of a document is shown with. */
const LINES = graphql(`
  fragment DocumentLines on LineConnection {
    totalCount
    edges {
      cursor
      node {
        kind
        description
        from
        until
        days
        periodDays
        fee
        discount
        discountOrigin
        net
        account {
          id
          identifier
        }
        commitment {
          id
          terms {
            name
          }
        }
        corrects {
          kind
          period {
            from
            until
          }
        }
        usage {
          calls
          late
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

const ALLOCATION = graphql(`
  fragment AllocationShown on Allocation {
    amount
    usedFor
    invoice {
      id
      number
    }
    creditNote {
      id
      number
    }
    payment {
      id
      method
      reference
      valueOn
    }
  }
`);

/** The one query of the page: an id is that of an invoice or of a credit note. */
export const DOCUMENT = graphql(
  `
    query Invoice($id: ID!, $asOf: AsOfInput, $language: Language!, $staff: Boolean!, $essential: Boolean!) {
      invoice(id: $id, asOf: $asOf) {
        id
        number
        state
        issuedOn
        dueOn
        currency
        total
        openAmount
        contentHash
        documentUrl
        period {
          from
          until
        }
        recipient {
          name
        }
        customer {
          id
          timeZone
          contact {
            name
          }
        }
        totalsByKind {
          kind
          total
        }
        lines(first: 200) {
          ...DocumentLines
        }
        allocations {
          ...AllocationShown
        }
        creditNotes(first: 100) {
          edges {
            node {
              id
              number
              issuedOn
              purpose
              total
            }
          }
        }
        stateExplanation @include(if: $staff) {
          sentences(language: $language)
        }
        history(first: 100, language: $language, filter: { essential: $essential }) @include(if: $staff) {
          ...HistoryEntries
        }
      }
      creditNote(id: $id, asOf: $asOf) {
        id
        number
        issuedOn
        purpose
        currency
        total
        unusedAmount
        contentHash
        documentUrl
        reason @include(if: $staff)
        period {
          from
          until
        }
        recipient {
          name
        }
        customer {
          id
          timeZone
          contact {
            name
          }
        }
        invoice {
          id
          number
        }
        totalsByKind {
          kind
          total
        }
        lines(first: 200) {
          ...DocumentLines
        }
        allocations {
          ...AllocationShown
        }
        history(first: 100, language: $language, filter: { essential: $essential }) @include(if: $staff) {
          ...HistoryEntries
        }
      }
    }
  `,
  [LINES, ALLOCATION, HISTORY_ENTRIES],
);

export type Invoice = NonNullable<ResultOf<typeof DOCUMENT>["invoice"]>;
export type CreditNote = NonNullable<ResultOf<typeof DOCUMENT>["creditNote"]>;
/** An invoice or a credit note. */
export type Issued = Invoice | CreditNote;
export const isInvoice = (issued: Issued): issued is Invoice => "dueOn" in issued;
export type Lines = Issued["lines"];
export type Line = Lines["edges"][number]["node"];
export type Allocation = Issued["allocations"][number];

/** The lines that follow those that the page's query asks for. */
export const MORE_LINES = graphql(
  `
    query MoreInvoiceLines($id: ID!, $asOf: AsOfInput, $after: String!) {
      invoice(id: $id, asOf: $asOf) {
        id
        lines(first: 200, after: $after) {
          ...DocumentLines
        }
      }
      creditNote(id: $id, asOf: $asOf) {
        id
        lines(first: 200, after: $after) {
          ...DocumentLines
        }
      }
    }
  `,
  [LINES],
);

const EXPLAINED = graphql(
  `
    fragment LineExplained on LineConnection {
      edges {
        node {
          description
          from
          until
          currency
          net
          explanation {
            value
            sentences(language: $language)
            proof {
              isEqual
              recomputedNet
            }
            steps {
              index
              parent
              isReason
              what
              operation
              unit
              value
              from
              until
              description
              documentId
              line
              eventIds
            }
            events {
              id
              type
              role
              stream
              revision
            }
            entries(language: $language) {
              ...HistoryEntry
            }
          }
        }
      }
    }
  `,
  [HISTORY_ENTRY],
);

/** Why a line charges what it charges; asked for when somebody wants to know. */
export const WHY = graphql(
  `
    query WhyLine($id: ID!, $asOf: AsOfInput, $after: String, $language: Language!) {
      invoice(id: $id, asOf: $asOf) {
        id
        lines(first: 1, after: $after) {
          ...LineExplained
        }
      }
      creditNote(id: $id, asOf: $asOf) {
        id
        lines(first: 1, after: $after) {
          ...LineExplained
        }
      }
    }
  `,
  [EXPLAINED],
);

export type Explained = ResultOf<typeof EXPLAINED>["edges"][number]["node"];
export type Explanation = NonNullable<Explained["explanation"]>;
export type Step = Explanation["steps"][number];
