import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { LOGO } from "#documents/spec-support/png.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";
import { bearer } from "./spec-support/said-callers.js";

let bench: Bench;
let client: Client;
let invoice: { readonly id: string; readonly documentUrl: string };

const address = {
  street: "Via Torino 12",
  addition: null,
  postalCode: "20123",
  city: "Milano",
  region: "MI",
  country: "IT",
};
const account = { holder: "Northwind", iban: "IT60 X054 2811 1010 0000 0123 456" };
const logo = { type: "PNG", data: LOGO.toString("base64") };
const details = { legalName: "Northwind S.p.A.", address, taxId: "IT01234567897", bankAccounts: [account], logo };

/** A customer in Italian who leaves in the first month: fee and penalty on the invoice of August 1st. */
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  await client.run("changeDocumentDetails", details);
  const { id: customerClassId } = await client.run("defineCustomerClass", { name: "Italians", language: "IT" });
  const { customerId, accountId, offerId } = await tellStory(client);
  await client.run("setCustomerClass", { customerId, customerClassId });
  await client.run("changeCustomerContact", { customerId, name: "Alba Rossi", address, taxId: "RSSLBA80A41F205X" });
  const { id: commitmentId } = await client.run("assignOffer", { accountId, offerId });
  await client.run("terminateCommitment", { commitmentId, effectiveOn: "2020-07-31" });
  await bench.advance(client, "2020-08-01T12:00:00Z");
  await doDaysWork(bench, client, "2020-08-01T12:00:00.000Z");
  const found = await client.query("{ invoices { edges { node { id documentUrl } } } }");
  [{ node: invoice }] = (found as { invoices: { edges: [{ node: typeof invoice }] } }).invoices.edges;
});
afterAll(() => bench.stop());

const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(new URL(path, bench.url), { headers: { ...bearer(), ...headers } });
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
};
const page = async (path: string): Promise<string> => (await get(path.replace(/pdf$/, "html"))).body.toString();

describe("an invoice as a document", () => {
  it("is served where GraphQL says, as a PDF with the number for its name, always the same", async () => {
    expect(invoice.documentUrl).toBe(`/documents/${client.providerId}/invoices/${invoice.id}.pdf`);
    const { status, headers, body } = await get(invoice.documentUrl);
    expect([status, headers.get("content-type"), headers.get("content-disposition")]).toEqual([
      200,
      "application/pdf",
      'inline; filename="INV-000001.pdf"',
    ]);
    expect(body.subarray(0, 5).toString()).toBe("%PDF-");
    expect(body.toString("latin1")).toContain("/Lang (it)");
    expect(Buffer.compare((await get(invoice.documentUrl)).body, body)).toBe(0);
  });

  it("is a page too: in the language of the class, with issuer, recipient and what a penalty is", async () => {
    const { headers, body } = await get(invoice.documentUrl.replace("pdf", "html"));
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = body.toString();
    for (const text of [
      '<html lang="it">',
      "Fattura INV-000001",
      "<address><div>Alba Rossi</div><div>Via Torino 12</div><div>20123 Milano (MI)</div></address>",
      "RSSLBA80A41F205X",
      "Partita IVA IT01234567897",
      "IT60 X054 2811 1010 0000 0123 456",
      "Linea 12012555215",
      "17 giorni su 31, a 20,00&nbsp;USD per l’intero periodo, con lo sconto del vostro impegno",
      "Recesso anticipato: Turbo",
      "Sono riaddebitati gli sconti di cui avete goduto per questa voce.",
    ]) {
      expect(html).toContain(text);
    }
  });

  it("shows the issuer as it was when it was numbered", async () => {
    const before = await page(invoice.documentUrl);
    await client.run("changeDocumentDetails", { legalName: "Southwind S.p.A.", logo: null });
    await client.run("changeProviderSettings", { name: "Southwind" });
    expect(await page(invoice.documentUrl)).toBe(before);
    expect(
      await client.query("{ provider { documentDetails { legalName taxId bankAccounts { iban } logo { type } } } }"),
    ).toEqual({
      provider: {
        documentDetails: {
          legalName: "Southwind S.p.A.",
          taxId: "IT01234567897",
          bankAccounts: [{ iban: "IT60X0542811101000000123456" }],
          logo: null,
        },
      },
    });
  });

  it("is cancelled by a credit note, which is a document of the issuer as it is then", async () => {
    const { id: customerId } = (
      (await client.query(`{ invoice(id: "${invoice.id}") { customer { id } } }`)) as {
        invoice: { customer: { id: string } };
      }
    ).invoice.customer;
    await client.run("voidInvoice", { invoiceId: invoice.id, reason: "written by mistake" });
    await doDaysWork(bench, client, "2020-08-01T12:00:00.000Z");
    const found = await client.query(
      `{ customer(id: "${customerId}") { creditNotes { edges { node { number documentUrl } } } } }`,
    );
    const [{ node }] = (found as { customer: { creditNotes: { edges: [{ node: { documentUrl: string } }] } } }).customer
      .creditNotes.edges;
    const html = await page(node.documentUrl);
    expect(html).toContain("Nota di credito CN-000001");
    expect(html).toContain("La fattura INV-000001 è annullata da questa nota di credito.");
    expect(html).toContain("Annulla la riga 1 di INV-000001, perché la fattura è annullata.");
    expect(html).toContain("Southwind S.p.A.");
    expect(html).not.toContain("written by mistake");
  });
});

describe("a document that there is not", () => {
  it("is not found", async () => {
    const other = `/documents/${client.providerId}`;
    for (const path of [
      `${other}/invoices/${client.providerId}.pdf`,
      `${other}/invoices/${invoice.id}.txt`,
      `${other}/invoices/${invoice.id}`,
      `${other}/credit-notes/${invoice.id}.pdf`,
      `${other}/invoices/..%2f..%2fetc.pdf`,
      `/documents/nobody/invoices/${invoice.id}.pdf`,
      invoice.documentUrl.replace(client.providerId ?? "", bench.client.providerId ?? invoice.id),
    ]) {
      const { status, body } = await get(path);
      expect([path, status, JSON.parse(body.toString())]).toEqual([
        path,
        404,
        {
          errors: [
            { message: "There is no such document, or it is not issued yet.", extensions: { code: "NOT_FOUND" } },
          ],
        },
      ]);
    }
  });

  it("is not for others than this machine", async () => {
    expect((await get(invoice.documentUrl, { origin: "https://elsewhere.example" })).status).toBe(403);
  });
});

describe("what documents say", () => {
  it("is refused where it cannot be printed", async () => {
    const refused = (input: object) => client.refused("changeDocumentDetails", input);
    expect(await refused({ bankAccounts: [{ holder: "N", iban: "IT60X0542811101000000123457" }] })).toBe(
      "VALIDATION_FAILED bankAccounts.iban",
    );
    expect(await refused({ logo: { type: "PNG", data: "aGVsbG8=" } })).toBe("VALIDATION_FAILED logo.data");
    expect(await refused({ logo: { type: "PNG", data: "no Base64!" } })).toBe("VALIDATION_FAILED logo.data");
    expect(await refused({ address: { street: " " } })).toBe("VALIDATION_FAILED address.street");
    expect(await refused({ address: { street: "a\u202eb" } })).toBe("VALIDATION_FAILED address.street");
    expect(await refused({ address: { street: "a", country: "XX" } })).toBe("VALIDATION_FAILED address.country");
  });
});
