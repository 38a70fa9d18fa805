import { renderPdf, fileName } from "#documents/render.js";
import { loadInvoice } from "#application/documents/load-documents.js";
import { renderMail } from "#mail/render.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type DeliveryTo, type Sources } from "../deliveries/target.js";
import { isAddress } from "./address.js";
import { type Attachment, type ComposedMail, composeMail, type Mailbox } from "./composed.js";
import { occasionOf } from "./occasion.js";
import { signInMail } from "./sign-in.js";
import { readerOf, writingFor } from "./reader.js";
import { textsInEffect } from "./text-in-effect.js";
import { valuesOf } from "./values.js";

/** Names of the read models that mails are made from. */
export const MAILS_READ = ["providers", "issuers", "catalog", "customers", "accounts", "commitments", "invoices"];

/**
 * The mail of a delivery, with the text that counts now, about things as they stand now: what was paid meanwhile is not
 * demanded (docs/rules.md#mails).
 * @param origin of the addresses that links lead to
 * @throws when it cannot be made yet, e.g. because the customer's address is none
 */
export const prepareMail = async (
  delivery: DeliveryTo<"EMAIL">,
  sources: Sources,
  { from, origin }: { readonly from: Mailbox; readonly origin: string },
): Promise<{ readonly content: ComposedMail } | { readonly discard: string }> => {
  const { store, dataSource } = sources;
  const { id, provider, customerId, kind, on, event } = delivery;
  const [[recorded], reader] = await Promise.all([
    store.readStream(event.stream, { from: event.revision, limit: 1 }),
    readerOf(dataSource, wholeProvider(provider), customerId, on),
  ]);
  if (recorded?.id !== event.id || !reader) throw new Error("its event or customer is not there.");
  const person =
    recorded.type === "PersonLinkIssued" ? await signInMail(sources, provider, recorded, origin) : { signIn: null };
  if ("discard" in person) return person;
  const { name, address } = "to" in person ? person.to : { name: reader.name, address: reader.email };
  if (address === null) return { discard: "The customer has no e-mail address any more." };
  if (!isAddress(address)) throw new Error("the customer's e-mail address is not one that mail can be sent to.");
  const [inEffect] = await textsInEffect(dataSource, provider, reader.customerClassId, [kind], [reader.language]);
  if (!inEffect) throw new Error("it has no text.");
  const occasion = { ...occasionOf(delivery, recorded), ...(person.signIn && { signIn: person.signIn }) };
  const writing = writingFor(reader, inEffect.text.dates);
  const told = await valuesOf({ dataSource, occasion, reader, writing });
  if ("nothing" in told) return { discard: told.nothing };
  const content = await composeMail(renderMail(inEffect.text, told.values), {
    id,
    date: event.recordedAt,
    from: { ...from, name: from.name ?? reader.providerName },
    to: { name, address },
    attachments: kind === "INVOICE_GENERATED" ? await invoicePdf(dataSource, provider, delivery.subjectId) : [],
  });
  return { content };
};

/** The invoice that a mail brings; none that is not issued. */
export const invoicePdf = async (
  dataSource: Sources["dataSource"],
  provider: string,
  invoiceId: string | null,
): Promise<Attachment[]> => {
  const invoice = await loadInvoice(dataSource, wholeProvider(provider), invoiceId ?? "");
  if (!invoice) return [];
  const content = await renderPdf(invoice);
  return [{ filename: `${fileName(invoice)}.pdf`, contentType: "application/pdf", content }];
};
