import { graphql } from "../../../../web/graphql.js";
import { PREVIEWED } from "../../command/previewed.js";

/** The one query of the page: what the form offers, and what the provider's newest customer has. */
export const NEW_CUSTOMER = graphql(`
  query NewCustomer {
    customers(first: 1, sort: { by: CREATED, direction: DESC }) {
      edges {
        node {
          currency
          timeZone
        }
      }
    }
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

export const PREVIEW = graphql(
  `
    query PreviewCreateCustomer($input: CreateCustomerPreviewInput!, $language: Language!) {
      preview(command: { createCustomer: $input }) {
        ...Previewed
      }
    }
  `,
  [PREVIEWED],
);

export const CREATE = graphql(`
  mutation CreateCustomer($input: CreateCustomerInput!) {
    createCustomer(input: $input) {
      id
      visible
    }
  }
`);
