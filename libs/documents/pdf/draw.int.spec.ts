import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { renderPdf } from "../render.js";
import {
  adjustmentLine,
  creditNote,
  invoice,
  issuer,
  line,
  manyLines,
  penaltyLine,
  recipient,
  statement,
} from "../spec-support/samples.js";
import { type BillingDocument } from "../document.js";
import { LOGO } from "../spec-support/png.js";

/* What readers of PDFs see: poppler's programs (poppler-utils) must be installed. */

const folder = mkdtempSync(join(tmpdir(), "tenure-documents-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file = join(folder, "document.pdf");
const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
const pdfOf = async (document: BillingDocument): Promise<Uint8Array> => {
  const pdf = await renderPdf(document);
  writeFileSync(file, pdf);
  return pdf;
};
/** The text as it is selected and searched, in the order of drawing, with single spaces. */
const textOf = async (document: BillingDocument): Promise<string> => {
  await pdfOf(document);
  return run("pdftotext", "-raw", file, "-").replaceAll(/\s+/g, " ");
};

const logoOf = (png: Buffer) => ({ type: "PNG" as const, data: png.toString("base64") });

describe("a PDF", () => {
  it("has the same bytes for the same document", async () => {
    const other = await renderPdf(invoice());
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(Buffer.compare(await renderPdf(invoice()), other)).toBe(0);
    expect(Buffer.compare(await renderPdf(invoice({ number: "INV-000043" })), other)).not.toBe(0);
  });

  it("has the same bytes in another process, wherever that is", async () => {
    const { numbers, ...document } = invoice({ language: "IT", issuer: { ...issuer, logo: logoOf(LOGO) } });
    const render = new URL("../../../dist/libs/documents/render.js", import.meta.url);
    const program = `
      const { renderPdf } = await import(${JSON.stringify(render)});
      const pdf = await renderPdf({ ...${JSON.stringify(document)}, numbers: new Map() });
      process.stdout.write(Buffer.from(pdf).toString("base64"));`;
    const env = { ...process.env, TZ: "Pacific/Apia", LC_ALL: "el_GR.UTF-8" };
    const other = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8", env });
    const own = await renderPdf({ ...document, numbers });
    expect(other === Buffer.from(own).toString("base64")).toBe(true);
  });

  it("is searched by its own characters, whatever was drawn before it", async () => {
    // Both are drawn with one glyph: the two letters, and the character that is a ligature by itself.
    for (const name of ["Profile", "Pro\ufb01le", "Profile"]) {
      expect(await textOf(invoice({ recipient: { ...recipient, name } }))).toContain(`${name} `);
    }
  });

  it("has a title, a language, a structure, and its fonts in it", async () => {
    const pdf = await pdfOf(invoice({ language: "IT" }));
    const info = run("pdfinfo", file);
    expect(info).toMatch(/^Title: +Fattura INV-000042$/m);
    expect(info).toMatch(/^Author: +Northwind Telecom S.p.A.$/m);
    expect(info).toMatch(/^Tagged: +yes$/m);
    expect(Buffer.from(pdf).toString("latin1")).toContain("/Lang (it)");
    const structure = run("pdfinfo", "-struct", file);
    expect(structure.match(/\b(H1|H2|Table)\b/g)).toEqual(["H1", "H2", "Table", "H2"]);
    const fonts = run("pdffonts", file).trim().split("\n").slice(2);
    expect(fonts).toHaveLength(2);
    for (const font of fonts)
      expect(font).toMatch(/DejaVuSansCondensed(-Bold)? +CID TrueType +Identity-H +yes yes yes/);
  });

  it("says all of an invoice with a penalty and an adjustment", async () => {
    const text = await textOf(invoice({ lines: [line(), penaltyLine, adjustmentLine], total: "111.61" }));
    for (const part of [
      "Alba Rossi",
      "Calle de Alcalá 7",
      "SPAIN",
      "Amount to pay by 15 November 2020 €111.61",
      "Your commitment ended early: 31 Oct 2020 was its last day.",
      "Corrects what line 1 of INV-000029 charged for August 2020.",
      "-4.52",
      "IT60 X054 2811 1010 0000 0123 456",
      "Page 1 of 1",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("writes Italian, Greek and Cyrillic", async () => {
    const text = await textOf(
      invoice({
        language: "IT",
        recipient: { ...recipient, name: "Ανώνυμη Εταιρεία Τηλεπικοινωνιών – Київ Щастя" },
        lines: [line({ description: "Intérnet à côté, Łódź" })],
        total: "15.00",
      }),
    );
    expect(text).toContain("Fattura INV-000042");
    expect(text).toContain("15,00 €");
    expect(text).toContain("Ανώνυμη Εταιρεία Τηλεπικοινωνιών – Київ Щастя");
    expect(text).toContain("Intérnet à côté, Łódź");
  });

  it("breaks no number, however long", async () => {
    const amounts = {
      unitFee: "12345678901.50",
      fee: "12345678901.50",
      discount: "1234567890.15",
      net: "11111111011.35",
    };
    const text = await textOf(invoice({ currency: "IDR", lines: [line(amounts)], total: "11111111011.35" }));
    expect(text).toContain("12,345,678,901.50 -1,234,567,890.15 11,111,111,011.35");
  });

  it("says all of a credit note and of a statement", async () => {
    expect(await textOf(creditNote())).toContain("Amount credited");
    expect(await textOf(statement())).toContain("9 Nov 2020 Credit note CN-000003 3.39 111.61");
  });

  it("draws the logo, and the name where the logo is none", async () => {
    await pdfOf(invoice({ issuer: { ...issuer, logo: logoOf(LOGO) } }));
    expect(run("pdfimages", "-list", file)).toMatch(/\bimage\b/);
    const text = await textOf(invoice({ issuer: { ...issuer, logo: { type: "PNG", data: "AAAA" } } }));
    expect(text).toMatch(/^Northwind Telecom S.p.A. Via Torino 12/);
  });

  it("counts its pages, and repeats the heads of tables", async () => {
    await pdfOf(invoice({ lines: manyLines(850), total: "12750.00" }));
    const pages = Number(/^Pages: +(\d+)$/m.exec(run("pdfinfo", file))?.[1]);
    expect(pages).toBeGreaterThanOrEqual(36);
    const last = run("pdftotext", "-f", String(pages - 1), "-l", String(pages - 1), file, "-");
    expect(last).toContain(`Page ${pages - 1} of ${pages}`);
    expect(last).toContain("Invoice INV-000042, continued");
    expect(last).toContain("Line +39 02 5550000, continued");
    expect(last).toContain("Description");
  });

  it("holds 5,000 lines, each once and in order", async () => {
    const text = await textOf(invoice({ lines: manyLines(5_000, 500), total: "75000.00" }));
    const positions = [...text.matchAll(/(\d+) Internet \d+00 with the discount/g)].map(([, position]) =>
      Number(position),
    );
    expect(positions.length).toBe(5_000);
    expect(positions.every((position, index) => position === index + 1)).toBe(true);
    expect(text).toContain("€75,000.00");
  });
});
