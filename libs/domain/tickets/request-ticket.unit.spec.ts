import { describe, expect, it } from "vitest";
import { customerEvolver } from "../customers/customer.js";
import { type Person } from "../people/person.js";
import { customerCreated } from "../spec-support/examples.js";
import { requestTicket } from "./request-ticket.js";

const created = customerCreated({
  timeZone: "Asia/Tokyo",
  personal: { name: "ABC company", companyDomain: "abc.example", email: "office@abc.example", phone: null },
});
const { customerId } = created.data;
const customer = customerEvolver.evolve(null, created, "event");
const john: Person = {
  personId: "00000000-0000-4000-8000-0000000000aa",
  customerId,
  name: "John Doe",
  email: "john@abc.example",
  links: [],
  account: null,
  removedBecause: null,
};
const asked = {
  ticketRequestId: "00000000-0000-4000-8000-0000000000bb",
  customerId,
  subject: " Please check the invoice ",
  body: "It has a line\nthat I do not know.\n",
  now: "2026-03-02T20:00:00Z",
};
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    const { code, field = "" } = error as { readonly code: string; readonly field?: string };
    return `${code} ${field}`;
  }
  return "accepted";
};

describe("a request for help", () => {
  const recorded = (personId: string | null, requester: { name: string; email: string | null }) => [
    {
      type: "TicketRequested",
      data: {
        ticketRequestId: asked.ticketRequestId,
        customerId,
        personId,
        effectiveOn: "2026-03-03",
        personal: { subject: "Please check the invoice", body: "It has a line\nthat I do not know.", requester },
      },
    },
  ];

  it("is of the person who is signed in, on the customer's day", () => {
    expect(requestTicket(asked, { customer, person: john })).toEqual(
      recorded(john.personId, { name: "John Doe", email: "john@abc.example" }),
    );
  });

  it("is in the name of the customer's contact where nobody of its people asks", () => {
    const office = recorded(null, { name: "ABC company", email: "office@abc.example" });
    expect(requestTicket(asked, { customer, person: null })).toEqual(office);
    const stranger = { ...john, customerId: "00000000-0000-4000-8000-0000000000cc" };
    expect(requestTicket(asked, { customer, person: stranger })).toEqual(office);
  });

  it("needs a subject, a text and a customer", () => {
    expect(codeOf(() => requestTicket({ ...asked, subject: "  " }, { customer, person: john }))).toBe(
      "VALIDATION_FAILED subject",
    );
    expect(codeOf(() => requestTicket({ ...asked, body: "\n" }, { customer, person: john }))).toBe(
      "VALIDATION_FAILED body",
    );
    expect(codeOf(() => requestTicket(asked, { customer: null, person: john }))).toBe("CUSTOMER_NOT_FOUND customerId");
  });
});
