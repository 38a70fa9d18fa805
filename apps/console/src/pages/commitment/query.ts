import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";
import { HISTORY_ENTRIES } from "../../frame/history-entries.js";
import { SENTENCE_PART } from "../../texts/sentence.js";

/** A commitment's timeline, as `drawings` draws it: of now, and of what a command would lead to. */
export const TIMELINE = graphql(
  `
    fragment Timeline on CommitmentTimeline {
      today
      from
      until
      currency
      periods {
        from
        until
        state
        net
        invoices {
          id
          number
          kind
        }
      }
      pauses {
        from
        until
        status
        selfCare
        eventIds
      }
      suspensions {
        from
        until
        eventIds
      }
      rates {
        from
        until
        rate
        eventIds
      }
      agreements {
        from
        until
        name
        fee
        discount
        net
        eventIds
      }
      prices {
        from
        until
        fee
        discount
        net
        discountOrigin
      }
      upgrades {
        from
        until
        rowId
        addOnProduct {
          name
        }
        thenUpgradeTo
        running
        eventIds
      }
      discountFrom
      discountEnd
      discountEndOpen
      shifts {
        from
        to
        days
        cause
        causeFrom
        causeUntil
        eventIds
      }
      given {
        on
        amount
        total
        issued
      }
      penalty {
        on
        amount
        total
        waived
      }
      termination {
        on
        scheduled
        early
        eventIds
      }
      events(language: $language) {
        id
        summaryParts {
          ...SentencePart
        }
        actorName
        reason
        recordedAt
      }
    }
  `,
  [SENTENCE_PART],
);

/** What is so on a day, for the sentence about it. */
const DAY_SHOWN = graphql(`
  fragment DayShown on CommitmentDay {
    day
    currency
    status
    suspended
    fee
    discount
    net
    discountOrigin
    discountEndDate
    leavingCost {
      total
    }
  }
`);

/** The one query of the page. */
export const COMMITMENT = graphql(
  `
    query Commitment(
      $id: ID!
      $asOf: AsOfInput
      $isPast: Boolean!
      $day: LocalDate
      $language: Language!
      $staff: Boolean!
    ) {
      commitment(id: $id, asOf: $asOf) {
        id
        status
        start
        terminatedOn
        terminatedEarly
        terminationScheduled
        penaltyWaived
        annulled
        discountEndDate
        discountEndKind
        discountEndOpen
        discountsGiven
        pauseScheduled
        upgradeRunning
        offer {
          id
        }
        customer {
          id
          status
          currency
          billingPeriod
          timeZone
          contact {
            name
          }
        }
        account {
          id
          identifier
          mainProduct {
            name
            addOnProducts {
              id
              name
            }
          }
          commitments(first: 50) {
            edges {
              node {
                id
                status
                discountEndDate
                terms {
                  name
                }
              }
            }
          }
        }
        terms {
          name
          currency
          penalty
          transferFee
          discountPeriods
          recurring {
            rowId
            description
            discount
            addOnProductId
            addOnProduct {
              service
            }
            minimumPeriods
            fees {
              period
              amount
            }
          }
          oneTime {
            description
            service
            fee
            discount
            discountedFee
          }
        }
        pauses {
          from
          until
          status
        }
        pauseRequests {
          from
          until
          requestedOn
          status
          reason
        }
        timeLimitedUpgrades {
          rowId
          from
          until
          running
          addOnProduct {
            name
          }
          thenUpgradeTo {
            name
          }
        }
        scheduledUpgrade {
          from
          terms {
            name
          }
        }
        waitingRenewal {
          from
        }
        discountLedger {
          currency
          issued
          notIssued
          total
          rows {
            rowId
            description
            issued
            notIssued
            total
          }
        }
        lines(last: 100) {
          edges {
            node {
              kind
              description
              from
              until
              currency
              fee
              discount
              net
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
          pageInfo {
            hasPreviousPage
          }
        }
        leavingCosts {
          on
          early
          total
          lines {
            description
            rowId
            net
          }
        }
        timeline {
          ...Timeline
        }
        on(day: $day) {
          ...DayShown
        }
        history(first: 100, language: $language, filter: { essential: true }) @include(if: $staff) {
          ...HistoryEntries
        }
      }
      viewer {
        provider {
          id
          coolingOffDays
        }
      }
      offers(first: 200, filter: { status: ON_SALE }) @skip(if: $isPast) {
        edges {
          node {
            id
            name
            currency
          }
        }
      }
    }
  `,
  [TIMELINE, DAY_SHOWN, HISTORY_ENTRIES],
);

/** Another day of the same commitment. */
export const DAY = graphql(
  `
    query CommitmentDay($id: ID!, $asOf: AsOfInput, $day: LocalDate!) {
      commitment(id: $id, asOf: $asOf) {
        id
        on(day: $day) {
          ...DayShown
        }
      }
    }
  `,
  [DAY_SHOWN],
);

/** Accounts to which it can be transferred, by what somebody typed of them. */
export const ACCOUNTS_FOUND = graphql(`
  query AccountsFound($text: String!) {
    search(text: $text, first: 10) {
      groups {
        kind
        hits {
          id
          title
          customer {
            id
            contact {
              name
            }
          }
        }
      }
    }
  }
`);

export type CommitmentAnswer = ResultOf<typeof COMMITMENT>;
export type Commitment = NonNullable<CommitmentAnswer["commitment"]>;
export type Day = NonNullable<Commitment["on"]>;
export type OfferChoice = NonNullable<CommitmentAnswer["offers"]>["edges"][number]["node"];
