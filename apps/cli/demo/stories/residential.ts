import { everyMonth, type Story } from "../story.js";
import { HOME } from "./home.js";

/** Turbo with the TV set, IPTV that is paused, and a faster line for a while at the same fee. */
export const johnDoe: Story = {
  name: "John Doe",
  steps: [
    {
      on: "2024-11-12",
      give: "createCustomer",
      as: "John Doe",
      input: {
        ...HOME,
        contact: {
          name: "John Doe",
          email: "john.doe@example.com",
          phone: "+12012555215",
          address: { street: "12 Elm Street", postalCode: "07030", city: "Hoboken", region: "NJ", country: "US" },
        },
      },
    },
    {
      on: "2024-11-12",
      give: "openAccount",
      as: "John's home",
      input: { customerId: "$John Doe", identifier: "12012555215", mainProductId: "$Smart home" },
    },
    {
      on: "2024-11-12",
      give: "assignOffer",
      as: "John's Turbo",
      input: { accountId: "$John's home", offerId: "$Turbo with a TV set" },
    },
    { on: "2024-11-12", give: "addAlias", input: { accountId: "$John's home", alias: "12012555216" } },
    {
      on: "2024-12-10",
      give: "invitePerson",
      input: { customerId: "$John Doe", name: "John Doe", email: "john.doe@example.com" },
    },
    ...everyMonth("2024-12-10", "2026-10-10", { pays: "John Doe", method: "CARD" }),
    {
      on: "2025-02-10",
      give: "assignOffer",
      as: "John's IPTV",
      input: {
        accountId: "$John's home",
        offerId: "$IPTV",
        discountEnd: { kind: "SYNCHRONISED", commitmentId: "$John's Turbo" },
        reason: "Both end together, as agreed by phone",
      },
    },
    {
      on: "2025-07-10",
      give: "requestPause",
      input: { commitmentId: "$John's IPTV", from: "2025-08-01", until: "2025-08-21" },
    },
    {
      on: "2026-09-10",
      give: "orderTimeLimitedUpgrade",
      input: { commitmentId: "$John's Turbo", addOnProductId: "$Turbo Max line", until: "2026-11-09" },
    },
    {
      on: "2026-10-10",
      give: "pauseCommitment",
      input: { commitmentId: "$John's IPTV", from: "2026-10-12", until: "2026-11-30" },
    },
  ],
};

/** Left after ten months: the discounts and the TV set are claimed back, and half of it is given up. */
export const susanClark: Story = {
  name: "Susan Clark",
  steps: [
    {
      on: "2025-01-10",
      give: "createCustomer",
      as: "Susan Clark",
      input: {
        ...HOME,
        contact: {
          name: "Susan Clark",
          email: "susan.clark@example.com",
          phone: "+12075550111",
          address: { street: "8 Spring Lane", postalCode: "04102", city: "Portland", region: "ME", country: "US" },
        },
      },
    },
    {
      on: "2025-01-10",
      give: "openAccount",
      as: "Susan's home",
      input: { customerId: "$Susan Clark", identifier: "12075550111", mainProductId: "$Smart home" },
    },
    {
      on: "2025-01-10",
      give: "assignOffer",
      as: "Susan's Turbo",
      input: { accountId: "$Susan's home", offerId: "$Turbo with a TV set" },
    },
    ...everyMonth("2025-02-10", "2025-11-10", { pays: "Susan Clark", method: "BANK_TRANSFER" }),
    {
      on: "2025-11-10",
      give: "terminateCommitment",
      input: { commitmentId: "$Susan's Turbo", effectiveOn: "2025-11-30", reason: "Moves abroad" },
    },
    {
      on: "2026-01-10",
      give: "recordPayment",
      answers: "paymentId",
      input: { customerId: "$Susan Clark", amount: "250.00", method: "BANK_TRANSFER", reference: "Clark, first part" },
    },
    {
      on: "2026-01-10",
      give: "exemptFromCollection",
      input: { customerId: "$Susan Clark", exempt: true, reason: "Pays in parts" },
    },
    {
      on: "2026-03-10",
      give: "writeOffInvoice",
      input: { invoiceId: { invoiceOf: "Susan Clark", issued: "2025-12-01" }, reason: "Agreed to settle for half" },
    },
    { on: "2026-03-10", give: "closeCustomer", input: { customerId: "$Susan Clark", reason: "Has moved abroad" } },
  ],
};

/** Stopped paying in August: reminded, warned and suspended. */
export const peterNovak: Story = {
  name: "Peter Novak",
  steps: [
    {
      on: "2025-03-10",
      give: "createCustomer",
      as: "Peter Novak",
      input: {
        ...HOME,
        contact: {
          name: "Peter Novak",
          email: "peter.novak@example.com",
          phone: "+12075550122",
          address: { street: "31 Mill Road", postalCode: "04401", city: "Bangor", region: "ME", country: "US" },
        },
      },
    },
    {
      on: "2025-03-10",
      give: "openAccount",
      as: "Peter's home",
      input: { customerId: "$Peter Novak", identifier: "12075550122", mainProductId: "$Smart home" },
    },
    {
      on: "2025-03-10",
      give: "assignOffer",
      as: "Peter's Internet",
      input: { accountId: "$Peter's home", offerId: "$Internet 200" },
    },
    {
      on: "2025-09-10",
      give: "upgradeCommitment",
      input: { commitmentId: "$Peter's Internet", offerId: "$Turbo with a TV set" },
    },
    ...everyMonth("2025-04-10", "2026-07-10", { pays: "Peter Novak", method: "DIRECT_DEBIT" }),
  ],
};

/** Owes an invoice, promised to pay, and asks for a longer pause than her class allows. */
export const emilyBrown: Story = {
  name: "Emily Brown",
  steps: [
    {
      on: "2025-06-10",
      give: "createCustomer",
      as: "Emily Brown",
      input: {
        ...HOME,
        contact: {
          name: "Emily Brown",
          email: "emily.brown@example.com",
          phone: "+12075550133",
          address: { street: "5 Chapel Street", postalCode: "03801", city: "Portsmouth", region: "NH", country: "US" },
        },
      },
    },
    {
      on: "2025-06-10",
      give: "openAccount",
      as: "Emily's home",
      input: { customerId: "$Emily Brown", identifier: "16035550133", mainProductId: "$Smart home" },
    },
    {
      on: "2025-06-10",
      give: "assignOffer",
      as: "Emily's Internet",
      input: { accountId: "$Emily's home", offerId: "$Internet 200" },
    },
    {
      on: "2025-06-10",
      give: "assignOffer",
      as: "Emily's IPTV",
      input: { accountId: "$Emily's home", offerId: "$IPTV" },
    },
    {
      on: "2025-06-10",
      give: "setSubscriptionDiscountRate",
      input: { customerId: "$Emily Brown", rate: "10", effectiveOn: "2026-06-10", reason: "Stays for a second year" },
    },
    ...everyMonth("2025-07-10", "2026-08-10", { pays: "Emily Brown", method: "CARD" }),
    {
      on: "2026-10-10",
      give: "promiseToPay",
      input: { customerId: "$Emily Brown", by: "2026-10-31", note: "Gets her salary then" },
    },
    {
      on: "2026-10-20",
      give: "requestPause",
      input: { commitmentId: "$Emily's IPTV", from: "2026-11-05", until: "2027-01-15" },
    },
  ],
};
