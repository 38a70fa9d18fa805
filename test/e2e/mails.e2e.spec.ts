import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { targetNames } from "#processors/deliveries/target.js";
import { type Client, client } from "../support/graphql.js";
import { type Stack, startStack } from "../support/stack.js";

/** The text of a mail in a file, its subject first. */
const read = async (folder: string, file: string): Promise<string> => {
  const { subject = "", text = "" } = await simpleParser(await readFile(join(folder, file)));
  return `${subject}\n${text}`.replaceAll("\u00a0", " ");
};

/** Without a mail server, a newcomer finds mails in the data folder. */
describe("a customer who moves in", () => {
  let stack: Stack;
  let graphql: Client;
  let customerId = "";
  let folder = "";

  beforeAll(async () => {
    stack = await startStack();
    graphql = client(stack.url, (await client(stack.url).mutate("createProvider", { name: "Northern Telecom" })).id);
    await graphql.mutate("setTestClock", { at: "2020-07-01T12:00:00.000Z" });
    const { id: planId } = await graphql.mutate("definePlan", {
      name: "Turbo 1 GB",
      currency: "USD",
      recurringFees: [{ period: "MONTHLY", amount: "20.00" }],
      minimumPeriods: 24,
    });
    const { id: addOnProductId } = await graphql.mutate("defineAddOnProduct", { name: "1 GB", service: "Internet" });
    const { id: mainProductId } = await graphql.mutate("defineMainProduct", {
      name: "Smart call",
      addOnProductIds: [addOnProductId],
    });
    const { id: offerId } = await graphql.mutate("defineOffer", {
      name: "Turbo 1GB",
      currency: "USD",
      discountPeriods: 24,
      recurringFees: [{ planId, addOnProductId, discount: "5.00" }],
    });
    const contact = { name: "Jane Doe", email: "jane@example.org" };
    const { id: customerClassId } = await graphql.mutate("defineCustomerClass", {
      name: "Strict",
      ...{ remindAfterDays: [2], warnBeforeSuspensionDays: 3, suspendAfterDays: 10 },
      dateFormat: { name: "EUROPEAN" },
    });
    customerId = (await graphql.mutate("createCustomer", { currency: "USD", contact, customerClassId })).id;
    const account = { customerId, identifier: "12012555215", mainProductId };
    const { id: accountId } = await graphql.mutate("openAccount", account);
    await graphql.mutate("assignOffer", { accountId, offerId });
  });
  afterAll(() => stack.stop());

  it("is told at the start where mails go", () => {
    const told = /^ +Mails +written to (.+) as \.eml files/m.exec(stack.output());
    folder = told?.[1] ?? "";
    expect(folder).toMatch(/mails$/);
  });

  it("gets a mail with the invoice as a PDF once the month is over, in a file that mail programs open", async () => {
    await graphql.mutate("advanceTestClock", { to: "2020-08-01T12:00:00.000Z" });
    const files = await vi.waitFor(async () => {
      const { customer } = await graphql.request<{ customer: { deliveries: { edges: { node: object }[] } } }>(
        `{ customer(id: "${customerId}") { deliveries { edges { node { target kind on status } } } } }`,
      );
      expect(customer.deliveries.edges.map(({ node }) => node)).toEqual([
        { target: "EMAIL", kind: "INVOICE_GENERATED", on: "2020-08-01", status: "DELIVERED" },
      ]);
      return readdir(folder);
    }, 120_000);
    expect(files).toEqual([expect.stringMatching(/^2020-08-01-INVOICE_GENERATED-[0-9a-f-]{36}\.eml$/)]);
    const mail = await simpleParser(await readFile(join(folder, files[0] ?? "")));
    expect([mail.to].flat().map((to) => to?.text)).toEqual(['"Jane Doe" <jane@example.org>']);
    expect(mail.from?.value[0]?.name).toBe("Northern Telecom");
    expect(mail.subject).toBe("Your invoice INV-000001 from Northern Telecom");
    expect(mail.text).toContain("Please pay $15.00 by 15.08.2020;");
    expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      ["INV-000001.pdf", "application/pdf"],
    ]);
    expect(mail.attachments[0]?.content.subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("is told of each step of collection, and thanked for the payment that ends it", async () => {
    await graphql.mutate("advanceTestClock", { to: "2020-08-26T12:00:00.000Z" });
    // What is paid before a mail is made is not demanded.
    await vi.waitFor(async () => {
      expect((await readdir(folder)).filter((file) => file.includes("-SUSPENDED-"))).toHaveLength(1);
    }, 120_000);
    await graphql.mutate("recordPayment", {
      ...{ customerId, amount: "15.00", currency: "USD", method: "BANK_TRANSFER", valueOn: "2020-08-25" },
      reference: "R1",
    });
    const files = await vi.waitFor(async () => {
      const found = (await readdir(folder)).sort();
      expect(found.map((file) => file.replace(/-[0-9a-f-]{36}\.eml$/, ""))).toEqual([
        "2020-08-01-INVOICE_GENERATED",
        "2020-08-16-INVOICE_OVERDUE",
        "2020-08-17-REMINDER",
        "2020-08-22-ABOUT_TO_BE_SUSPENDED",
        "2020-08-25-SUSPENDED",
        "2020-08-26-PAYMENT_RECEIVED",
      ]);
      return found;
    }, 120_000);
    const [, overdue = "", reminder = "", warning = "", suspended = "", payment = ""] = files;
    expect(await read(folder, overdue)).toContain("was due on 15.08.2020, and $15.00 of it is not paid yet.");
    expect(await read(folder, reminder)).toContain("- Invoice INV-000001 of 01.08.2020, due on 15.08.2020: $15.00");
    expect(await read(folder, warning)).toContain("Your service will be suspended on 25.08.2020\n");
    expect(await read(folder, suspended)).toContain("$15.00 is overdue. Your service will be restored");
    expect(await read(folder, payment)).toContain(
      "We received your payment of $15.00 on 25.08.2020 with the reference R1.",
    );
  });

  it("shows the folder as the target's configuration", async () => {
    const shown = async (): Promise<object[]> =>
      (
        await graphql.request<{ targets: object[] }>(
          "{ targets { name on stub delivered configuration { key value } } }",
        )
      ).targets;
    // A file is there a moment before its delivery is noted.
    await expect
      .poll(async () => (await shown())[0])
      .toEqual({
        ...{ name: "EMAIL", on: true, stub: false, delivered: 6 },
        configuration: [{ key: "TENURE_MAIL_FOLDER", value: folder }],
      });
    expect((await shown()).slice(1)).toEqual(
      targetNames.slice(1).map((name) => ({ name, on: false, stub: false, delivered: 0, configuration: [] })),
    );
  });
});
