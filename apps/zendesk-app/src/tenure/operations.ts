import { type ResultOf } from "gql.tada";
import { graphql } from "../../../web/graphql.js";

/*
 * Everything that the app asks of Tenure. The scope `zendesk-app` of its key allows this and hardly more
 * (libs/application/access/access.ts).
 */

const customer = graphql(`
  fragment Customer on Customer {
    id
    status
    currency
    balance
    contact {
      name
    }
    commitments(first: 50) {
      edges {
        node {
          id
          status
          start
          terminatedOn
          discountEndDate
          terms {
            name
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    invoices(first: 5) {
      edges {
        node {
          id
          number
          issuedOn
          dueOn
          currency
          total
          openAmount
          state
        }
      }
    }
  }
`);

export type LinkedCustomer = ResultOf<typeof customer>;
export type Commitment = LinkedCustomer["commitments"]["edges"][number]["node"];
export type Invoice = LinkedCustomer["invoices"]["edges"][number]["node"];

/** The customer that an organization of Zendesk is linked to. */
export const LINKED = graphql(
  `
    query LinkedCustomer($organizationId: String!) {
      zendeskCustomer(organizationId: $organizationId) {
        ...Customer
      }
    }
  `,
  [customer],
);

const hit = graphql(`
  fragment Hit on Customer {
    id
    status
    contact {
      name
    }
    zendesk {
      organizationId
      organizationName
    }
  }
`);

export type FoundCustomer = ResultOf<typeof hit>;

/** Customers by name, and by the id or an alias of an account; each at most 10. */
export const SEARCH = graphql(
  `
    query Search($text: String!) {
      customers(filter: { name: $text }, first: 10) {
        edges {
          node {
            ...Hit
          }
        }
        pageInfo {
          hasNextPage
        }
      }
      accountAliases(filter: { alias: { value: $text, match: CONTAINS } }, first: 10) {
        edges {
          node {
            alias
            customer {
              ...Hit
            }
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  `,
  [hit],
);

export const LINK = graphql(`
  mutation Link($input: LinkZendeskOrganizationInput!) {
    linkZendeskOrganization(input: $input) {
      visible
    }
  }
`);

export const UNLINK = graphql(`
  mutation Unlink($input: UnlinkZendeskOrganizationInput!) {
    unlinkZendeskOrganization(input: $input) {
      visible
    }
  }
`);
