import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../../web/graphql.js";
import { CUSTOMER_HEAD } from "../head.js";
import { PREVIEWED } from "../../../command/previewed.js";

/** The one query of the page: whose tickets, the tickets, and what they cost unless that is known already. */
export const CUSTOMER_TICKETS = graphql(
  `
    query CustomerTickets(
      $id: ID!
      $filter: TicketFilter
      $sort: TicketSort
      $first: Int!
      $after: String
      $from: LocalDate!
      $withCost: Boolean!
    ) {
      customer(id: $id) {
        ...CustomerHead
        zendesk {
          isEnabled
          status
          organizationId
          organizationName
          organizationUrl
          linkedOn
          linkedBy
          claimedAgent
          nameTakenBy
          nameTakenByUrl
          untouchedUser {
            userId
            userUrl
            because
          }
        }
        tickets(filter: $filter, sort: $sort, first: $first, after: $after) {
          searched
          edges {
            node {
              number
              subject
              priority
              type
              status
              createdAt
              updatedAt
              recipient
              url
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
        supportCost(from: $from) @include(if: $withCost) {
          timeSource
          isComplete
          hourlyRate
          currency
          total
          months {
            month
            tickets
            byStatus {
              status
              tickets
            }
            seconds
            withoutTime
            cost
          }
        }
      }
    }
  `,
  [CUSTOMER_HEAD],
);

export type TicketsCustomer = NonNullable<ResultOf<typeof CUSTOMER_TICKETS>["customer"]>;
export type Ticket = NonNullable<TicketsCustomer["tickets"]>["edges"][number]["node"];
export type SupportCost = NonNullable<TicketsCustomer["supportCost"]>;
export type SupportMonth = SupportCost["months"][number];

/** What the drawer of a link chooses from; asked as a name is typed. */
export const ORGANIZATIONS = graphql(`
  query OrganizationChoices($search: String!) {
    zendeskOrganizations(search: $search) {
      organizationId
      name
      externalId
      customer {
        id
        contact {
          name
        }
      }
    }
  }
`);

export const linkOrganization = {
  preview: graphql(
    `
      query PreviewLinkOrganization($input: LinkZendeskOrganizationPreviewInput!, $language: Language!) {
        preview(command: { linkZendeskOrganization: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation LinkOrganization($input: LinkZendeskOrganizationInput!) {
      linkZendeskOrganization(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const unlinkOrganization = {
  preview: graphql(
    `
      query PreviewUnlinkOrganization($input: UnlinkZendeskOrganizationPreviewInput!, $language: Language!) {
        preview(command: { unlinkZendeskOrganization: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation UnlinkOrganization($input: UnlinkZendeskOrganizationInput!) {
      unlinkZendeskOrganization(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};

export const createTicket = {
  preview: graphql(
    `
      query PreviewCreateTicket($input: CreateTicketPreviewInput!, $language: Language!) {
        preview(command: { createTicket: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation CreateTicket($input: CreateTicketInput!) {
      createTicket(input: $input) {
        id
        visible
        repeated
      }
    }
  `),
};
