import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DomainEvent } from "#domain/event.js";
import { type ProjectionRunner, startProjections } from "#read-models/runner/runner.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "#read-models/spec-support/journal.js";
import { assigned, customerCreated } from "#read-models/spec-support/story.js";
import { placeCursors } from "../runner/recording.js";
import { deliveriesCursor, recordingOfDeliveries } from "./recording.js";
import { type TargetName } from "./target.js";

let databases: TestDatabases;
let dataSource: DataSource;
let journal: Journal;
let runner: ProjectionRunner | undefined;
beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());
beforeEach(async () => {
  journal = new Journal();
  dataSource = await databases.migrated();
});
afterEach(async () => {
  await runner?.stop();
  await journal.store.close();
  await databases.closePools();
});

const on = (provider: string, name: TargetName) => [{ name, isOn: (asked: string) => asked === provider }];

/** Projects the log to its end, as a worker that is configured for the provider, and that then ends. */
const project = async (provider = PROVIDER, version = 1, target: TargetName = "EMAIL"): Promise<void> => {
  await placeCursors(dataSource, [deliveriesCursor], () => journal.store.tail());
  const projections = [{ ...recordingOfDeliveries(on(provider, target)), version }];
  runner = startProjections({ store: journal.store, dataSource, projections, log: () => undefined });
  await runner.reached(await journal.store.tail());
  await runner.stop();
};

const rows = async () => {
  const found = await dataSource.query<{ kind: string; customer_id: string; on_date: string; stub: boolean }[]>(
    "SELECT kind, customer_id, on_date::text, stub FROM deliveries ORDER BY commit, prepare, place",
  );
  const names = new Map(["Ann", "Bob"].map((name) => [id(name), name]));
  return found.map((row) => `${row.on_date} ${row.kind} ${names.get(row.customer_id) ?? ""}${row.stub ? " stub" : ""}`);
};

const create = (name: string, email: string | null = "x@example.org", provider = PROVIDER) =>
  journal.record(
    "customer",
    id(name),
    [customerCreated(name, { personal: { name, companyDomain: null, email, phone: null } })],
    { provider },
  );
/** When events of suspensions are recorded. */
let now: string;
beforeEach(() => {
  now = "2020-08-21T12:00:00.000Z";
});
const ofCustomer = (
  name: string,
  type: "CustomerSuspended" | "CustomerUnsuspended",
  data: object,
  provider = PROVIDER,
) =>
  journal.record("customer", id(name), [{ type, data: { personal: { reason: null }, ...data } }], {
    provider,
    at: now,
  });
const signal = (of: string, event: DomainEvent) => journal.record("lifecycle", id(of), [event], { at: now });
const numbers = (series: string, ...customers: string[]) =>
  journal.record("register", series, [
    {
      type: "NumbersAssigned",
      data: {
        ...{ series, first: 1, effectiveOn: "2020-08-02" },
        invoices: customers.map((name, index) => ({
          ...{ invoiceId: id(`invoice ${series} ${name}`), customerId: id(name) },
          ...{ issuedOn: "2020-08-01", number: `INV-${index}` },
        })),
      },
    },
  ]);

describe("which mails exist", () => {
  beforeEach(async () => {
    await project();
    create("Ann");
    create("Bob", null);
  });

  it("tells of numbered invoices by their issue date, not of credit notes, and nobody without an address", async () => {
    numbers("invoices", "Ann", "Bob");
    numbers("credit-notes", "Ann");
    journal.record("customer", id("Bob"), [
      {
        type: "CustomerContactChanged",
        data: {
          effectiveOn: "2020-08-03",
          personal: { name: "Bob", companyDomain: null, email: "b@x.org", phone: null },
        },
      },
    ]);
    journal.record("register", "more", [
      {
        type: "NumbersAssigned",
        data: {
          ...{ series: "invoices", first: 3, effectiveOn: "2020-09-01" },
          invoices: [{ invoiceId: id("later"), customerId: id("Bob"), issuedOn: "2020-09-01", number: "INV-3" }],
        },
      },
    ]);
    await project();
    expect(await rows()).toEqual(["2020-08-01 INVOICE_GENERATED Ann", "2020-09-01 INVOICE_GENERATED Bob"]);
  });

  it("tells of payments on the day on which they were recorded", async () => {
    const payment = { amount: "20.00", currency: "USD", method: "CARD", invoiceId: null };
    for (const name of ["Ann", "Bob"]) {
      journal.record("receivables", id(name), [
        {
          type: "PaymentRecorded",
          data: {
            ...{ paymentId: id(`payment of ${name}`), customerId: id(name), ...payment },
            ...{ valueOn: "2020-08-01", effectiveOn: "2020-08-03" },
            personal: { reference: null, note: null },
          },
        },
      ]);
    }
    await project();
    expect(await rows()).toEqual(["2020-08-03 PAYMENT_RECEIVED Ann"]);
  });

  it("tells of suspensions where they change the whole, on the day on which they take effect", async () => {
    ofCustomer("Ann", "CustomerSuspended", { effectiveOn: "2020-08-10" });
    ofCustomer("Ann", "CustomerSuspended", { effectiveOn: "2020-08-12" });
    ofCustomer("Ann", "CustomerUnsuspended", { effectiveOn: "2020-08-20" });
    ofCustomer("Ann", "CustomerSuspended", { effectiveOn: "2020-08-05" });
    ofCustomer("Ann", "CustomerSuspended", { effectiveOn: "2020-09-01", orderedOn: "2020-08-21" });
    ofCustomer("Bob", "CustomerSuspended", { effectiveOn: "2020-08-10" });
    signal("Ann", { type: "SuspensionTookEffect", data: { customerId: id("Ann"), effectiveOn: "2020-09-01" } });
    await project();
    expect(await rows()).toEqual(["2020-08-10 SUSPENDED Ann", "2020-08-05 SUSPENDED Ann", "2020-09-01 SUSPENDED Ann"]);
  });

  it("tells of one that is dated back to a day that was blocked, where it blocks a later one", async () => {
    ofCustomer("Ann", "CustomerSuspended", { effectiveOn: "2020-07-20", origin: "NON_PAYMENT" });
    ofCustomer("Ann", "CustomerUnsuspended", { effectiveOn: "2020-07-25", origin: "NON_PAYMENT" });
    ofCustomer("Ann", "CustomerSuspended", { effectiveOn: "2020-07-22" });
    ofCustomer("Ann", "CustomerSuspended", { effectiveOn: "2020-07-23" });
    await project();
    expect(await rows()).toEqual(["2020-07-20 SUSPENDED Ann", "2020-07-22 SUSPENDED Ann"]);
  });

  it("tells who holds a commitment on the day what becomes of it", async () => {
    create("Cid");
    journal.record("commitment", id("turbo"), [
      assigned("turbo", "phone", "Bob", "2020-10-31"),
      {
        type: "CommitmentTransferred",
        data: {
          ...{ accountId: id("other phone"), customerId: id("Ann"), fromAccountId: id("phone") },
          ...{ fromCustomerId: id("Bob"), transferFee: "0.00", termsName: "Turbo", effectiveOn: "2020-08-15" },
        },
      },
    ]);
    const turbo = { commitmentId: id("turbo") };
    signal("turbo", {
      type: "CommitmentEndNears",
      data: { ...turbo, discountEnd: "2020-08-30", effectiveOn: "2020-08-14" },
    });
    signal("turbo", {
      type: "CommitmentEndNears",
      data: { ...turbo, discountEnd: "2020-10-31", effectiveOn: "2020-10-01" },
    });
    signal("turbo", { type: "DiscountEndTookEffect", data: { ...turbo, effectiveOn: "2020-10-31" } });
    signal("turbo", { type: "TerminationTookEffect", data: { ...turbo, effectiveOn: "2020-11-11" } });
    await project();
    expect(await rows()).toEqual([
      "2020-10-01 COMMITMENT_ENDING_SOON Ann",
      "2020-10-31 DISCOUNT_ENDED Ann",
      "2020-11-11 COMMITMENT_TERMINATED Ann",
    ]);
  });
});

describe("which signals to Odoo exist", () => {
  const projectOdoo = () => project(PROVIDER, 1, "ODOO");
  beforeEach(async () => {
    await projectOdoo();
    create("Bob", null);
  });
  const told = async () => {
    await projectOdoo();
    return rows();
  };
  /** What follows is recorded at noon of a day. */
  const at = (day: string) => {
    now = `${day}T12:00:00.000Z`;
  };
  const changed = (suspended: boolean, effectiveOn: string, more: object = {}) => {
    ofCustomer("Bob", suspended ? "CustomerSuspended" : "CustomerUnsuspended", { effectiveOn, ...more });
  };

  it("tells of invoices and of what is overdue, of customers without an address too, and of no credit note", async () => {
    numbers("invoices", "Bob");
    numbers("credit-notes", "Bob");
    journal.record("receivables", id("Bob"), [
      { type: "InvoiceOverdue", data: { invoiceId: id("invoice"), causes: [], effectiveOn: "2020-08-16" } },
    ]);
    expect(await told()).toEqual(["2020-08-01 INVOICE_GENERATED Bob", "2020-08-16 INVOICE_OVERDUE Bob"]);
  });

  it("tells when service is blocked and when it is back, once each, whoever blocks it and lifts it", async () => {
    at("2020-08-10");
    changed(true, "2020-08-10");
    changed(true, "2020-08-10", { origin: "NON_PAYMENT" });
    at("2020-08-12");
    changed(false, "2020-08-12", { origin: "NON_PAYMENT" });
    at("2020-08-14");
    changed(false, "2020-08-14");
    changed(false, "2020-08-14");
    at("2020-08-20");
    changed(true, "2020-08-20", { origin: "NON_PAYMENT" });
    at("2020-08-22");
    changed(false, "2020-08-22", { origin: "NON_PAYMENT" });
    expect(await told()).toEqual([
      ...["2020-08-10 CUSTOMER_SUSPENDED Bob", "2020-08-14 CUSTOMER_UNSUSPENDED Bob"],
      ...["2020-08-20 CUSTOMER_SUSPENDED Bob", "2020-08-22 CUSTOMER_UNSUSPENDED Bob"],
    ]);
  });

  it("tells of what is ordered for a coming day on that day", async () => {
    at("2020-08-10");
    changed(true, "2020-08-20", { orderedOn: "2020-08-10" });
    changed(false, "2020-08-25", { orderedOn: "2020-08-10" });
    expect(await told()).toEqual([]);
    const data = { customerId: id("Bob") };
    at("2020-08-20");
    signal("Bob", { type: "SuspensionTookEffect", data: { ...data, effectiveOn: "2020-08-20" } });
    at("2020-08-25");
    signal("Bob", { type: "UnsuspensionTookEffect", data: { ...data, effectiveOn: "2020-08-25" } });
    expect(await told()).toEqual(["2020-08-20 CUSTOMER_SUSPENDED Bob", "2020-08-25 CUSTOMER_UNSUSPENDED Bob"]);
  });

  it("tells nothing of days that are over where service is as it was", async () => {
    at("2020-08-10");
    changed(true, "2020-08-10");
    at("2020-08-12");
    changed(true, "2020-08-12");
    at("2020-08-25");
    // 08-11 alone is served.
    changed(false, "2020-08-11");
    changed(false, "2020-08-25");
    at("2020-08-28");
    changed(true, "2020-08-05");
    changed(true, "2020-08-27");
    expect(await told()).toEqual([
      "2020-08-10 CUSTOMER_SUSPENDED Bob",
      "2020-08-25 CUSTOMER_UNSUSPENDED Bob",
      "2020-08-27 CUSTOMER_SUSPENDED Bob",
    ]);
  });

  it("remembers what was told where its facts are built again", async () => {
    at("2020-08-10");
    changed(true, "2020-08-10");
    await told();
    at("2020-08-14");
    changed(false, "2020-08-14");
    await project(PROVIDER, 2, "ODOO");
    expect(await rows()).toEqual(["2020-08-10 CUSTOMER_SUSPENDED Bob", "2020-08-14 CUSTOMER_UNSUSPENDED Bob"]);
  });

  it("tells who holds a commitment of its end", async () => {
    create("Ann");
    journal.record("commitment", id("turbo"), [assigned("turbo", "phone", "Bob", "2020-10-31")]);
    const data = { commitmentId: id("turbo"), effectiveOn: "2020-10-11" };
    signal("turbo", { type: "DiscountEndTookEffect", data });
    signal("turbo", { type: "TerminationTookEffect", data });
    expect(await told()).toEqual(["2020-10-11 COMMITMENT_TERMINATED Bob"]);
  });
});

describe("recording deliveries", () => {
  it("begins with what is recorded after the first start", async () => {
    create("Ann");
    numbers("invoices", "Ann");
    await project();
    expect(await rows()).toEqual([]);
    ofCustomer("Ann", "CustomerSuspended", { effectiveOn: "2020-08-10" });
    await project();
    expect(await rows()).toEqual(["2020-08-10 SUSPENDED Ann"]);
  });

  it("records nothing anew when it is rebuilt, nor what a provider did while the target was off", async () => {
    await project();
    create("Ann");
    numbers("invoices", "Ann");
    await project(OTHER_PROVIDER);
    expect(await rows()).toEqual([]);
    ofCustomer("Ann", "CustomerSuspended", { effectiveOn: "2020-08-10" });
    await project(PROVIDER);
    const before = await dataSource.query<object[]>("SELECT * FROM deliveries");
    await project(PROVIDER, 2);
    expect(await dataSource.query<object[]>("SELECT * FROM deliveries")).toEqual(before);
    ofCustomer("Ann", "CustomerUnsuspended", { effectiveOn: "2020-08-12" });
    ofCustomer("Ann", "CustomerSuspended", { effectiveOn: "2020-08-14" });
    await project(PROVIDER, 2);
    expect(await rows()).toEqual(["2020-08-10 SUSPENDED Ann", "2020-08-14 SUSPENDED Ann"]);
  });

  it("lets the recorder answer a provider that was created so, whatever is configured", async () => {
    await project(OTHER_PROVIDER);
    journal.record("provider", PROVIDER, [
      {
        type: "ProviderCreated",
        data: {
          providerId: PROVIDER,
          name: "P",
          invoiceNumberPrefix: "",
          stubTargets: true,
          effectiveOn: "2020-07-01",
        },
      },
    ]);
    create("Ann");
    numbers("invoices", "Ann");
    await project(OTHER_PROVIDER);
    const told = await dataSource.query<{ target: string; kind: string; stub: boolean }[]>(
      "SELECT target, kind, stub FROM deliveries ORDER BY commit, prepare, target, place",
    );
    expect(told).toEqual(
      [
        { target: "ZENDESK", kind: "ORGANIZATION_UPSERTED" },
        { target: "ZENDESK", kind: "USER_UPSERTED" },
        { target: "EMAIL", kind: "INVOICE_GENERATED" },
        { target: "ODOO", kind: "INVOICE_GENERATED" },
      ].map((one) => ({ ...one, stub: true })),
    );
  });

  it("gives a delivery an id of its own for each invoice of an event, the same whenever the event is read", async () => {
    await project();
    create("Ann");
    create("Bob");
    numbers("invoices", "Ann", "Bob");
    await project();
    const ids = await dataSource.query<{ id: string }[]>("SELECT id FROM deliveries ORDER BY place");
    expect(new Set(ids.map((row) => row.id)).size).toBe(2);
    await dataSource.query("DELETE FROM deliveries");
    await dataSource.query("UPDATE delivery_providers SET commit = 0, prepare = 0");
    await project(PROVIDER, 2);
    expect(await dataSource.query<{ id: string }[]>("SELECT id FROM deliveries ORDER BY place")).toEqual(ids);
  });
});
