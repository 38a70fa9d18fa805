import { type DataSource } from "typeorm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { NO_DOCUMENT_DETAILS } from "#domain/providers/document-details.js";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { Journal, OTHER_PROVIDER, PROVIDER } from "../spec-support/journal.js";
import { project, startOver } from "../spec-support/rows.js";
import { issuerOfNumber, presentIssuer } from "./queries.js";

let databases: TestDatabases;
let dataSource: DataSource;
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
});
afterAll(() => databases.stop());
beforeEach(() => startOver(dataSource));

const on = { effectiveOn: "2020-07-01" };
const created = (providerId: string, name: string) => ({
  type: "ProviderCreated",
  data: { providerId, name, invoiceNumberPrefix: "INV-", ...on },
});
const renamed = (name: string) => ({
  type: "ProviderSettingsChanged",
  data: { name, invoiceNumberPrefix: "INV-", ...on },
});
const detailed = (legalName: string) => ({
  type: "DocumentDetailsChanged",
  data: { ...NO_DOCUMENT_DETAILS, legalName, ...on },
});
const numbered = (series: string, first: number) => ({
  type: "NumbersAssigned",
  data: { series, first, invoices: [], ...on },
});

/** Many changes: commit positions get more digits on the way. */
it.each([1, 3, 500])(
  "documents show the provider as it was when they were numbered, by batches of %i",
  async (size) => {
    const journal = new Journal();
    journal.record("provider", PROVIDER, [created(PROVIDER, "Acme")]);
    journal.record("provider", OTHER_PROVIDER, [created(OTHER_PROVIDER, "Other")], { provider: OTHER_PROVIDER });
    journal.record("register", "invoices", [numbered("invoices", 1)]);
    for (let change = 1; change <= 12; change += 1) {
      journal.record("documentdetails", PROVIDER, [detailed(`Acme ${change} Ltd`)]);
    }
    journal.record("register", "invoices", [numbered("invoices", 3)]);
    journal.record("provider", PROVIDER, [renamed("Apex")]);
    journal.record("register", "credit-notes", [numbered("credit-notes", 1)]);
    journal.record("documentdetails", PROVIDER, [detailed("Apex Ltd")]);

    for (let from = 0; from < journal.events.length; from += size) {
      await project(dataSource, journal.events.slice(from, from + size));
    }

    const of = async (series: string, index: string) => {
      const issuer = await issuerOfNumber(dataSource, PROVIDER, series, index);
      return issuer && [issuer.name, issuer.details.legalName];
    };
    expect(await of("invoices", "1")).toEqual(["Acme", null]);
    expect(await of("invoices", "2")).toEqual(["Acme", null]);
    expect(await of("invoices", "3")).toEqual(["Acme", "Acme 12 Ltd"]);
    expect(await of("invoices", "400")).toEqual(["Acme", "Acme 12 Ltd"]);
    expect(await of("credit-notes", "1")).toEqual(["Apex", "Acme 12 Ltd"]);
    expect(await of("others", "1")).toBeNull();
    expect(await presentIssuer(dataSource, PROVIDER)).toMatchObject({
      name: "Apex",
      details: { ...NO_DOCUMENT_DETAILS, legalName: "Apex Ltd" },
    });
    expect(await presentIssuer(dataSource, OTHER_PROVIDER)).toEqual({ name: "Other", details: NO_DOCUMENT_DETAILS });
  },
);
