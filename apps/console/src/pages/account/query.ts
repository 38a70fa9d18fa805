import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";
import { PREVIEWED } from "../../command/previewed.js";
import { HISTORY_ENTRIES } from "../../frame/history-entries.js";
import { VOICE_SERVICE } from "../../voice/service.js";

/** How calls of an account are made, and where each setting comes from. */
const VOICE_OF_ACCOUNT = graphql(
  `
    fragment VoiceOfAccount on AccountVoice {
      service {
        ...VoiceService
      }
      origins {
        servicePolicy
        sipContact
        maxCalls
        maxSeconds
        incomingTariff
        outgoingTariff
        language
      }
    }
  `,
  [VOICE_SERVICE],
);

/** The one query of the page. */
export const ACCOUNT = graphql(
  `
    query Account(
      $id: ID!
      $asOf: AsOfInput
      $isPast: Boolean!
      $on: LocalDate
      $calls: Boolean!
      $staff: Boolean!
      $language: Language!
    ) {
      account(id: $id, asOf: $asOf) {
        id
        identifier
        aliases @include(if: $isPast)
        status
        openedOn
        closedOn
        mainProduct {
          id
          name
        }
        customer {
          id
          status
          currency
          timeZone
          today
          contact {
            name
          }
        }
        entitlements(on: $on) {
          on
          addOns {
            rowId
            service
            quota
            state
            upgradedUntil
            addOnProduct {
              name
            }
            volumeDiscountPlan {
              name
              quota
              unit
            }
            commitment {
              id
              terms {
                name
              }
            }
          }
        }
        voice(on: $on) @include(if: $calls) {
          state
          mainProduct {
            name
          }
          addOnProduct {
            name
          }
          ...VoiceOfAccount
        }
        commitments(first: 200) {
          totalCount
          edges {
            node {
              id
              status
              start
              terminatedOn
              discountEndDate
              discountEndKind
              discountEndOpen
              terms {
                name
              }
            }
          }
        }
        timeline {
          today
          from
          until
          commitments {
            commitment {
              id
              pauseRequests {
                from
                until
                status
              }
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
          suspensions {
            from
            until
          }
        }
        history(first: 100, language: $language, filter: { essential: true }) @include(if: $staff) {
          ...HistoryEntries
        }
      }
      accountAliases(filter: { accountId: $id, kind: ALIAS }, first: 200) @skip(if: $isPast) {
        totalCount
        edges {
          node {
            alias
            realm
            role
            allowAuthentication
          }
        }
      }
    }
  `,
  [HISTORY_ENTRIES, VOICE_OF_ACCOUNT],
);

export type ShownAliases = NonNullable<ResultOf<typeof ACCOUNT>["accountAliases"]>;
export type ShownAlias = ShownAliases["edges"][number]["node"];
export type ShownAccount = NonNullable<ResultOf<typeof ACCOUNT>["account"]>;
export type HeldCommitment = ShownAccount["commitments"]["edges"][number]["node"];

/** What can be added to an account: asked for once somebody wants to. */
export const OFFERS = graphql(`
  query OffersToAdd($filter: OfferFilter) {
    offers(first: 200, filter: $filter, sort: { by: NAME }) {
      edges {
        node {
          id
          name
          discountPeriods
        }
      }
    }
  }
`);

export const MAIN_PRODUCTS = graphql(`
  query MainProductsToChoose {
    mainProducts(first: 200, sort: { by: NAME }) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

export const PREVIEW_ASSIGN = graphql(
  `
    query PreviewAssignOffer($input: AssignOfferPreviewInput!, $language: Language!) {
      preview(command: { assignOffer: $input }) {
        ...Previewed
      }
    }
  `,
  [PREVIEWED],
);
export const ASSIGN = graphql(`
  mutation AssignOffer($input: AssignOfferInput!) {
    assignOffer(input: $input) {
      id
      visible
    }
  }
`);

export const PREVIEW_ADD_ALIAS = graphql(
  `
    query PreviewAddAlias($input: AddAliasPreviewInput!, $language: Language!) {
      preview(command: { addAlias: $input }) {
        ...Previewed
      }
    }
  `,
  [PREVIEWED],
);
export const ADD_ALIAS = graphql(`
  mutation AddAlias($input: AddAliasInput!) {
    addAlias(input: $input) {
      id
      visible
    }
  }
`);

export const PREVIEW_CHANGE_ALIAS = graphql(
  `
    query PreviewChangeAlias($input: ChangeAliasPreviewInput!, $language: Language!) {
      preview(command: { changeAlias: $input }) {
        ...Previewed
      }
    }
  `,
  [PREVIEWED],
);
export const CHANGE_ALIAS = graphql(`
  mutation ChangeAlias($input: ChangeAliasInput!) {
    changeAlias(input: $input) {
      id
      visible
    }
  }
`);

export const PREVIEW_REMOVE_ALIAS = graphql(
  `
    query PreviewRemoveAlias($input: RemoveAliasPreviewInput!, $language: Language!) {
      preview(command: { removeAlias: $input }) {
        ...Previewed
      }
    }
  `,
  [PREVIEWED],
);
export const REMOVE_ALIAS = graphql(`
  mutation RemoveAlias($input: RemoveAliasInput!) {
    removeAlias(input: $input) {
      id
      visible
    }
  }
`);

export const PREVIEW_MAIN_PRODUCT = graphql(
  `
    query PreviewChangeMainProduct($input: ChangeMainProductPreviewInput!, $language: Language!) {
      preview(command: { changeMainProduct: $input }) {
        ...Previewed
      }
    }
  `,
  [PREVIEWED],
);
export const CHANGE_MAIN_PRODUCT = graphql(`
  mutation ChangeMainProduct($input: ChangeMainProductInput!) {
    changeMainProduct(input: $input) {
      id
      visible
    }
  }
`);

export const PREVIEW_CLOSE = graphql(
  `
    query PreviewCloseAccount($input: CloseAccountPreviewInput!, $language: Language!) {
      preview(command: { closeAccount: $input }) {
        ...Previewed
      }
    }
  `,
  [PREVIEWED],
);
export const CLOSE = graphql(`
  mutation CloseAccount($input: CloseAccountInput!) {
    closeAccount(input: $input) {
      id
      visible
    }
  }
`);

export type ShownVoice = NonNullable<ShownAccount["voice"]>;

/** What there is, where somebody else configured it. */
export const VOICE = graphql(
  `
    query AccountVoice($id: ID!) {
      account(id: $id) {
        voice {
          ...VoiceOfAccount
        }
      }
    }
  `,
  [VOICE_OF_ACCOUNT],
);

export const PREVIEW_VOICE = graphql(
  `
    query PreviewConfigureAccountVoice($input: ConfigureAccountVoicePreviewInput!, $language: Language!) {
      preview(command: { configureAccountVoice: $input }) {
        ...Previewed
      }
    }
  `,
  [PREVIEWED],
);
export const CONFIGURE_VOICE = graphql(`
  mutation ConfigureAccountVoice($input: ConfigureAccountVoiceInput!) {
    configureAccountVoice(input: $input) {
      id
      visible
    }
  }
`);
