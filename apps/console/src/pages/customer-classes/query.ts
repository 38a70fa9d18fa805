import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";
import { PREVIEWED } from "../../command/previewed.js";

/** The one query of the page. A provider has a few classes: all are shown. */
export const CUSTOMER_CLASSES = graphql(`
  query CustomerClasses {
    customerClasses(first: 200, sort: { by: NAME }) {
      edges {
        node {
          id
          name
          language
          rounding
          dateFormat {
            name
            date
            time
          }
          graceDays
          remindAfterDays
          warnBeforeSuspensionDays
          suspendAfterDays
          terminateAfterDays
          warnBeforeEndDays
          selfPauseDaysPerYear
          selfPauseLongestDays
          selfPauseNoticeDays
        }
      }
    }
  }
`);

export type CustomerClass = ResultOf<typeof CUSTOMER_CLASSES>["customerClasses"]["edges"][number]["node"];

export const defineClass = {
  preview: graphql(
    `
      query PreviewDefineCustomerClass($input: DefineCustomerClassPreviewInput!, $language: Language!) {
        preview(command: { defineCustomerClass: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation DefineCustomerClass($input: DefineCustomerClassInput!) {
      defineCustomerClass(input: $input) {
        id
        visible
      }
    }
  `),
};

export const reviseClass = {
  preview: graphql(
    `
      query PreviewReviseCustomerClass($input: ReviseCustomerClassPreviewInput!, $language: Language!) {
        preview(command: { reviseCustomerClass: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ReviseCustomerClass($input: ReviseCustomerClassInput!) {
      reviseCustomerClass(input: $input) {
        id
        visible
      }
    }
  `),
};
