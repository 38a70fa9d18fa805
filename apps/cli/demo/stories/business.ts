import { type LocalDate } from "#domain/calendar.js";
import { type AgentAnswer, everyMonth, type MutationStep, type Story } from "../story.js";

const OFFICE = {
  currency: "USD",
  billingPeriod: "MONTHLY",
  timeZone: "America/New_York",
  customerClassId: "$Business",
};
const ITALY = { currency: "EUR", timeZone: "Europe/Rome", customerClassId: "$Italia" };

/** Calls from ABC's head office, recorded on a day; numbers, when they were answered, and how long they took. */
const callsOf = (
  on: LocalDate,
  calls: readonly (readonly [to: string, answered: string, seconds: string])[],
): readonly MutationStep[] =>
  calls.map(([cld, answered, seconds]) => ({
    on,
    give: "recordCall",
    input: {
      ...{ accountId: "$ABC's head office", tariffId: "$Calls by destination", leg: "OUT" },
      ...{ callId: `abc-${answered}`, cli: "12075550200", cld, answered, seconds },
    },
  }));

/** Two offices, people of its own with access, and tickets. */
export const abcCompany: Story = {
  name: "ABC company",
  steps: [
    {
      on: "2024-10-10",
      give: "createCustomer",
      as: "ABC company",
      input: {
        ...OFFICE,
        creditLimit: "2000.00",
        contact: {
          name: "ABC company",
          email: "accounts@abc.example",
          phone: "+12075550200",
          companyDomain: "abc.example",
          taxId: "02-7654321",
          address: {
            street: "1 Commercial Street",
            addition: "Floor 3",
            postalCode: "04101",
            city: "Portland",
            region: "ME",
            country: "US",
          },
        },
      },
    },
    {
      on: "2024-10-10",
      give: "openAccount",
      as: "ABC's head office",
      input: { customerId: "$ABC company", identifier: "12075550200", mainProductId: "$Office" },
    },
    {
      on: "2024-10-10",
      give: "openAccount",
      as: "ABC's warehouse",
      input: { customerId: "$ABC company", identifier: "12075550201", mainProductId: "$Office" },
    },
    {
      on: "2024-10-10",
      give: "assignOffer",
      as: "ABC's fibre",
      input: { accountId: "$ABC's head office", offerId: "$Fibre for offices" },
    },
    {
      on: "2024-10-10",
      give: "assignOffer",
      as: "ABC's calls",
      input: { accountId: "$ABC's head office", offerId: "$Unlimited calls" },
    },
    {
      on: "2024-11-10",
      give: "invitePerson",
      input: { customerId: "$ABC company", name: "Jane Miller", email: "jane.miller@abc.example" },
    },
    {
      on: "2024-11-10",
      give: "invitePerson",
      input: { customerId: "$ABC company", name: "Adam Reed", email: "adam.reed@abc.example" },
    },
    {
      on: "2025-05-10",
      give: "assignOffer",
      as: "ABC's second fibre",
      input: { accountId: "$ABC's warehouse", offerId: "$Fibre for offices" },
    },
    ...everyMonth("2024-11-10", "2026-09-10", { pays: "ABC company", method: "BANK_TRANSFER" }),
    ...callsOf("2026-09-10", [
      ["390255501020", "2026-09-07T13:02:11Z", "312"],
      ["12025550147", "2026-09-08T15:40:03Z", "95"],
      ["442079460018", "2026-09-09T09:15:47Z", "640"],
      ["390323555010", "2026-09-10T10:01:20Z", "58"],
    ]),
    {
      on: "2026-09-10",
      give: "createTicket",
      input: {
        customerId: "$ABC company",
        subject: "Invoice of September",
        body: "Please tell us what the second line of the invoice of September is for. Jane Miller",
      },
    },
    ...callsOf("2026-10-10", [
      ["12025550147", "2026-10-05T14:20:09Z", "121"],
      ["390255501020", "2026-10-06T08:30:55Z", "1204"],
      ["19005550123", "2026-10-06T21:14:02Z", "33"],
      ["442079460018", "2026-10-07T12:12:12Z", "77"],
      ["12135550188", "2026-10-08T18:45:30Z", "409"],
      ["390323555010", "2026-10-09T07:55:01Z", "265"],
    ]),
    {
      on: "2026-10-10",
      give: "createTicket",
      input: {
        customerId: "$ABC company",
        subject: "No calls from the warehouse",
        body: "Since this morning nobody can call out from the warehouse; the head office can. Adam Reed",
      },
    },
    {
      on: "2026-10-20",
      give: "recordPayment",
      answers: "paymentId",
      input: { customerId: "$ABC company", amount: "100.00", method: "BANK_TRANSFER", reference: "ABC 2026-1071" },
    },
    {
      on: "2026-10-10",
      give: "upgradeCommitment",
      input: { commitmentId: "$ABC's calls", offerId: "$Turbo", effectiveOn: "2026-11-01" },
    },
  ],
};

/** How their tickets are answered. */
export const agentAnswers: readonly AgentAnswer[] = [
  {
    on: "2026-09-10",
    subject: "Invoice of September",
    at: "2026-09-10T14:35:00Z",
    ticket: { status: "solved", priority: "normal", type: "question" },
    comment: { body: "The second line is the fibre of the warehouse.", public: true },
  },
  {
    on: "2026-10-10",
    subject: "No calls from the warehouse",
    at: "2026-10-10T12:20:00Z",
    ticket: { status: "open", priority: "high", type: "incident" },
    comment: { body: "A technician is on the way.", public: true },
  },
];

/** Closed for rebuilding since June, and suspended by hand as it asked for. */
export const school: Story = {
  name: "Green Valley School",
  steps: [
    {
      on: "2025-09-10",
      give: "createCustomer",
      as: "Green Valley School",
      input: {
        ...OFFICE,
        contact: {
          name: "Green Valley School",
          email: "office@greenvalley.example",
          companyDomain: "greenvalley.example",
          address: { street: "40 Valley Road", postalCode: "04330", city: "Augusta", region: "ME", country: "US" },
        },
      },
    },
    {
      on: "2025-09-10",
      give: "openAccount",
      as: "School",
      input: { customerId: "$Green Valley School", identifier: "12075550210", mainProductId: "$Office" },
    },
    {
      on: "2025-09-10",
      give: "assignOffer",
      as: "School's fibre",
      input: { accountId: "$School", offerId: "$Fibre for offices" },
    },
    ...everyMonth("2025-10-10", "2026-07-10", { pays: "Green Valley School", method: "BANK_TRANSFER" }),
    {
      on: "2026-06-10",
      give: "suspendCustomer",
      input: {
        customerId: "$Green Valley School",
        effectiveOn: "2026-06-20",
        reason: "Rebuilding; asked to be off until it is done",
      },
    },
  ],
};

/** In euros, in Italian, by the quarter; leaves at the end of the year. */
export const hotelLago: Story = {
  name: "Hotel Lago",
  steps: [
    {
      on: "2025-01-10",
      give: "createCustomer",
      as: "Hotel Lago",
      input: {
        ...ITALY,
        billingPeriod: "QUARTERLY",
        contact: {
          name: "Hotel Lago",
          email: "amministrazione@hotellago.example",
          companyDomain: "hotellago.example",
          taxId: "IT01234567890",
          address: { street: "Via Lungolago 3", postalCode: "28838", city: "Stresa", region: "VB", country: "IT" },
        },
      },
    },
    {
      on: "2025-01-10",
      give: "openAccount",
      as: "Hotel",
      input: { customerId: "$Hotel Lago", identifier: "390323555010", mainProductId: "$Office" },
    },
    {
      on: "2025-01-10",
      give: "assignOffer",
      as: "Hotel's fibre",
      input: { accountId: "$Hotel", offerId: "$Fibra 1 Giga" },
    },
    ...everyMonth("2025-04-10", "2026-07-10", { pays: "Hotel Lago", method: "BANK_TRANSFER" }),
    {
      on: "2026-10-10",
      give: "terminateCommitment",
      input: {
        commitmentId: "$Hotel's fibre",
        effectiveOn: "2026-12-31",
        reason: "Chiusura invernale, poi cambio gestione",
      },
    },
  ],
};

/** In euros, in Italian; two years of fibre. */
export const mariaRossi: Story = {
  name: "Maria Rossi",
  steps: [
    {
      on: "2025-02-10",
      give: "createCustomer",
      as: "Maria Rossi",
      input: {
        ...ITALY,
        billingPeriod: "MONTHLY",
        contact: {
          name: "Maria Rossi",
          email: "maria.rossi@example.it",
          phone: "+390255501020",
          address: { street: "Via Torino 15", postalCode: "20123", city: "Milano", region: "MI", country: "IT" },
        },
      },
    },
    {
      on: "2025-02-10",
      give: "openAccount",
      as: "Casa di Maria",
      input: { customerId: "$Maria Rossi", identifier: "390255501020", mainProductId: "$Smart home" },
    },
    {
      on: "2025-02-10",
      give: "assignOffer",
      as: "Maria's fibre",
      input: { accountId: "$Casa di Maria", offerId: "$Fibra 1 Giga" },
    },
    ...everyMonth("2025-03-10", "2026-10-10", { pays: "Maria Rossi", method: "DIRECT_DEBIT" }),
  ],
};
