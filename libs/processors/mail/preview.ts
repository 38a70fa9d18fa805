import { type DataSource } from "typeorm";
import { addDays, type Instant, type LocalDate } from "#domain/calendar.js";
import { collectionTermsOf } from "#domain/catalog/customer-class.js";
import { todayOf } from "#domain/customers/customer.js";
import { type MailKind, type MailText } from "#domain/messages/events.js";
import { placeholders } from "#mail/examples.js";
import { type RenderedMail, renderMail } from "#mail/render.js";
import { listCommitments } from "#read-models/commitments/queries.js";
import { listPayments } from "#read-models/invoices/payment-queries.js";
import { listInvoices, unpaidInvoices } from "#read-models/invoices/queries.js";
import { type Scope, wholeProvider } from "#read-models/rows/scope.js";
import { type Attachment } from "./composed.js";
import { type Occasion } from "./occasion.js";
import { invoicePdf } from "./prepare.js";
import { type Reader, readerOf, writingFor } from "./reader.js";
import { commonValues } from "./telling.js";
import { textsInEffect } from "./text-in-effect.js";
import { valuesOf } from "./values.js";

export interface Previewed {
  /** The customer's e-mail address; null: it has none, and gets no mail. */
  readonly to: string | null;
  readonly mail: RenderedMail;
  /** The customer has nothing that such a mail is about: names of variables stand for values. */
  readonly isSample: boolean;
  readonly attachments: readonly Attachment[];
}

/**
 * A mail as a customer would get it today, about the latest thing that it could be about. Null: the scope has no such
 * customer.
 * @param draft a checked text; null: the one that counts
 */
export const previewMail = async (
  dataSource: DataSource,
  scope: Scope,
  {
    kind,
    customerId,
    draft,
    now,
  }: {
    readonly kind: MailKind;
    readonly customerId: string;
    readonly draft: MailText | null;
    readonly now: Instant;
  },
): Promise<Previewed | null> => {
  const reader = await readerOf(dataSource, scope, customerId, { now });
  if (!reader) return null;
  const { providerId } = scope;
  const { customerClassId, language } = reader;
  const [inEffect] = await textsInEffect(dataSource, providerId, customerClassId, [kind], [language]);
  const text = draft ?? inEffect?.text;
  if (!text) throw new Error("each kind has a text");
  const occasion = await latestOccasion(dataSource, kind, reader, now);
  const telling = { dataSource, occasion, reader, writing: writingFor(reader, text.dates) };
  const told = await valuesOf(telling);
  const isSample = "nothing" in told;
  const values = isSample ? { ...placeholders(kind), ...commonValues(telling) } : told.values;
  const isInvoice = kind === "INVOICE_GENERATED" && !isSample;
  const attachments = isInvoice ? await invoicePdf(dataSource, providerId, occasion.subjectId) : [];
  return { to: reader.email, mail: renderMail(text, values), isSample, attachments };
};

/** What a mail of the kind would be about, were it sent now. */
const latestOccasion = async (
  dataSource: DataSource,
  kind: MailKind,
  reader: Reader,
  now: Instant,
): Promise<Occasion> => {
  const on = todayOf(reader.customer, now);
  const subjectId = await subjects[kind](dataSource, reader, on);
  const occasion = { kind, on, recordedAt: now, subjectId };
  if (kind === "SUSPENDED") {
    const unpaid = await unpaidInvoices(dataSource, wholeProvider(reader.providerId), reader.customer.customerId, on);
    return { ...occasion, isForNonPayment: unpaid.length > 0 };
  }
  if (kind !== "ABOUT_TO_BE_SUSPENDED") return occasion;
  const { warnBeforeSuspensionDays } = collectionTermsOf(reader.terms);
  return { ...occasion, suspensionOn: addDays(on, warnBeforeSuspensionDays) };
};

type Subject = (dataSource: DataSource, reader: Reader, on: LocalDate) => Promise<string | null>;

const ONE = { first: 1 } as const;
/** Before and after every day. */
const [FIRST, LAST] = ["0001-01-01", "9999-12-31"];

const oldestUnpaid: Subject = async (dataSource, { providerId, customer }, on) =>
  (await unpaidInvoices(dataSource, wholeProvider(providerId), customer.customerId, on))[0]?.id ?? null;

const latestDiscounted: Subject = async (dataSource, { providerId, customer }) => {
  const filter = { customerId: customer.customerId, discountEndFrom: FIRST, discountEndUntil: LAST };
  const sort = { by: "CREATED", direction: "DESC" } as const;
  const { rows } = await listCommitments(dataSource, wholeProvider(providerId), { ...ONE, filter, sort });
  return rows[0]?.id ?? null;
};

const subjects: Readonly<Record<MailKind, Subject>> = {
  async INVOICE_GENERATED(dataSource, { providerId, customer }) {
    const sort = { by: "NUMBER", direction: "DESC" } as const;
    const filter = { customerId: customer.customerId };
    const { rows } = await listInvoices(dataSource, wholeProvider(providerId), { ...ONE, filter, sort });
    return rows[0]?.id ?? null;
  },
  INVOICE_OVERDUE: oldestUnpaid,
  REMINDER: oldestUnpaid,
  ABOUT_TO_BE_SUSPENDED: oldestUnpaid,
  SUSPENDED: () => Promise.resolve(null),
  COMMITMENT_ENDING_SOON: latestDiscounted,
  async COMMITMENT_TERMINATED(dataSource, { providerId, customer }) {
    const filter = { customerId: customer.customerId, terminatedFrom: FIRST, terminatedUntil: LAST };
    const sort = { by: "TERMINATED", direction: "DESC" } as const;
    const { rows } = await listCommitments(dataSource, wholeProvider(providerId), { ...ONE, filter, sort });
    return rows[0]?.id ?? null;
  },
  DISCOUNT_ENDED: latestDiscounted,
  async PAYMENT_RECEIVED(dataSource, { providerId, customer }) {
    const filter = { customerId: customer.customerId, isReversed: false };
    const sort = { by: "RECORDED", direction: "DESC" } as const;
    const { rows } = await listPayments(dataSource, wholeProvider(providerId), { ...ONE, filter, sort });
    return rows[0]?.id ?? null;
  },
};
