import { graphql } from "../../../../web/graphql.js";
import { PREVIEWED } from "../../command/previewed.js";

/* What is done about calls: how each command is previewed, and how it is given. */

export const rateCalls = {
  preview: graphql(
    `
      query PreviewRateCalls($input: RateCallsPreviewInput!, $language: Language!) {
        preview(command: { rateCalls: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation RateCalls($input: RateCallsInput!) {
      rateCalls(input: $input) {
        id
        visible
      }
    }
  `),
};

export const correctCalls = {
  preview: graphql(
    `
      query PreviewCorrectCalls($input: CorrectCallsPreviewInput!, $language: Language!) {
        preview(command: { correctCalls: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation CorrectCalls($input: CorrectCallsInput!) {
      correctCalls(input: $input) {
        id
        visible
      }
    }
  `),
};

/** The tariffs that calls may be rated by: asked for when a drawer is open. */
export const CALL_TARIFFS = graphql(`
  query CallTariffs($currency: String) {
    tariffs(filter: { currency: $currency }, first: 200, sort: { by: NAME }) {
      edges {
        node {
          id
          name
          currency
        }
      }
    }
  }
`);

/** The account with a number: asked for when one is typed. */
export const ACCOUNT_OF_NUMBER = graphql(`
  query AccountOfNumber($number: String!) {
    accountAliases(filter: { alias: { match: EXACT, value: $number } }, first: 1) {
      edges {
        node {
          alias
          account {
            id
            customer {
              contact {
                name
              }
            }
          }
        }
      }
    }
  }
`);
