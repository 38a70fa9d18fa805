import { type DataSource } from "typeorm";
import { type Language } from "#domain/language.js";
import { type MailKind, type MailText } from "#domain/messages/events.js";
import { mailTemplateId } from "#event-store/ids.js";
import { shippedText } from "#mail/texts/shipped.js";
import { findCatalogItems } from "#read-models/catalog/queries.js";
import { wholeProvider } from "#read-models/rows/scope.js";

/** Where the text of a mail comes from: the customer's class, all classes, or the product. */
export type MailTextOrigin = "CLASS" | "PROVIDER" | "SHIPPED";

export interface TextInEffect {
  readonly kind: MailKind;
  readonly language: Language;
  readonly origin: MailTextOrigin;
  readonly text: MailText;
}

/** The texts that mails of these kinds have now, for customers of a class or (null) of none. */
export const textsInEffect = async (
  dataSource: DataSource,
  providerId: string,
  customerClassId: string | null,
  kinds: readonly MailKind[],
  languages: readonly Language[],
): Promise<TextInEffect[]> => {
  const wanted = kinds.flatMap((kind) => languages.map((language) => ({ kind, language })));
  const idsOf = (classId: string | null) =>
    wanted.map(({ kind, language }) => mailTemplateId(providerId, classId, kind, language));
  const ids = [...idsOf(null), ...(customerClassId === null ? [] : idsOf(customerClassId))];
  const rows = await findCatalogItems(dataSource, wholeProvider(providerId), "mailtemplate", ids);
  const own = new Map(rows.flatMap(({ id, state }) => (state.text ? [[id, state.text] as const] : [])));
  return wanted.map(({ kind, language }) => {
    const find = (classId: string | null) => own.get(mailTemplateId(providerId, classId, kind, language));
    const ofClass = customerClassId === null ? undefined : find(customerClassId);
    if (ofClass) return { kind, language, origin: "CLASS", text: ofClass };
    const ofProvider = find(null);
    if (ofProvider) return { kind, language, origin: "PROVIDER", text: ofProvider };
    return { kind, language, origin: "SHIPPED", text: shippedText(kind, language) };
  });
};
