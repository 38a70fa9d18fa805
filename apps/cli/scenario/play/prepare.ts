import { type Catalog, type CustomerItem, type TariffItem } from "../items.js";
import {
  addOnProductInput,
  customerClassInput,
  customerInput,
  mainProductInput,
  offerInput,
  servicePolicyInput,
  subscriptionInput,
  tariffInput,
  voiceInput,
  volumeDiscountPlanInput,
} from "./inputs.js";
import { type Sender, type Session } from "./session.js";

/** Defines the catalog, in order of references. */
export const defineCatalog = async (catalog: Catalog, session: Session<Sender>): Promise<void> => {
  const { ids } = session;
  for (const item of catalog.servicePolicies) {
    await session.make(item, "servicePolicy", "defineServicePolicy", () => servicePolicyInput(item));
  }
  for (const item of catalog.tariffs) await defineTariff(item, session);
  for (const item of catalog.volumeDiscountPlans) {
    await session.make(item, "volumeDiscountPlan", "defineVolumeDiscountPlan", () => volumeDiscountPlanInput(item));
  }
  for (const item of catalog.addOnProducts) {
    await session.make(item, "addOnProduct", "defineAddOnProduct", () => addOnProductInput(item, ids));
  }
  for (const item of catalog.subscriptions) {
    await session.make(item, "subscription", "definePlan", () => subscriptionInput(item));
  }
  for (const item of catalog.mainProducts) {
    await session.make(item, "mainProduct", "defineMainProduct", () => mainProductInput(item, ids));
  }
  for (const item of catalog.customerClasses) {
    await session.make(item, "customerClass", "defineCustomerClass", () => customerClassInput(item));
  }
  for (const item of catalog.commitments) {
    await session.make(item, "offer", "defineOffer", () => offerInput(item, ids));
  }
};

/** A tariff that must be rejected may be rejected for a rate. */
const defineTariff = (item: TariffItem, session: Session<Sender>): Promise<void> =>
  session.attempt(item, `defineTariff ${item.name}`, async () => {
    const makes = ["tariff", item.name] as const;
    const tariffId = await session.send({ name: "defineTariff", input: tariffInput(item), makes });
    if (item.rates.length > 0) await session.send({ name: "changeRates", input: { tariffId, rates: item.rates } });
  });

/** Creates a customer with its accounts. A customer that must be rejected may be rejected for an account. */
export const createCustomer = async (item: CustomerItem, session: Session<Sender>): Promise<void> => {
  const { ids } = session;
  const open = async ({ id, mainProduct, voice }: CustomerItem["accounts"][number]): Promise<void> => {
    const customerId = ids.get("customer", item.name);
    const input = { customerId, identifier: id, mainProductId: ids.get("mainProduct", mainProduct) };
    const accountId = await session.send({ name: "openAccount", input, makes: ["account", id] });
    if (voice) await session.send({ name: "configureAccountVoice", input: { accountId, ...voiceInput(voice, ids) } });
  };
  const create = async (): Promise<void> => {
    await session.send({
      name: "createCustomer",
      input: customerInput(item, ids),
      makes: ["customer", item.name],
    });
  };
  if (item.rejected !== undefined) {
    await session.attempt(item, `createCustomer ${item.name}`, async () => {
      await create();
      for (const account of item.accounts) await open(account);
    });
    return;
  }
  await session.attempt(item, `createCustomer ${item.name}`, create);
  for (const account of item.accounts) {
    await session.attempt({ line: account.line }, `openAccount ${account.id}`, () => open(account));
  }
};
