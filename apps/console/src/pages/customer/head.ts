import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";

/** What stands above every part of a customer, and what its commands begin with. */
export const CUSTOMER_HEAD = graphql(`
  fragment CustomerHead on Customer {
    id
    status
    currency
    timeZone
    today
    createdOn
    closedOn
    suspendedSince
    billingPeriod
    anniversaryDay
    creditLimit
    balance
    balanceDue
    subscriptionDiscountRate
    contact {
      name
      email
      phone
      companyDomain
      taxId
      address {
        street
        addition
        postalCode
        city
        region
        country
      }
    }
    customerClass {
      id
      name
    }
    nextBilling {
      inForceFrom
      billingPeriod
      anniversaryDay
      timeZone
    }
    scheduledChanges {
      what
      effectiveOn
      orderedOn
      rate
    }
    collection {
      amountOverdue
      exempt
      promisedBy
      suspendedForNonPaymentSince
      nextSteps {
        kind
        on
      }
    }
  }
`);

export type CustomerHead = ResultOf<typeof CUSTOMER_HEAD>;
