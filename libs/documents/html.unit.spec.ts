import { describe, expect, it } from "vitest";
import { renderHtml } from "./render.js";
import { creditNote, invoice, issuer, line, recipient, statement } from "./spec-support/samples.js";

/** The text of a page, a line for each element. */
const textOf = (html: string): string[] =>
  html
    .replaceAll(/<(style|title)>[^]*?<\/\1>/g, "")
    .replaceAll(/<[^>]+>/g, "\n")
    .replaceAll("&nbsp;", " ")
    .split("\n")
    .map((text) => text.trim())
    .filter((text) => text !== "");

describe("an invoice as HTML", () => {
  it("says everything, in the order in which it is read", () => {
    expect(textOf(renderHtml(invoice()))).toEqual([
      ...["Northwind Telecom S.p.A.", "Via Torino 12", "20123 Milano (MI)", "ITALY"],
      ...["+39 02 1234567", "billing@northwind.example", "www.northwind.example"],
      ...["Alba Rossi", "Calle de Alcalá 7", "4º B", "28014 Madrid", "SPAIN"],
      ...["Number", "INV-000042", "Date", "1 Nov 2020", "Due date", "15 Nov 2020"],
      ...["Billing period", "October 2020", "Your tax ID", "ES12345678Z"],
      ...["Invoice INV-000042", "Amount to pay", "by 15 November 2020", "€115.00"],
      ...["Line +39 02 5550100", "No.", "Description", "Days", "Fee", "Discount", "Amount"],
      ...["1", "Internet 1000", "with the discount of your commitment", "1–31 Oct 2020", "20.00", "-5.00", "15.00"],
      ...["2", "Early termination: Internet 1000", "Your commitment ended early: 31 Oct 2020 was its last day."],
      ...["The discounts that you were given for this while it lasted are charged back."],
      ...["31 Oct 2020", "100.00", "100.00"],
      ...["Recurring fees", "€15.00", "Early termination", "€100.00", "Total", "€115.00"],
      ...["How to pay", "Please pay €115.00 by 15 November 2020, with INV-000042 as the reference."],
      ...["Account holder", "Northwind Telecom S.p.A.", "Bank", "Banca Esempio"],
      ...["IBAN", "IT60 X054 2811 1010 0000 0123 456", "BIC", "ESEMITMM", "Reference", "INV-000042"],
      "Discounts of €5.00 are taken off already. All amounts are net of tax.",
      "Northwind Telecom S.p.A.  ·  Tax ID IT01234567897  ·  REA MI-1234567, capitale sociale € 10.000.000 i.v.",
    ]);
  });

  it("adds up each of several accounts", () => {
    const lines = [line(), line({ position: 2, account: "+39 02 5550200" }), line({ position: 3 })];
    const text = textOf(renderHtml(invoice({ lines, total: "45.00" })));
    const sums = text.flatMap((each, index) => (each.startsWith("Total") ? [[each, text[index + 1]]] : []));
    expect(sums).toEqual([
      ["Total of line +39 02 5550100", "30.00"],
      ["Total of line +39 02 5550200", "15.00"],
      ["Total", "€45.00"],
    ]);
  });

  it("asks for nothing where there is nothing to pay", () => {
    const text = textOf(
      renderHtml(invoice({ lines: [line({ fee: "0.00", discount: "0.00", net: "0.00" })], total: "0.00" })),
    );
    expect(text).toContain("nothing to pay");
    expect(text).not.toContain("How to pay");
  });

  it("names accounts in its own currency, and takes what it is told for text", () => {
    const html = renderHtml(invoice({ currency: "USD", recipient: { ...recipient, name: `<b>"A" & 'B'</b>` } }));
    expect(html).not.toContain("IBAN");
    expect(html).toContain("&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;");
    expect(html).not.toContain("<b>&quot;");
  });

  it("holds the logo, and loads nothing", () => {
    const html = renderHtml(invoice({ issuer: { ...issuer, logo: { type: "PNG", data: "aWNvbg==" } } }));
    expect(html).toContain(`<img src="data:image/png;base64,aWNvbg==" alt="Northwind Telecom S.p.A.">`);
    expect(html.match(/(src|href|url\()/g)).toEqual(["src"]);
  });
});

describe("other documents as HTML", () => {
  it("say in which language they are", () => {
    expect(renderHtml(invoice({ language: "IT" }))).toContain(`<html lang="it">`);
    expect(renderHtml(invoice({ language: "IT" }))).toContain("<title>Fattura INV-000042</title>");
  });

  it("say what a credit note credits, and what becomes of it", () => {
    const text = textOf(renderHtml(creditNote()));
    expect(text.slice(text.indexOf("Amount credited"), text.indexOf("Amount credited") + 2)).toEqual([
      "Amount credited",
      "€3.39",
    ]);
    expect(text).toContain("INV-000029");
    expect(text).toContain(
      "You need not do anything: the credit pays what is still open on your invoices, and what is left over is taken off your next invoice.",
    );
  });

  it("give the reason of goodwill, and of nothing else", () => {
    const reason = "the outage of May";
    expect(textOf(renderHtml(creditNote({ purpose: "GOODWILL", reason, lines: [], invoiceNumber: null })))).toContain(
      "Goodwill credit: the outage of May",
    );
    expect(renderHtml(creditNote({ purpose: "VOID", reason }))).not.toContain(reason);
  });

  it("show every movement of a statement with the balance after it", () => {
    const text = textOf(renderHtml(statement()));
    const from = text.indexOf("Opening balance") - 1;
    expect(text.slice(from, text.indexOf("Closing balance") + 2)).toEqual([
      ...["1 Oct 2020", "Opening balance", "15.00"],
      ...["3 Oct 2020", "Payment TRX-1", "15.00", "0.00"],
      ...["1 Nov 2020", "Invoice INV-000042", "115.00", "115.00"],
      ...["9 Nov 2020", "Credit note CN-000003", "3.39", "111.61"],
      ...["30 Nov 2020", "Closing balance", "111.61"],
    ]);
  });
});
