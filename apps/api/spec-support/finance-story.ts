import { type Bench } from "./bench.js";
import { type Client } from "./client.js";
import { doDaysWork } from "./days-work.js";
import { tellTwoCustomers } from "./two-customers.js";

const IN_OCTOBER = "2020-10-02T12:00:00.000Z";

/** Texts that a spreadsheet would compute, on whatever an export shows. */
const FORMULA = '=HYPERLINK("http://example.org","Doe")';

/**
 * Everything that finance exports, of a provider whose test clock is in July 2020: two customers with transfers dated
 * back, and one in euros whose periods begin on the 15th; an upgrade, a pause dated back over a closed month, early
 * terminations with and without their penalty, a void invoice that is issued again and one that is not, and money of
 * every kind. It ends on October 2.
 */
export const tellFinance = async (bench: Bench, client: Client): Promise<{ readonly zoeId: string }> => {
  const { ann, bob } = await tellTwoCustomers(bench, client);
  const idOf = async (name: string, input: object) => (await client.run(name, input)).id;

  const fees = [{ period: "MONTHLY", amount: "31.00" }];
  const planId = await idOf("definePlan", { name: "@Fibre", currency: "EUR", minimumPeriods: 12, recurringFees: fees });
  const fibre = (name: string, discount: string) =>
    idOf("defineOffer", {
      ...{ name, currency: "EUR", discountPeriods: 12, transferFee: "3.00" },
      recurringFees: [{ planId, discount }],
      oneTimeFees: [{ description: "-Router", service: "Hardware", fee: "50.00", discount: "49.99" }],
    });
  const [home, office] = [await fibre("+Fibre home", "10.00"), await fibre("Fibre office", "1.00")];
  const mainProductId = await idOf("defineMainProduct", { name: "Line", addOnProductIds: [] });
  const zoeId = await idOf("createCustomer", {
    ...{ contact: { name: FORMULA }, currency: "EUR" },
    ...{ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 15 },
  });
  const opened = async (identifier: string) => idOf("openAccount", { customerId: zoeId, identifier, mainProductId });
  const [first, second] = [await opened("+390212345678"), await opened("@second")];
  const held = await idOf("assignOffer", { accountId: first, offerId: home });
  const ended = await idOf("assignOffer", { accountId: second, offerId: home });
  await bench.advance(client, IN_OCTOBER);
  await doDaysWork(bench, client, IN_OCTOBER);
  await client.run("pauseCommitment", {
    ...{ commitmentId: held, from: "2020-09-10", until: "2020-09-12", reason: "Moved house" },
  });
  await client.run("upgradeCommitment", { commitmentId: held, offerId: office });
  await client.run("transferCommitment", { commitmentId: ended, toAccountId: first, reason: "One line" });
  await client.run("terminateCommitment", { commitmentId: ended, reason: "Gone" });

  const [, annsSecond] = ann.ids["commitments"] ?? [];
  if (annsSecond !== undefined) {
    await client.run("terminateCommitment", { commitmentId: annsSecond, waivePenalty: "Complained" });
  }
  const [annsInvoice] = await invoicesOf(client, ann.customerId);
  const [bobsInvoice, bobsNext] = await invoicesOf(client, bob.customerId);
  await client.run("voidInvoice", { invoiceId: annsInvoice, reason: "-Wrong address" });
  await client.run("reissueInvoice", { invoiceId: annsInvoice });
  await client.run("voidInvoice", { invoiceId: bobsInvoice, reason: "Never delivered" });
  await client.run("recordPayment", { customerId: zoeId, amount: "100.00", reference: "=1+1", note: "\u0009Tab" });
  const bounced = { customerId: bob.customerId, amount: "7.00", reference: "bounced", invoiceId: bobsNext };
  const { paymentId } = (await client.run("recordPayment", bounced, "paymentId")) as unknown as { paymentId: string };
  await client.run("reversePayment", { paymentId, reason: "Bounced" });
  await doDaysWork(bench, client, IN_OCTOBER);
  for (const to of ["2020-11-16T12:00:00.000Z"]) {
    await bench.advance(client, to);
    await doDaysWork(bench, client, to);
  }
  const open = (await invoicesOf(client, zoeId)).at(-1);
  await client.run("writeOffInvoice", { invoiceId: open, reason: "Insolvent" });
  return { zoeId };
};

const invoicesOf = async (client: Client, customerId: string): Promise<string[]> => {
  const { invoices } = (await client.query(
    `query ($id: ID!) { invoices(filter: { customerId: $id }) { edges { node { id } } } }`,
    { id: customerId },
  )) as { invoices: { edges: { node: { id: string } }[] } };
  return invoices.edges.map(({ node }) => node.id);
};
