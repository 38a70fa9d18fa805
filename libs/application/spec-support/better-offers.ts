import { type Runner, type Story, tellStory } from "./story.js";

/** The story with offers to upgrade to. */
export interface Better extends Story {
  /** 2 GB, allowed with the story's main product. */
  readonly betterId: string;
  /** 30.00 monthly, 6.00 off for 12 periods, with 2 GB and a router at sign-up. */
  readonly bigId: string;
  /** 10.00 monthly, without a discount period. */
  readonly plainId: string;
}

export const tellBetter = async (client: Runner): Promise<Better> => {
  const story = await tellStory(client);
  const { mainProductId, addOnProductId } = story;
  const { id: betterId } = await client.run("defineAddOnProduct", { name: "2 GB", service: "Internet" });
  await client.run("reviseMainProduct", { mainProductId, addOnProductIds: [addOnProductId, betterId] });
  const plan = async (name: string, amount: string) => {
    const recurringFees = [{ period: "MONTHLY", amount }];
    return (await client.run("definePlan", { name, currency: "USD", minimumPeriods: 24, recurringFees })).id;
  };
  const row = { planId: await plan("Big", "30.00"), addOnProductId: betterId, discount: "6.00" };
  const router = { description: "Router", service: "Internet", fee: "40.00", discount: "10.00" };
  const { id: bigId } = await client.run("defineOffer", {
    name: "Big 2 GB",
    currency: "USD",
    discountPeriods: 12,
    recurringFees: [row],
    oneTimeFees: [router],
  });
  const { id: plainId } = await client.run("defineOffer", {
    name: "Plain",
    currency: "USD",
    recurringFees: [{ planId: await plan("Plain", "10.00") }],
  });
  return { ...story, betterId, bigId, plainId };
};
