import { type ParsedMail, simpleParser } from "mailparser";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DomainEvent } from "#domain/event.js";
import { type MailKind } from "#domain/messages/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { mailTemplateId } from "#event-store/ids.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { id, Journal, PROVIDER } from "#read-models/spec-support/journal.js";
import { project, startOver } from "#read-models/spec-support/rows.js";
import { accountOpened, assigned, customerCreated, terminated } from "#read-models/spec-support/story.js";
import { issueInvoice } from "../spec-support/issued-invoice.js";
import { type DeliveryTo } from "../deliveries/target.js";
import { type ComposedMail } from "./composed.js";
import { prepareMail } from "./prepare.js";

let databases: TestDatabases;
let dataSource: DataSource;
let journal: Journal;
/** How many of its events read models show. */
let projected = 0;
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
});
afterAll(() => databases.stop());

const ON = { effectiveOn: "2020-07-01" };
const NASTY = 'Ann <b>"O\'Hara"</b> & Söhne';
const FROM = { name: null, address: "billing@example.com" };

const record = (category: string, name: string, ...events: DomainEvent[]): RecordedEvent => {
  const at = { at: "2020-08-01T22:30:00.000Z" };
  const [first] = journal.record(category, name === PROVIDER ? name : id(name), events, at);
  if (!first) throw new Error("nothing was recorded");
  return first;
};
const contact = (changes: object): DomainEvent => ({
  type: "CustomerContactChanged",
  data: { ...ON, personal: { name: NASTY, companyDomain: null, email: "ann@example.org", phone: null, ...changes } },
});
const classOf = (terms: object) => {
  record("customerclass", "class", {
    type: "CustomerClassDefined",
    data: { customerClassId: id("class"), name: "Class", graceDays: 14, rounding: "HALF_UP", ...ON, ...terms },
  });
  record("customer", "Ann", { type: "CustomerClassSet", data: { customerClassId: id("class"), ...ON } });
};
const template = (customerClassId: string | null, kind: MailKind, text: object) => {
  const mailTemplate = mailTemplateId(PROVIDER, customerClassId, kind, "EN");
  const of = { mailTemplateId: mailTemplate, customerClassId, kind, language: "EN", dates: null };
  const [event] = journal.record("mailtemplate", mailTemplate, [
    { type: "MailTemplateDefined", data: { ...of, html: "<p>{{customer.name}}</p>", ...text, ...ON } },
  ]);
  return event;
};
const invoice = (name: string, number: number, dueOn: string) => issueInvoice(record, name, number, dueOn);
const paid = (payment: string, amount: string) =>
  record("receivables", "Ann", {
    type: "PaymentRecorded",
    data: {
      ...{ paymentId: id(payment), customerId: id("Ann"), amount, currency: "USD", method: "BANK_TRANSFER" },
      ...{ valueOn: "2020-07-30", invoiceId: null, effectiveOn: "2020-08-02" },
      personal: { reference: "R-<1>", note: "secret note" },
    },
  });

/** A customer in Berlin with a commitment. */
beforeEach(async () => {
  await startOver(dataSource);
  journal = new Journal();
  projected = 0;
  record("provider", PROVIDER, {
    type: "ProviderCreated",
    data: { providerId: PROVIDER, name: "Acme & Co", invoiceNumberPrefix: "INV-", ...ON },
  });
  record("customer", "Ann", customerCreated("Ann"), contact({}));
  record("account", "+49 1", accountOpened("+49 1", "Ann"));
  record("commitment", "first", assigned("first", "+49 1", "Ann", "2022-07-01"));
});

const prepare = async (event: RecordedEvent, kind: MailKind, subject: string | null, on = "2020-08-02") => {
  await project(dataSource, journal.events.slice(projected));
  projected = journal.events.length;
  const delivery: DeliveryTo<"EMAIL"> = {
    id: id(`delivery of ${event.id}`),
    provider: PROVIDER,
    customerId: id("Ann"),
    target: "EMAIL",
    kind,
    on,
    subjectId: subject === null ? null : id(subject),
    event: { id: event.id, stream: event.stream, revision: event.revision, recordedAt: event.metadata.recordedAt },
  };
  return prepareMail(delivery, { store: journal.store, dataSource }, { from: FROM, origin: "https://example.org" });
};
const contentOf = async (...[event, kind, subject, on]: Parameters<typeof prepare>): Promise<ComposedMail> => {
  const prepared = await prepare(event, kind, subject, on);
  if ("discard" in prepared) throw new Error(prepared.discard);
  return prepared.content;
};
const mailOf = async (...asked: Parameters<typeof prepare>): Promise<ParsedMail> =>
  simpleParser((await contentOf(...asked)).message);
const textOf = async (...asked: Parameters<typeof prepare>): Promise<string> => {
  const { subject = "", text = "" } = await mailOf(...asked);
  return `${subject}\n\n${text}`.trimEnd().replaceAll("\u00a0", " ");
};

describe("the mail of an invoice", () => {
  it("says what is to be paid, brings the invoice, and is the same however often it is prepared", async () => {
    const event = invoice("one", 1, "2020-08-15");
    const one = await contentOf(event, "INVOICE_GENERATED", "one", "2020-08-01");
    expect(await contentOf(event, "INVOICE_GENERATED", "one", "2020-08-01")).toEqual(one);
    expect([one.from, one.to]).toEqual(["billing@example.com", "ann@example.org"]);
    const mail = await simpleParser(one.message);
    expect(mail.messageId).toBe(`<${id(`delivery of ${event.id}`)}@example.com>`);
    expect(mail.date).toEqual(new Date("2020-08-01T22:30:00.000Z"));
    expect(mail.from?.value).toEqual([{ name: "Acme & Co", address: "billing@example.com" }]);
    expect([mail.to].flat().flatMap((to) => to?.value)).toEqual([{ name: NASTY, address: "ann@example.org" }]);
    expect(mail.subject).toBe("Your invoice INV-000001 from Acme & Co");
    expect(mail.text?.replaceAll("\u00a0", " ").trimEnd()).toBe(
      `Dear ${NASTY},

Your invoice INV-000001 of 1 August 2020 for 1 July 2020 to 31 July 2020 is attached. Its total is $15.00.

Please pay $15.00 by 15 August 2020; how to pay is on the invoice.

Kind regards
Acme & Co`,
    );
    const [pdf, ...others] = mail.attachments;
    expect([pdf?.filename, pdf?.contentType, pdf?.content.subarray(0, 5).toString(), others]).toEqual([
      "INV-000001.pdf",
      "application/pdf",
      "%PDF-",
      [],
    ]);
  });

  it("is HTML in which names are text", async () => {
    const { html } = await mailOf(invoice("one", 1, "2020-08-15"), "INVOICE_GENERATED", "one");
    expect(html).toContain("Ann &lt;b&gt;&quot;O&#x27;Hara&quot;&lt;/b&gt; &amp; Söhne");
    expect(html).not.toContain("<b>");
  });

  it("asks for nothing where everything is paid", async () => {
    const event = invoice("one", 1, "2020-08-15");
    paid("payment", "15.00");
    expect(await textOf(event, "INVOICE_GENERATED", "one")).toContain(
      "Nothing is left to pay. You do not need to do anything.",
    );
  });

  it("is in the language and date format of the class", async () => {
    classOf({ language: "IT", dateFormat: { name: "EUROPEAN" } });
    expect(await textOf(invoice("one", 1, "2020-08-15"), "INVOICE_GENERATED", "one")).toBe(
      `Fattura INV-000001 di Acme & Co

Gentile ${NASTY},

in allegato trova la fattura INV-000001 del 01.08.2020 per il periodo dal 01.07.2020 al 31.07.2020. Il totale è di 15,00 USD.

La preghiamo di pagare 15,00 USD entro il 15.08.2020, come indicato in fattura.

Cordiali saluti
Acme & Co`,
    );
  });
});

describe("the text of a mail", () => {
  beforeEach(() => {
    record("customer", "Ann", {
      type: "CustomerSuspended",
      data: { orderedOn: "2020-06-30", personal: { reason: null }, ...ON },
    });
  });
  const signal = () =>
    record("lifecycle", "Ann", { type: "SuspensionTookEffect", data: { customerId: id("Ann"), ...ON } });

  it("is that of the class, else that of the provider, with times in the customer's zone", async () => {
    classOf({ dateFormat: { name: "US" } });
    template(null, "SUSPENDED", { subject: "For all", text: "{{recordedAt}}" });
    expect(await textOf(signal(), "SUSPENDED", null)).toBe("For all\n\n08/02/2020 12:30 AM");
    template(id("class"), "SUSPENDED", {
      subject: "{{customer.name}}",
      text: "{{recordedAt}}",
      dates: { name: "OWN", date: "d. M. yyyy", time: "H:mm" },
    });
    expect(await textOf(signal(), "SUSPENDED", null)).toBe(`${NASTY}\n\n2. 8. 2020 0:30`);
  });
});

describe("a mail about what is overdue", () => {
  it("lists all that is overdue on the day, oldest first", async () => {
    const event = invoice("one", 1, "2020-08-15");
    invoice("two", 2, "2020-08-20");
    invoice("three", 3, "2020-09-01");
    paid("payment", "5.00");
    expect(await textOf(event, "REMINDER", "one", "2020-08-25")).toBe(
      `Reminder: $25.00 overdue

Dear ${NASTY},

We remind you that $25.00 is overdue:

- Invoice INV-000001 of 1 August 2020, due on 15 August 2020: $10.00
- Invoice INV-000002 of 1 August 2020, due on 20 August 2020: $15.00

Please pay it now. If your payment is already on its way, please disregard this message.

Kind regards
Acme & Co`,
    );
  });

  const step = (type: string, data: object) =>
    record("receivables", "Ann", {
      type,
      data: { invoiceId: id("one"), causes: [], currency: "USD", effectiveOn: "2020-08-16", ...data },
    });

  it("tells the day of the suspension, as collection said", async () => {
    invoice("one", 1, "2020-08-15");
    const event = step("SuspensionWarned", { amountOverdue: "15.00", suspensionOn: "2020-08-25" });
    expect(await textOf(event, "ABOUT_TO_BE_SUSPENDED", "one", "2020-08-22")).toBe(
      `Your service will be suspended on 25 August 2020

Dear ${NASTY},

$15.00 is overdue:

- Invoice INV-000001 of 1 August 2020, due on 15 August 2020: $15.00

Unless it is paid before then, we will suspend your service on 25 August 2020.

If your payment is already on its way, please disregard this message.

Kind regards
Acme & Co`,
    );
  });

  it("tells that an invoice is overdue, and what is left of it", async () => {
    invoice("one", 1, "2020-08-15");
    paid("payment", "5.00");
    const event = step("InvoiceOverdue", { number: "INV-000001", dueOn: "2020-08-15", open: "10.00" });
    expect(await textOf(event, "INVOICE_OVERDUE", "one", "2020-08-16")).toContain(
      "Your invoice INV-000001 of 1 August 2020 was due on 15 August 2020, and $10.00 of it is not paid yet.",
    );
  });

  it.each(["INVOICE_OVERDUE", "REMINDER", "ABOUT_TO_BE_SUSPENDED"] as const)(
    "%s is not sent when everything was paid meanwhile",
    async (kind) => {
      const event = invoice("one", 1, "2020-08-15");
      paid("payment", "15.00");
      const prepared = await prepare(event, kind, "one", "2020-08-25");
      expect(prepared).toEqual({ discard: expect.stringMatching(/^Nothing is .* any more\.$/) as string });
    },
  );
});

describe("a mail about a payment", () => {
  it("thanks for it", async () => {
    expect(await textOf(paid("payment", "20.00"), "PAYMENT_RECEIVED", "payment")).toBe(
      `Thank you for your payment of $20.00

Dear ${NASTY},

We received your payment of $20.00 on 30 July 2020 with the reference R-<1>. Thank you.

Kind regards
Acme & Co`,
    );
  });

  it("is not sent when the payment was reversed meanwhile", async () => {
    const event = paid("payment", "20.00");
    record("receivables", "Ann", {
      type: "PaymentReversed",
      data: { paymentId: id("payment"), amount: "20.00", effectiveOn: "2020-08-02", personal: { reason: "typo" } },
    });
    expect(await prepare(event, "PAYMENT_RECEIVED", "payment")).toEqual({ discard: "The payment was reversed." });
  });
});

describe("a mail about a commitment", () => {
  const signal = (type: string, data: object) =>
    record("lifecycle", "first", { type, data: { commitmentId: id("first"), effectiveOn: "2022-06-01", ...data } });

  it("tells of the end of the discount before and when it comes", async () => {
    const soon = signal("CommitmentEndNears", { discountEnd: "2022-07-01" });
    expect(await textOf(soon, "COMMITMENT_ENDING_SOON", "first", "2022-06-01")).toContain(
      "The discount on Turbo for +49 1 ends soon: 30 June 2022 is its last day.",
    );
    const ended = signal("DiscountEndTookEffect", { effectiveOn: "2022-07-01" });
    expect(await textOf(ended, "DISCOUNT_ENDED", "first", "2022-07-01")).toContain(
      "From 1 July 2022 on your service costs the regular price.",
    );
  });

  it.each([
    ["2020-07-31", "Turbo has ended\n", "31 July 2020 was its last day."],
    ["2020-06-30", "Turbo was cancelled\n", "was cancelled before it began on 1 July 2020."],
  ])("tells that it ended on %s", async (lastDay, subject, words) => {
    record("commitment", "first", terminated(lastDay, "0.00"));
    const text = await textOf(
      signal("TerminationTookEffect", { effectiveOn: "2020-08-01" }),
      "COMMITMENT_TERMINATED",
      "first",
    );
    expect(text).toContain(words);
    expect(text.startsWith(subject)).toBe(true);
  });
});

describe("a mail about a suspension", () => {
  it.each([
    [
      "NON_PAYMENT",
      "$15.00 is overdue. Your service will be restored as soon as these invoices are paid:\n\n- Invoice INV-000001",
    ],
    [undefined, "Please contact us if you have questions."],
  ])("with the origin %s says what matters", async (origin, words) => {
    invoice("one", 1, "2020-08-15");
    const event = record("customer", "Ann", {
      type: "CustomerSuspended",
      data: { effectiveOn: "2020-08-25", personal: { reason: "secret" }, ...(origin && { origin }) },
    });
    const text = await textOf(event, "SUSPENDED", null, "2020-08-25");
    expect(text).toContain(words);
    expect(text).toContain("Your service has been suspended since 25 August 2020.");
    expect(text).not.toContain("secret");
  });
});

describe("a mail about a suspension is not sent", () => {
  const suspend = (data: object) =>
    record("customer", "Ann", {
      type: "CustomerSuspended",
      data: { effectiveOn: "2020-08-25", personal: { reason: null }, ...data },
    });

  it("when it was lifted meanwhile", async () => {
    const event = suspend({});
    record("customer", "Ann", {
      type: "CustomerUnsuspended",
      data: { effectiveOn: "2020-08-25", personal: { reason: null } },
    });
    const discard = "The suspension was lifted.";
    expect(await prepare(event, "SUSPENDED", null, "2020-08-25")).toEqual({ discard });
  });

  it("when service was back since, though its day stays blocked", async () => {
    const [event, discard] = [suspend({}), "The suspension was lifted."];
    const lifted = { effectiveOn: "2020-08-27", personal: { reason: null } };
    record("customer", "Ann", { type: "CustomerUnsuspended", data: lifted });
    expect(await prepare(event, "SUSPENDED", null, "2020-08-25")).toEqual({ discard });
    const again = suspend({ effectiveOn: "2020-08-30" });
    expect(await prepare(event, "SUSPENDED", null, "2020-08-25")).toEqual({ discard });
    const text = await textOf(again, "SUSPENDED", null, "2020-08-30");
    expect(text).toContain("Your service has been suspended since 30 August 2020.");
  });

  it("when what was overdue is paid", async () => {
    const event = suspend({ origin: "NON_PAYMENT" });
    expect(await prepare(event, "SUSPENDED", null, "2020-08-25")).toEqual({ discard: "Nothing is overdue any more." });
  });
});

describe("a customer's address", () => {
  it.each([
    ["that is gone", { email: null }, { discard: "The customer has no e-mail address any more." }],
    ["that is another now", { email: "new@example.org" }, "new@example.org"],
  ])("%s", async (_case, changes, expected) => {
    const event = invoice("one", 1, "2020-08-15");
    record("customer", "Ann", contact(changes));
    const prepared = await prepare(event, "INVOICE_GENERATED", "one");
    expect("content" in prepared ? prepared.content.to : prepared).toEqual(expected);
  });

  it.each(["ann@example.org, eve@example.net", "ann"])(
    "that is none fails until it is corrected: %s",
    async (email) => {
      const event = invoice("one", 1, "2020-08-15");
      record("customer", "Ann", contact({ email }));
      await expect(prepare(event, "INVOICE_GENERATED", "one")).rejects.toThrow(
        "the customer's e-mail address is not one that mail can be sent to.",
      );
      record("customer", "Ann", contact({ email: "ann@example.org" }));
      expect((await contentOf(event, "INVOICE_GENERATED", "one")).to).toBe("ann@example.org");
    },
  );
});
