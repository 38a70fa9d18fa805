/** Executes commands: a client of the API, or of the application in memory. */
export interface Runner {
  run(name: string, input: object): Promise<{ readonly id: string }>;
}

/** Ids of what a story begins with. */
export interface Story {
  readonly planId: string;
  readonly addOnProductId: string;
  readonly mainProductId: string;
  readonly offerId: string;
  readonly customerId: string;
  readonly accountId: string;
}

const idOf = async (answer: Promise<{ readonly id: string }>): Promise<string> => (await answer).id;

/** A catalog with one offer (20.00 monthly, 5.00 off), and a customer with one account. */
export const tellStory = async (client: Runner, identifier = "12012555215"): Promise<Story> => {
  const planId = await idOf(
    client.run("definePlan", {
      name: "Turbo",
      currency: "USD",
      minimumPeriods: 24,
      recurringFees: [{ period: "MONTHLY", amount: "20.00" }],
    }),
  );
  const addOnProductId = await idOf(client.run("defineAddOnProduct", { name: "1 GB", service: "Internet" }));
  const mainProductId = await idOf(
    client.run("defineMainProduct", { name: "Smart", addOnProductIds: [addOnProductId] }),
  );
  const offerId = await idOf(
    client.run("defineOffer", {
      name: "Turbo 1 GB",
      currency: "USD",
      discountPeriods: 24,
      recurringFees: [{ planId, addOnProductId, discount: "5.00" }],
    }),
  );
  const customerId = await idOf(client.run("createCustomer", { contact: { name: "John Doe" }, currency: "USD" }));
  const accountId = await idOf(client.run("openAccount", { customerId, identifier, mainProductId }));
  return { planId, addOnProductId, mainProductId, offerId, customerId, accountId };
};
