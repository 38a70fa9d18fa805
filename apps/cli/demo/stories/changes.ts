import { everyMonth, type Story } from "../story.js";
import { HOME } from "./home.js";

/** Moved in together: Robert's line is Linda's now, and what he paid too much is his balance. */
export const wilsons: Story = {
  name: "Robert and Linda Wilson",
  steps: [
    {
      on: "2025-01-10",
      give: "createCustomer",
      as: "Robert Wilson",
      input: {
        ...HOME,
        contact: {
          name: "Robert Wilson",
          email: "robert.wilson@example.com",
          address: { street: "77 Ocean Avenue", postalCode: "04101", city: "Portland", region: "ME", country: "US" },
        },
      },
    },
    {
      on: "2025-01-10",
      give: "createCustomer",
      as: "Linda Wilson",
      input: {
        ...HOME,
        billingPeriod: "MONTHLY_ANNIVERSARY",
        anniversaryDay: 10,
        contact: {
          name: "Linda Wilson",
          email: "linda.wilson@example.com",
          address: { street: "77 Ocean Avenue", postalCode: "04101", city: "Portland", region: "ME", country: "US" },
        },
      },
    },
    {
      on: "2025-01-10",
      give: "openAccount",
      as: "Robert's home",
      input: { customerId: "$Robert Wilson", identifier: "12075550144", mainProductId: "$Smart home" },
    },
    {
      on: "2025-01-10",
      give: "openAccount",
      as: "Linda's home",
      input: { customerId: "$Linda Wilson", identifier: "12075550145", mainProductId: "$Smart home" },
    },
    {
      on: "2025-01-10",
      give: "assignOffer",
      as: "Robert's Internet",
      input: { accountId: "$Robert's home", offerId: "$Internet 200" },
    },
    ...everyMonth("2025-02-10", "2026-04-10", { pays: "Robert Wilson", method: "BANK_TRANSFER" }),
    {
      on: "2026-04-10",
      give: "transferCommitment",
      input: {
        commitmentId: "$Robert's Internet",
        toAccountId: "$Linda's home",
        reason: "One household now",
      },
    },
    {
      on: "2026-05-10",
      give: "recordPayment",
      answers: "paymentId",
      input: {
        customerId: "$Robert Wilson",
        amount: "25.00",
        method: "BANK_TRANSFER",
        reference: "Standing order of May",
      },
    },
    ...everyMonth("2026-06-10", "2026-10-10", { pays: "Linda Wilson", method: "DIRECT_DEBIT" }),
  ],
};

/** Corrections: an invoice issued again, a pause dated back, a credit note, goodwill, and a payment that bounced. */
export const annaKowalski: Story = {
  name: "Anna Kowalski",
  steps: [
    {
      on: "2024-12-10",
      give: "createCustomer",
      as: "Anna Kowalski",
      input: {
        ...HOME,
        contact: {
          name: "Anna Kowalski",
          email: "anna.kowalski@example.com",
          phone: "+12075550155",
          address: {
            street: "19 Park Row",
            addition: "Apt. 4",
            postalCode: "04240",
            city: "Lewiston",
            region: "ME",
            country: "US",
          },
        },
      },
    },
    {
      on: "2024-12-10",
      give: "openAccount",
      as: "Anna's home",
      input: { customerId: "$Anna Kowalski", identifier: "12075550155", mainProductId: "$Smart home" },
    },
    {
      on: "2024-12-10",
      give: "assignOffer",
      as: "Anna's Turbo",
      input: { accountId: "$Anna's home", offerId: "$Turbo with a TV set" },
    },
    ...everyMonth("2025-01-10", "2026-08-10", { pays: "Anna Kowalski", method: "DIRECT_DEBIT" }),
    {
      on: "2025-04-20",
      give: "changeCustomerContact",
      input: {
        customerId: "$Anna Kowalski",
        address: { street: "21 Park Row", postalCode: "04240", city: "Lewiston", region: "ME", country: "US" },
      },
    },
    {
      on: "2025-04-20",
      give: "voidInvoice",
      input: { invoiceId: { invoiceOf: "Anna Kowalski", issued: "2025-04-01" }, reason: "Wrong address on it" },
    },
    {
      on: "2025-04-20",
      give: "reissueInvoice",
      input: { invoiceId: { invoiceOf: "Anna Kowalski", issued: "2025-04-01" } },
    },
    {
      on: "2026-05-10",
      give: "pauseCommitment",
      input: {
        commitmentId: "$Anna's Turbo",
        from: "2026-04-06",
        until: "2026-04-19",
        reason: "The line was down after the storm",
      },
    },
    {
      on: "2026-05-10",
      give: "issueCreditNote",
      input: { customerId: "$Anna Kowalski", correcting: "2026-04-06", reason: "Asked for the money now" },
    },
    {
      on: "2026-07-10",
      give: "pauseCommitment",
      input: {
        commitmentId: "$Anna's Turbo",
        from: "2026-06-22",
        until: "2026-06-24",
        reason: "Cable damaged at the road works",
      },
    },
    {
      on: "2026-07-10",
      give: "issueGoodwillCredit",
      input: { customerId: "$Anna Kowalski", amount: "5.00", reason: "Twice without a line in a quarter" },
    },
    {
      on: "2026-09-10",
      give: "recordPayment",
      as: "Anna's payment of September",
      answers: "paymentId",
      input: {
        customerId: "$Anna Kowalski",
        amount: "15.00",
        method: "DIRECT_DEBIT",
        reference: "Kowalski, September",
      },
    },
    {
      on: "2026-09-20",
      give: "reversePayment",
      input: { paymentId: "$Anna's payment of September", reason: "The bank returned the debit" },
    },
    { on: "2026-10-10", pays: "Anna Kowalski", method: "CARD" },
  ],
};

/** Just signed up: nothing is billed yet, and the line starts with November. */
export const tomBaker: Story = {
  name: "Tom Baker",
  steps: [
    {
      on: "2026-10-20",
      give: "createCustomer",
      as: "Tom Baker",
      input: {
        ...HOME,
        contact: {
          name: "Tom Baker",
          email: "tom.baker@example.com",
          address: {
            street: "2 Lighthouse Road",
            postalCode: "04106",
            city: "South Portland",
            region: "ME",
            country: "US",
          },
        },
      },
    },
    {
      on: "2026-10-20",
      give: "openAccount",
      as: "Tom's home",
      input: { customerId: "$Tom Baker", identifier: "12075550166", mainProductId: "$Smart home" },
    },
    {
      on: "2026-10-20",
      give: "assignOffer",
      as: "Tom's Turbo",
      input: { accountId: "$Tom's home", offerId: "$Turbo with a TV set", effectiveOn: "2026-11-01" },
    },
    {
      on: "2026-10-20",
      give: "assignOffer",
      as: "Tom's IPTV",
      input: { accountId: "$Tom's home", offerId: "$IPTV", effectiveOn: "2026-11-01" },
    },
  ],
};
