import { type Client } from "./graphql.js";

/** Offers of rows that are all alike, to be signed up for through the front door. */
export interface Lines {
  /** Defines an offer with so many rows, each 10.00 a month with 2.00 off for 24 months. Resolves with its id. */
  offer(rows: number): Promise<string>;
  /** Creates a customer with one account that holds the offers. Resolves with the ids of all. */
  signUp(
    index: number,
    offerIds: readonly string[],
  ): Promise<{ readonly customerId: string; readonly accountId: string; readonly commitmentIds: readonly string[] }>;
}

/** Defines what the offers need. */
export const defineLines = async (graphql: Client): Promise<Lines> => {
  const plan = await graphql.mutate("definePlan", {
    name: "Line",
    currency: "USD",
    recurringFees: [{ period: "MONTHLY", amount: "10.00" }],
    minimumPeriods: 24,
  });
  const mainProduct = await graphql.mutate("defineMainProduct", { name: "Base", addOnProductIds: [] });
  return {
    offer: async (rows) => {
      const { id } = await graphql.mutate("defineOffer", {
        name: `${rows} lines`,
        currency: "USD",
        discountPeriods: 24,
        recurringFees: Array.from({ length: rows }, () => ({ planId: plan.id, discount: "2.00" })),
      });
      return id;
    },
    signUp: async (index, offerIds) => {
      const contact = { name: `Customer ${index}` };
      const { id: customerId } = await graphql.mutate("createCustomer", { currency: "USD", contact });
      const account = await graphql.mutate("openAccount", {
        customerId,
        identifier: `line-${index}`,
        mainProductId: mainProduct.id,
      });
      const commitmentIds: string[] = [];
      for (const offerId of offerIds) {
        commitmentIds.push((await graphql.mutate("assignOffer", { accountId: account.id, offerId })).id);
      }
      return { customerId, accountId: account.id, commitmentIds };
    },
  };
};
