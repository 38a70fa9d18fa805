import { describe, expect, it } from "vitest";
import { Rejection } from "../rejection.js";
import { type Customer, customerEvolver } from "./customer.js";
import { type CustomerEvent } from "./events.js";
import {
  type LinkOrganization,
  linkOrganization,
  type OrganizationFacts,
  recordDomain,
  recordLinkLost,
  recordNameTaken,
  recordProvisioned,
  recordUntouched,
  requireOrganizationId,
  unlinkOrganization,
} from "./link-zendesk.js";

const now = "2026-11-28T12:00:00.000Z";
const effectiveOn = "2026-11-28";
const created: CustomerEvent = {
  type: "CustomerCreated",
  data: {
    ...{ customerId: "customer-1", currency: "USD", billingPeriod: "MONTHLY", timeZone: "UTC", customerClassId: null },
    ...{ creditLimit: "0.00", effectiveOn: "2026-11-01" },
    personal: { name: "ABC", companyDomain: null, email: null, phone: null },
  },
};
const linkedTo = (organizationId: string, more: object = {}): CustomerEvent => ({
  type: "CustomerLinkedToZendesk",
  data: { organizationId, by: "PERSON", effectiveOn, personal: { organizationName: "There" }, ...more },
});
const closed: CustomerEvent = { type: "CustomerClosed", data: { effectiveOn } };

const after = (...events: CustomerEvent[]): Customer => {
  const state = [created, ...events].reduce<Customer | null>(
    (before, event, index) => customerEvolver.evolve(before, event, `event-${index}`),
    null,
  );
  if (!state) throw new Error("there is a customer");
  return state;
};

const organization = { id: "7", name: "ABC company", externalId: null };
const free: OrganizationFacts = { organization, linkedTo: [] };
const asked = { byApp: false, reason: null, claimedAgent: null, now };

const link = (state: Customer | null, changes: Partial<LinkOrganization> = {}, facts = free) =>
  linkOrganization({ ...asked, organizationId: "7", replace: false, ...changes }, state, facts);

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Rejection) return `${error.code} ${error.field ?? ""}`;
    throw error;
  }
  return "accepted";
};

const linked = (data: object, personal: object = {}) => [
  {
    type: "CustomerLinkedToZendesk",
    data: {
      ...{ organizationId: "7", by: "PERSON", effectiveOn },
      ...data,
      personal: { organizationName: "ABC company", ...personal },
    },
  },
];

describe("linking a customer to an organization", () => {
  it("is recorded with who did it, and with what people said", () => {
    expect(link(after())).toEqual(linked({}));
    expect(link(after(), { reason: "Same firm" })).toEqual(linked({}, { reason: "Same firm" }));
    expect(link(after(), { byApp: true, claimedAgent: " Jane " })).toEqual(
      linked({ by: "ZENDESK_APP" }, { claimedAgent: "Jane" }),
    );
    const own = { organization: { ...organization, externalId: "customer-1" }, linkedTo: ["customer-1"] };
    expect(link(after(), {}, own)).toEqual(linked({}));
  });

  it("changes nothing where the two are linked", () => {
    expect(link(after(linkedTo("7")))).toEqual([]);
  });

  const taken: [string, Customer, OrganizationFacts, string, object][] = [
    ["another customer has it", after(), { ...free, linkedTo: ["b"] }, "organizationId", { takesOver: true }],
    [
      "another system has it",
      after(),
      { ...free, organization: { ...organization, externalId: "crm-7" } },
      "organizationId",
      { takesOver: true },
    ],
    [
      "the customer is another one",
      after(linkedTo("6", { domain: "abc.example" })),
      free,
      "customerId",
      { replaced: { organizationId: "6", domain: "abc.example" } },
    ],
    [
      "both",
      after(linkedTo("6")),
      { ...free, linkedTo: ["b"] },
      "organizationId",
      { replaced: { organizationId: "6", domain: null }, takesOver: true },
    ],
  ];
  it.each(taken)(
    "is refused where %s, unless an administrator replaces it, with a reason",
    (_, state, facts, field, data) => {
      expect(refusal(() => link(state, {}, facts))).toBe(`ALREADY_LINKED ${field}`);
      expect(refusal(() => link(state, { replace: true }, facts))).toBe("VALIDATION_FAILED reason");
      expect(refusal(() => link(state, { replace: true, byApp: true, reason: "x" }, facts))).toBe("FORBIDDEN replace");
      expect(link(state, { replace: true, reason: "Moved" }, facts)).toEqual(linked(data, { reason: "Moved" }));
    },
  );

  it.each<[string, Customer | null, Partial<LinkOrganization>, OrganizationFacts, string]>([
    ["an unknown customer", null, {}, free, "CUSTOMER_NOT_FOUND customerId"],
    ["a closed customer", after(closed), {}, free, "CUSTOMER_CLOSED customerId"],
    ["an unknown organization", after(), {}, { ...free, organization: null }, "ORGANIZATION_NOT_FOUND organizationId"],
    ["an agent without a name", after(), { claimedAgent: " " }, free, "VALIDATION_FAILED claimedAgent"],
  ])("is refused for %s", (_, state, changes, facts, code) => {
    expect(refusal(() => link(state, changes, facts))).toBe(code);
  });

  it("takes numbers for ids", () => {
    const ids = ["7", "360001234567", "0", "07", "", "7/users", "-1", "7.0"];
    expect(
      ids.filter(
        (each) =>
          refusal(() => {
            requireOrganizationId(each);
          }) === "accepted",
      ),
    ).toEqual(["7", "360001234567"]);
  });
});

describe("unlinking a customer", () => {
  const state = after(linkedTo("7", { domain: "abc.example" }));
  const unlinked = (personal?: object) => [
    {
      type: "CustomerUnlinkedFromZendesk",
      data: {
        ...{ organizationId: "7", domain: "abc.example", because: "ORDERED", effectiveOn },
        ...(personal && { personal }),
      },
    },
  ];

  it("needs a reason, except from the app", () => {
    expect(refusal(() => unlinkOrganization(asked, state))).toBe("VALIDATION_FAILED reason");
    expect(unlinkOrganization({ ...asked, reason: "Mistake" }, state)).toEqual(unlinked({ reason: "Mistake" }));
    expect(unlinkOrganization({ ...asked, byApp: true }, state)).toEqual(unlinked());
    expect(unlinkOrganization({ ...asked, byApp: true, claimedAgent: "Jane" }, state)).toEqual(
      unlinked({ claimedAgent: "Jane" }),
    );
  });

  it("is possible of a closed customer, and not of one that is not linked", () => {
    const said = { ...asked, reason: "Mistake" };
    expect(unlinkOrganization(said, after(linkedTo("7", { domain: "abc.example" }), closed))).toEqual(
      unlinked({ reason: "Mistake" }),
    );
    expect(refusal(() => unlinkOrganization(said, after()))).toBe("NOT_LINKED customerId");
    expect(refusal(() => unlinkOrganization(said, null))).toBe("CUSTOMER_NOT_FOUND customerId");
  });
});

describe("what the worker learnt", () => {
  const made = { organizationId: "7", organizationName: "ABC", domain: null };
  const unlinked: CustomerEvent = {
    type: "CustomerUnlinkedFromZendesk",
    data: { organizationId: "7", domain: null, because: "ORDERED", effectiveOn },
  };
  const changed: CustomerEvent = {
    type: "CustomerContactChanged",
    data: { effectiveOn, personal: { name: "ABC", companyDomain: null, email: "a@b.c", phone: null } },
  };

  it("links the organization that it made, unless something is known of the customer there", () => {
    expect(recordProvisioned({ ...made, domain: "abc.example" }, after(), now)).toEqual([
      {
        type: "CustomerLinkedToZendesk",
        data: {
          ...{ organizationId: "7", by: "PROVISIONING", domain: "abc.example", effectiveOn },
          personal: { organizationName: "ABC" },
        },
      },
    ]);
    for (const state of [after(linkedTo("7")), after(linkedTo("6")), after(linkedTo("7"), unlinked)]) {
      expect([recordProvisioned(made, state, now), recordNameTaken("8", state, now)]).toEqual([[], []]);
    }
    const taken = recordNameTaken("8", after(), now);
    expect(taken).toEqual([{ type: "ZendeskNameTaken", data: { organizationId: "8", effectiveOn } }]);
    expect(after(...taken).zendesk).toEqual({ link: null, nameTakenBy: "8", untouched: null });
    expect(after(...taken, linkedTo("8")).zendesk).toMatchObject({ link: { organizationId: "8" }, nameTakenBy: null });
  });

  it("keeps the one domain that it added", () => {
    const state = after(linkedTo("7"));
    const added = recordDomain({ organizationId: "7", domain: "abc.example" }, state, now);
    expect(after(linkedTo("7"), ...added).zendesk?.link?.domain).toBe("abc.example");
    expect(recordDomain({ organizationId: "7", domain: null }, state, now)).toEqual([]);
    expect(recordDomain({ organizationId: "6", domain: "abc.example" }, state, now)).toEqual([]);
  });

  it("ends the link that lost, and no other", () => {
    const state = after(linkedTo("7"));
    expect(recordLinkLost({ eventId: "event-1", because: "TAKEN" }, state, now)).toEqual([
      {
        type: "CustomerUnlinkedFromZendesk",
        data: { organizationId: "7", domain: null, because: "TAKEN", effectiveOn },
      },
    ]);
    expect(recordLinkLost({ eventId: "event-0", because: "TAKEN" }, state, now)).toEqual([]);
    expect(recordLinkLost({ eventId: "event-1", because: "TAKEN" }, after(linkedTo("7"), unlinked), now)).toEqual([]);
  });

  it("names the user that was left alone once, until the contact changes", () => {
    const untouched = { userId: "9", because: "NOT_END_USER" } as const;
    const first = recordUntouched(untouched, after(linkedTo("7")), now);
    expect(first).toEqual([{ type: "ZendeskContactUntouched", data: { ...untouched, effectiveOn } }]);
    expect(recordUntouched(untouched, after(linkedTo("7"), ...first), now)).toEqual([]);
    expect(after(linkedTo("7"), ...first, changed).zendesk?.untouched).toBeNull();
  });
});
