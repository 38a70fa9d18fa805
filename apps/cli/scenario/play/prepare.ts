import { type Catalog, type CustomerItem } from "../items.js";
import {
  addOnProductInput,
  customerClassInput,
  customerInput,
  mainProductInput,
  offerInput,
  subscriptionInput,
  volumeDiscountPlanInput,
} from "./inputs.js";
import { type Sender, type Session } from "./session.js";

/** Defines the catalog, in order of references. */
export const defineCatalog = async (catalog: Catalog, session: Session<Sender>): Promise<void> => {
  const { ids } = session;
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

/** Creates a customer with its accounts. A customer that must be rejected may be rejected for an account. */
export const createCustomer = async (item: CustomerItem, session: Session<Sender>): Promise<void> => {
  const { ids } = session;
  const open = async ({ id, mainProduct }: CustomerItem["accounts"][number]): Promise<void> => {
    const customerId = ids.get("customer", item.name);
    const input = { customerId, identifier: id, mainProductId: ids.get("mainProduct", mainProduct) };
    await session.send({ name: "openAccount", input, makes: ["account", id] });
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
