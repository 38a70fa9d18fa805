import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languages } from "#domain/language.js";
import { mailKinds } from "#domain/messages/events.js";
import { placeholders } from "./examples.js";
import { renderMail } from "./render.js";
import { shippedText } from "./texts/shipped.js";
import { type MailValues } from "./variables.js";

const invoice: MailValues<"INVOICE_GENERATED"> = {
  "customer.name": "Łódź & <Sons>",
  "provider.name": "Acme",
  on: "1 August 2020",
  recordedAt: "1 August 2020 00:00",
  "invoice.number": "INV-000042",
  "invoice.issuedOn": "1 August 2020",
  "invoice.dueOn": "15 August 2020",
  "invoice.from": "1 July 2020",
  "invoice.until": "31 July 2020",
  "invoice.total": "€115.00",
  "invoice.open": "€15.00",
  isOpen: true,
};

const suspended: MailValues<"SUSPENDED"> = {
  "customer.name": "Rossi",
  "provider.name": "Acme",
  on: "25 giugno 2020",
  recordedAt: "25 giugno 2020 00:00",
  amountOverdue: "27,00 €",
  overdueInvoices: [
    { number: "INV-1", issuedOn: "1 giugno 2020", dueOn: "15 giugno 2020", open: "15,00 €" },
    { number: "INV-2", issuedOn: "2 giugno 2020", dueOn: "16 giugno 2020", open: "12,00 €" },
  ],
  isForNonPayment: true,
};

describe("a rendered mail", () => {
  it("of a new invoice, with values escaped in the HTML only", () => {
    expect(renderMail(shippedText("INVOICE_GENERATED", "EN"), invoice)).toEqual({
      subject: "Your invoice INV-000042 from Acme",
      text: `Dear Łódź & <Sons>,

Your invoice INV-000042 of 1 August 2020 for 1 July 2020 to 31 July 2020 is attached. Its total is €115.00.

Please pay €15.00 by 15 August 2020; how to pay is on the invoice.

Kind regards
Acme
`,
      html: `<!doctype html>
<html lang="en">
<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">
<p>Dear Łódź &amp; &lt;Sons&gt;,</p>
<p>Your invoice INV-000042 of 1 August 2020 for 1 July 2020 to 31 July 2020 is attached. Its total is €115.00.</p>
<p>Please pay €15.00 by 15 August 2020; how to pay is on the invoice.</p>
<p>Kind regards<br>
Acme</p>
</body>
</html>
`,
    });
  });

  it("of an invoice that credit paid", () => {
    const { text } = renderMail(shippedText("INVOICE_GENERATED", "EN"), { ...invoice, isOpen: false });
    expect(text.split("\n\n")[2]).toBe("Nothing is left to pay. You do not need to do anything.");
  });

  it("of a suspension for non-payment, in Italian, with its list", () => {
    expect(renderMail(shippedText("SUSPENDED", "IT"), suspended).text).toBe(`Gentile Rossi,

il Suo servizio è sospeso dal 25 giugno 2020. Risultano scaduti e non pagati 27,00 €; il servizio riprenderà non appena saranno pagate queste fatture:

- Fattura INV-1 del 1 giugno 2020, scaduta il 15 giugno 2020: 15,00 €
- Fattura INV-2 del 2 giugno 2020, scaduta il 16 giugno 2020: 12,00 €

Durante la sospensione non sono addebitati canoni ricorrenti.

Cordiali saluti
Acme
`);
  });

  it("of a suspension by hand has no list", () => {
    const { html } = renderMail(shippedText("SUSPENDED", "EN"), { ...suspended, isForNonPayment: false });
    expect(html).not.toContain("<li>");
    expect(html).toContain("<p>Please contact us if you have questions.</p>");
  });

  it("has one line of subject, whatever a value holds", () => {
    const template = { subject: "For {{customer.name}}", text: "a", html: "b" };
    const named = { ...suspended, "customer.name": "A\r\nBcc: victim@example.com" };
    expect(renderMail(template, named).subject).toBe("For A Bcc: victim@example.com");
  });

  it("has no markup in its HTML but the template's, whatever a value holds", () => {
    const template = {
      subject: "a",
      text: "{{customer.name}}",
      html: '<p title="{{customer.name}}">{{customer.name}}</p>',
    };
    const unit = fc.oneof(fc.constantFrom("<", ">", '"', "'", "&", "`", "=", "{{", "}}", "<script>"), fc.string());
    fc.assert(
      fc.property(fc.string({ unit }), (name) => {
        const { html, text } = renderMail(template, { ...suspended, "customer.name": name });
        expect(html).toMatch(/^<p title="[^<>"'`=]*">[^<>"'`=]*<\/p>$/);
        expect(text).toBe(name);
      }),
    );
  });

  it.each(languages.flatMap((language) => mailKinds.map((kind) => [kind, language] as const)))(
    "of each kind has a place for every value that it uses: %s %s",
    (kind, language) => {
      const mail = renderMail(shippedText(kind, language), placeholders(kind));
      expect(`${mail.subject}${mail.text}${mail.html}`).not.toMatch(/\{\{|undefined|\[object/);
      expect(mail.text).toContain("[customer.name]");
      expect(mail.html).toContain("[provider.name]");
    },
  );
});
