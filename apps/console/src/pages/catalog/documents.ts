import { graphql } from "../../../../web/graphql.js";
import { PREVIEWED } from "../../command/previewed.js";

/* Each command on the catalog: how it is previewed, and how it is given. */

export const defineOffer = {
  preview: graphql(
    `
      query PreviewDefineOffer($input: DefineOfferPreviewInput!, $language: Language!) {
        preview(command: { defineOffer: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation DefineOffer($input: DefineOfferInput!) {
      defineOffer(input: $input) {
        id
        visible
      }
    }
  `),
};

export const reviseOffer = {
  preview: graphql(
    `
      query PreviewReviseOffer($input: ReviseOfferPreviewInput!, $language: Language!) {
        preview(command: { reviseOffer: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ReviseOffer($input: ReviseOfferInput!) {
      reviseOffer(input: $input) {
        id
        visible
      }
    }
  `),
};

export const withdrawOffer = {
  preview: graphql(
    `
      query PreviewWithdrawOffer($input: WithdrawOfferPreviewInput!, $language: Language!) {
        preview(command: { withdrawOffer: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation WithdrawOffer($input: WithdrawOfferInput!) {
      withdrawOffer(input: $input) {
        id
        visible
      }
    }
  `),
};

export const putOfferBackOnSale = {
  preview: graphql(
    `
      query PreviewPutOfferBackOnSale($input: PutOfferBackOnSalePreviewInput!, $language: Language!) {
        preview(command: { putOfferBackOnSale: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation PutOfferBackOnSale($input: PutOfferBackOnSaleInput!) {
      putOfferBackOnSale(input: $input) {
        id
        visible
      }
    }
  `),
};

export const deleteOffer = {
  preview: graphql(
    `
      query PreviewDeleteOffer($input: DeleteOfferPreviewInput!, $language: Language!) {
        preview(command: { deleteOffer: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation DeleteOffer($input: DeleteOfferInput!) {
      deleteOffer(input: $input) {
        id
        visible
      }
    }
  `),
};

export const definePlan = {
  preview: graphql(
    `
      query PreviewDefinePlan($input: DefinePlanPreviewInput!, $language: Language!) {
        preview(command: { definePlan: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation DefinePlan($input: DefinePlanInput!) {
      definePlan(input: $input) {
        id
        visible
      }
    }
  `),
};

export const revisePlan = {
  preview: graphql(
    `
      query PreviewRevisePlan($input: RevisePlanPreviewInput!, $language: Language!) {
        preview(command: { revisePlan: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation RevisePlan($input: RevisePlanInput!) {
      revisePlan(input: $input) {
        id
        visible
      }
    }
  `),
};

export const defineAddOnProduct = {
  preview: graphql(
    `
      query PreviewDefineAddOnProduct($input: DefineAddOnProductPreviewInput!, $language: Language!) {
        preview(command: { defineAddOnProduct: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation DefineAddOnProduct($input: DefineAddOnProductInput!) {
      defineAddOnProduct(input: $input) {
        id
        visible
      }
    }
  `),
};

export const defineMainProduct = {
  preview: graphql(
    `
      query PreviewDefineMainProduct($input: DefineMainProductPreviewInput!, $language: Language!) {
        preview(command: { defineMainProduct: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation DefineMainProduct($input: DefineMainProductInput!) {
      defineMainProduct(input: $input) {
        id
        visible
      }
    }
  `),
};

export const reviseMainProduct = {
  preview: graphql(
    `
      query PreviewReviseMainProduct($input: ReviseMainProductPreviewInput!, $language: Language!) {
        preview(command: { reviseMainProduct: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation ReviseMainProduct($input: ReviseMainProductInput!) {
      reviseMainProduct(input: $input) {
        id
        visible
      }
    }
  `),
};

export const defineVolumeDiscountPlan = {
  preview: graphql(
    `
      query PreviewDefineVolumeDiscountPlan($input: DefineVolumeDiscountPlanPreviewInput!, $language: Language!) {
        preview(command: { defineVolumeDiscountPlan: $input }) {
          ...Previewed
        }
      }
    `,
    [PREVIEWED],
  ),
  mutation: graphql(`
    mutation DefineVolumeDiscountPlan($input: DefineVolumeDiscountPlanInput!) {
      defineVolumeDiscountPlan(input: $input) {
        id
        visible
      }
    }
  `),
};

/** What rows of an offer are made of; asked once its drawer is opened. */
export const PARTS_OF_OFFERS = graphql(`
  query PartsOfOffers {
    plans(first: 200, sort: { by: NAME }) {
      edges {
        node {
          id
          name
          currency
        }
      }
    }
    addOnProducts(first: 200, sort: { by: NAME }) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

/** What a main product can be sold with. */
export const ADD_ON_CHOICES = graphql(`
  query AddOnChoices {
    addOnProducts(first: 200, sort: { by: NAME }) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

/** What an add-on product can refer to. */
export const VOLUME_DISCOUNT_PLAN_CHOICES = graphql(`
  query VolumeDiscountPlanChoices {
    volumeDiscountPlans(first: 200, sort: { by: NAME }) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);
