import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";
import { PREVIEWED } from "../../command/previewed.js";

/* Each command on tariffs and service policies: how it is previewed, and how it is given. */

/** What there is of a service policy, and of a tariff, where somebody else changed it. */
export const POLICY_TERMS = graphql(`
  query ServicePolicyTerms($id: ID!) {
    servicePolicy(id: $id) {
      id
      name
      description
      redirectAction
      trustedNetworks
    }
  }
`);
export const TARIFF_TERMS = graphql(`
  query TariffTerms($id: ID!) {
    tariff(id: $id) {
      name
      description
    }
  }
`);

export const defineServicePolicy = {
  preview: graphql(
    `
      query PreviewDefineServicePolicy($input: DefineServicePolicyPreviewInput!, $language: Language!) {
        preview(command: { defineServicePolicy: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation DefineServicePolicy($input: DefineServicePolicyInput!) {
      defineServicePolicy(input: $input) {
        id
        visible
      }
    }
  `),
};

export const reviseServicePolicy = {
  preview: graphql(
    `
      query PreviewReviseServicePolicy($input: ReviseServicePolicyPreviewInput!, $language: Language!) {
        preview(command: { reviseServicePolicy: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ReviseServicePolicy($input: ReviseServicePolicyInput!) {
      reviseServicePolicy(input: $input) {
        id
        visible
      }
    }
  `),
};

export const defineTariff = {
  preview: graphql(
    `
      query PreviewDefineTariff($input: DefineTariffPreviewInput!, $language: Language!) {
        preview(command: { defineTariff: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation DefineTariff($input: DefineTariffInput!) {
      defineTariff(input: $input) {
        id
        visible
      }
    }
  `),
};

export const reviseTariff = {
  preview: graphql(
    `
      query PreviewReviseTariff($input: ReviseTariffPreviewInput!, $language: Language!) {
        preview(command: { reviseTariff: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ReviseTariff($input: ReviseTariffInput!) {
      reviseTariff(input: $input) {
        id
        visible
      }
    }
  `),
};

export const cloneTariff = {
  preview: graphql(
    `
      query PreviewCloneTariff($input: CloneTariffPreviewInput!, $language: Language!) {
        preview(command: { cloneTariff: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation CloneTariff($input: CloneTariffInput!) {
      cloneTariff(input: $input) {
        id
        visible
      }
    }
  `),
};

export const changeRates = {
  preview: graphql(
    `
      query PreviewChangeRates($input: ChangeRatesPreviewInput!, $language: Language!) {
        preview(command: { changeRates: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ChangeRates($input: ChangeRatesInput!) {
      changeRates(input: $input) {
        id
        visible
      }
    }
  `),
};

export const removeRates = {
  preview: graphql(
    `
      query PreviewRemoveRates($input: RemoveRatesPreviewInput!, $language: Language!) {
        preview(command: { removeRates: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation RemoveRates($input: RemoveRatesInput!) {
      removeRates(input: $input) {
        id
        visible
      }
    }
  `),
};

/** What a call would cost: asked for when somebody wants to know. */
export const TEST_RATE = graphql(`
  query TestRate($tariffId: ID!, $number: String, $seconds: Int!, $at: Instant) {
    testRate(tariffId: $tariffId, number: $number, seconds: $seconds, at: $at) {
      state
      reason
      chargedSeconds
      amount
      currency
      rate {
        prefix
      }
      passedOver {
        prefix
      }
      steps {
        what
        unit
        value
      }
    }
  }
`);
export type Tested = NonNullable<ResultOf<typeof TEST_RATE>["testRate"]>;

/** All that a line of a file can change. */
const RATE_TERMS = graphql(`
  fragment RateTerms on RateTerms {
    priceFirst
    priceNext
    connectFee
    firstInterval
    nextInterval
    description
    country
    discontinued
    forbidden
    hidden
    payback
  }
`);

/** What an import would do with a part of a file. */
export const RATE_IMPORT = graphql(
  `
    query RateImport($file: RateFileInput!) {
      rateImport(file: $file) {
        mistakes {
          line
          column
          code
          message
          facts
        }
        changes {
          line
          kind
          before {
            ...RateTerms
          }
          after {
            prefix
            effectiveFrom
            ...RateTerms
          }
        }
      }
    }
  `,
  [RATE_TERMS],
);
export type RateMistake = NonNullable<ResultOf<typeof RATE_IMPORT>["rateImport"]>["mistakes"][number];
export type RateChange = NonNullable<ResultOf<typeof RATE_IMPORT>["rateImport"]>["changes"][number];

export const IMPORT_RATES = graphql(`
  mutation ImportRates($input: ImportRatesInput!) {
    importRates(input: $input) {
      id
      visible
    }
  }
`);

/** Rates of a tariff by when they hold: asked for page by page, where an import ends what its file does not have. */
export const HELD_RATES = graphql(`
  query HeldRates($tariffId: ID!, $mode: EffectiveMode!, $after: String) {
    rates(tariffId: $tariffId, first: 200, after: $after, filter: { effective: { mode: $mode } }) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          prefix
          effectiveFrom
          priceFirst
          priceNext
          connectFee
          firstInterval
          nextInterval
          discontinued
        }
      }
    }
  }
`);
export type HeldRate = ResultOf<typeof HELD_RATES>["rates"]["edges"][number]["node"];
