import { type MutationStep, type Story } from "../story.js";

/** The first day of the demo: what the provider is and sells. */
export const FIRST_DAY = "2024-10-01";

const step = (give: string, as: string, input: MutationStep["input"]): MutationStep => ({
  on: FIRST_DAY,
  give,
  input,
  as,
});

const RATE = { effectiveFrom: `${FIRST_DAY}T00:00:00Z` };

export const catalog: Story = {
  name: "catalog",
  inAnyOrder: true,
  steps: [
    step("changeProviderSettings", "provider", {
      name: "Northern Telecom",
      invoiceNumberPrefix: "NT-",
      supportHourlyRate: { amount: "48.00", currency: "USD" },
    }),
    step("changeDocumentDetails", "details", {
      legalName: "Northern Telecom Inc.",
      address: { street: "200 Harbor Street", postalCode: "04101", city: "Portland", region: "ME", country: "US" },
      taxId: "01-2345678",
      email: "billing@northern.example",
      phone: "+1 207 555 0100",
      website: "https://northern.example",
      bankAccounts: [
        {
          holder: "Northern Telecom Inc.",
          bank: "Harbor Savings Bank",
          routingNumber: "011200608",
          accountNumber: "4417123456",
          currency: "USD",
        },
        {
          holder: "Northern Telecom Inc.",
          bank: "Banca del Porto",
          iban: "IT60X0542811101000000123456",
          currency: "EUR",
        },
      ],
    }),

    step("defineCustomerClass", "Residential", {
      name: "Residential",
      graceDays: 14,
      remindAfterDays: [7, 21],
      suspendAfterDays: 45,
      warnBeforeSuspensionDays: 7,
      terminateAfterDays: 120,
      selfPauseDaysPerYear: 30,
      selfPauseLongestDays: 30,
      selfPauseNoticeDays: 2,
    }),
    step("defineCustomerClass", "Business", {
      name: "Business",
      graceDays: 30,
      remindAfterDays: [10],
      rounding: "HALF_EVEN",
    }),
    step("defineCustomerClass", "Italia", {
      name: "Italia",
      graceDays: 20,
      language: "IT",
      dateFormat: { name: "EUROPEAN" },
      remindAfterDays: [10, 30],
      suspendAfterDays: 60,
    }),

    step("defineAddOnProduct", "Internet 200 line", {
      name: "Internet 200 Mbit/s",
      service: "Internet",
      quota: "200 Mbit/s",
    }),
    step("defineAddOnProduct", "Turbo line", { name: "Turbo 1 Gbit/s", service: "Internet", quota: "1 Gbit/s" }),
    step("defineAddOnProduct", "Turbo Max line", {
      name: "Turbo Max 2.5 Gbit/s",
      service: "Internet",
      quota: "2.5 Gbit/s",
    }),
    step("defineAddOnProduct", "IPTV channels", { name: "IPTV 120 channels", service: "TV", quota: "120 channels" }),
    step("defineAddOnProduct", "Calls", { name: "Unlimited calls", service: "Voice" }),
    step("defineMainProduct", "Smart home", {
      name: "Smart home",
      addOnProductIds: ["$Internet 200 line", "$Turbo line", "$Turbo Max line", "$IPTV channels", "$Calls"],
    }),
    step("defineMainProduct", "Office", {
      name: "Office",
      addOnProductIds: ["$Turbo line", "$Turbo Max line", "$Calls"],
    }),

    step("defineTariff", "Calls by destination", { name: "Calls by destination", currency: "USD" }),
    step("changeRates", "rates of calls", {
      tariffId: "$Calls by destination",
      rates: [
        { ...RATE, prefix: "1", country: "US", priceFirst: "0.02", priceNext: "0.02" },
        { ...RATE, prefix: "39", country: "IT", priceFirst: "0.08", priceNext: "0.08", connectFee: "0.05" },
        { ...RATE, prefix: "44", country: "GB", priceFirst: "0.06", priceNext: "0.06" },
        { ...RATE, prefix: "1900", country: "US", priceFirst: "1.50", priceNext: "1.50", forbidden: true },
      ],
    }),

    step("definePlan", "Turbo plan", {
      name: "Turbo 1 Gbit/s",
      currency: "USD",
      minimumPeriods: 24,
      recurringFees: [{ period: "MONTHLY", amount: "20.00" }],
    }),
    step("definePlan", "Internet 200 plan", {
      name: "Internet 200 Mbit/s",
      currency: "USD",
      minimumPeriods: 12,
      penalty: "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES",
      recurringFees: [{ period: "MONTHLY", amount: "14.00" }],
    }),
    step("definePlan", "IPTV plan", {
      name: "IPTV",
      currency: "USD",
      minimumPeriods: 12,
      recurringFees: [{ period: "MONTHLY", amount: "9.50" }],
    }),
    step("definePlan", "Fibre plan", {
      name: "Fibre for offices",
      currency: "USD",
      minimumPeriods: 12,
      penalty: "REMAINING_FEES",
      recurringFees: [{ period: "MONTHLY", amount: "120.00" }],
    }),
    step("definePlan", "Calls plan", {
      name: "Unlimited calls",
      currency: "USD",
      penalty: "NONE",
      recurringFees: [{ period: "MONTHLY", amount: "18.00" }],
    }),
    step("definePlan", "Fibra plan", {
      name: "Fibra 1 Giga",
      currency: "EUR",
      minimumPeriods: 24,
      recurringFees: [
        { period: "MONTHLY", amount: "26.90" },
        { period: "QUARTERLY", amount: "78.00" },
      ],
    }),

    step("defineOffer", "Turbo with a TV set", {
      name: "Turbo with a TV set",
      description: "Two years of Turbo, and a 55 inch TV set for a cent",
      currency: "USD",
      discountPeriods: 24,
      transferFee: "25.00",
      oneTimeFees: [{ description: "TV set", service: "TV", fee: "400.00", discount: "399.99" }],
      recurringFees: [{ planId: "$Turbo plan", addOnProductId: "$Turbo line", discount: "5.00" }],
    }),
    step("defineOffer", "Turbo", {
      name: "Turbo",
      currency: "USD",
      recurringFees: [{ planId: "$Turbo plan", addOnProductId: "$Turbo line" }],
    }),
    step("defineOffer", "Internet 200", {
      name: "A year of Internet 200",
      currency: "USD",
      discountPeriods: 12,
      transferFee: "15.00",
      oneTimeFees: [{ description: "Router", service: "Internet", fee: "60.00", discount: "60.00" }],
      recurringFees: [{ planId: "$Internet 200 plan", addOnProductId: "$Internet 200 line", discount: "3.00" }],
    }),
    step("defineOffer", "IPTV", {
      name: "IPTV",
      currency: "USD",
      discountPeriods: 12,
      recurringFees: [{ planId: "$IPTV plan", addOnProductId: "$IPTV channels", discount: "2.50" }],
    }),
    step("defineOffer", "Fibre for offices", {
      name: "Fibre for offices",
      currency: "USD",
      discountPeriods: 24,
      oneTimeFees: [{ description: "Installation", service: "Internet", fee: "350.00", discount: "250.00" }],
      recurringFees: [{ planId: "$Fibre plan", addOnProductId: "$Turbo Max line", discount: "20.00" }],
    }),
    step("defineOffer", "Unlimited calls", {
      name: "Unlimited calls",
      currency: "USD",
      recurringFees: [{ planId: "$Calls plan", addOnProductId: "$Calls" }],
    }),
    step("defineOffer", "Fibra 1 Giga", {
      name: "Fibra 1 Giga",
      description: "Due anni di fibra, con il modem",
      currency: "EUR",
      discountPeriods: 24,
      oneTimeFees: [{ description: "Modem", service: "Internet", fee: "120.00", discount: "110.00" }],
      recurringFees: [{ planId: "$Fibra plan", addOnProductId: "$Turbo line", discount: "4.00" }],
    }),
    step("defineOffer", "Summer 2024", {
      name: "Summer 2024",
      currency: "USD",
      discountPeriods: 6,
      recurringFees: [{ planId: "$Internet 200 plan", addOnProductId: "$Internet 200 line", discount: "7.00" }],
    }),
    step("withdrawOffer", "withdrawn", { offerId: "$Summer 2024" }),
  ],
};
