import { type ResultOf } from "gql.tada";
import { graphql } from "../../../../web/graphql.js";
import { HISTORY_ENTRIES } from "../../frame/history-entries.js";
import { VOICE_SERVICE } from "../../voice/service.js";

/** Where an item's page is asked for again without its history. */
export const NO_HISTORY = { language: "EN", history: false } as const;

/* The one query of each list, a hundred rows at a time, and of each item's page. */

export const OFFERS = graphql(`
  query CatalogOffers($filter: OfferFilter, $first: Int!, $after: String) {
    offers(filter: $filter, sort: { by: NAME }, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          currency
          status
          discountPeriods
          recurringFees {
            discount
            plan {
              name
              recurringFees {
                period
                amount
              }
            }
            addOnProduct {
              name
            }
            discountedFees {
              period
              amount
            }
          }
          oneTimeFees {
            description
            fee
            discount
            discountedFee
          }
        }
      }
    }
  }
`);
export type ListedOffer = ResultOf<typeof OFFERS>["offers"]["edges"][number]["node"];

export const OFFER = graphql(
  `
    query CatalogOffer($id: ID!, $period: BillingPeriodType!, $language: Language!, $history: Boolean!) {
      offer(id: $id) {
        id
        name
        description
        currency
        status
        revision
        discountPeriods
        transferFee
        recurringFees {
          discount
          plan {
            id
            name
            recurringFees {
              period
              amount
            }
          }
          addOnProduct {
            id
            name
          }
          discountedFees {
            period
            amount
          }
        }
        oneTimeFees {
          description
          service
          fee
          discount
          discountedFee
        }
        costs(billingPeriod: $period, months: 60) {
          start
          discountEnd
          oneTime
          discountedPrice
          priceAfterDiscount
          total
          leaving {
            on
            penalty
          }
        }
        history(first: 50, language: $language) @include(if: $history) {
          ...HistoryEntries
        }
      }
    }
  `,
  [HISTORY_ENTRIES],
);
export type ShownOffer = NonNullable<ResultOf<typeof OFFER>["offer"]>;

export const PLANS = graphql(`
  query CatalogPlans($filter: PlanFilter, $first: Int!, $after: String) {
    plans(filter: $filter, sort: { by: NAME }, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          currency
          minimumPeriods
          penalty
          penaltyAmount
          recurringFees {
            period
            amount
          }
        }
      }
    }
  }
`);
export type ListedPlan = ResultOf<typeof PLANS>["plans"]["edges"][number]["node"];

export const PLAN = graphql(
  `
    query CatalogPlan($id: ID!, $language: Language!, $history: Boolean!) {
      plan(id: $id) {
        id
        name
        currency
        minimumPeriods
        penalty
        penaltyAmount
        prorateFirst
        prorateLast
        recurringFees {
          period
          amount
        }
        history(first: 50, language: $language) @include(if: $history) {
          ...HistoryEntries
        }
      }
    }
  `,
  [HISTORY_ENTRIES],
);
export type ShownPlan = NonNullable<ResultOf<typeof PLAN>["plan"]>;

export const ADD_ON_PRODUCTS = graphql(`
  query CatalogAddOnProducts($filter: AddOnProductFilter, $first: Int!, $after: String) {
    addOnProducts(filter: $filter, sort: { by: NAME }, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          service
          quota
          volumeDiscountPlan {
            id
            name
          }
          voice {
            maxCalls
          }
        }
      }
    }
  }
`);
export type ListedAddOnProduct = ResultOf<typeof ADD_ON_PRODUCTS>["addOnProducts"]["edges"][number]["node"];

export const ADD_ON_PRODUCT = graphql(
  `
    query CatalogAddOnProduct($id: ID!, $language: Language!, $history: Boolean!) {
      addOnProduct(id: $id) {
        id
        name
        service
        quota
        volumeDiscountPlan {
          id
          name
        }
        voice {
          ...VoiceService
        }
        history(first: 50, language: $language) @include(if: $history) {
          ...HistoryEntries
        }
      }
      mainProducts(filter: { addOnProductId: $id }, sort: { by: NAME }, first: 200) {
        edges {
          node {
            id
            name
          }
        }
      }
    }
  `,
  [HISTORY_ENTRIES, VOICE_SERVICE],
);

export const MAIN_PRODUCTS = graphql(`
  query CatalogMainProducts($filter: MainProductFilter, $first: Int!, $after: String) {
    mainProducts(filter: $filter, sort: { by: NAME }, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          addOnProducts {
            id
            name
          }
          voice {
            maxCalls
          }
        }
      }
    }
  }
`);
export type ListedMainProduct = ResultOf<typeof MAIN_PRODUCTS>["mainProducts"]["edges"][number]["node"];

export const MAIN_PRODUCT = graphql(
  `
    query CatalogMainProduct($id: ID!, $language: Language!, $history: Boolean!) {
      mainProduct(id: $id) {
        id
        name
        addOnProducts {
          id
          name
          service
          quota
        }
        voice {
          ...VoiceService
        }
        history(first: 50, language: $language) @include(if: $history) {
          ...HistoryEntries
        }
      }
    }
  `,
  [HISTORY_ENTRIES, VOICE_SERVICE],
);
export type ShownMainProduct = NonNullable<ResultOf<typeof MAIN_PRODUCT>["mainProduct"]>;

export const VOLUME_DISCOUNT_PLANS = graphql(`
  query CatalogVolumeDiscountPlans($filter: VolumeDiscountPlanFilter, $first: Int!, $after: String) {
    volumeDiscountPlans(filter: $filter, sort: { by: NAME }, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          name
          service
          quota
          unit
          thresholds {
            from
            percent
          }
        }
      }
    }
  }
`);
export type ListedVolumeDiscountPlan = ResultOf<
  typeof VOLUME_DISCOUNT_PLANS
>["volumeDiscountPlans"]["edges"][number]["node"];

export const VOLUME_DISCOUNT_PLAN = graphql(
  `
    query CatalogVolumeDiscountPlan($id: ID!, $language: Language!, $history: Boolean!) {
      volumeDiscountPlan(id: $id) {
        id
        name
        service
        quota
        unit
        thresholds {
          from
          percent
        }
        history(first: 50, language: $language) @include(if: $history) {
          ...HistoryEntries
        }
      }
    }
  `,
  [HISTORY_ENTRIES],
);
