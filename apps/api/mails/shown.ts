import { type DateFormat as Format } from "#domain/date-format.js";
import { type CatalogRow } from "#read-models/catalog/table.js";
import { type DateFormat, dateFormatShown } from "../catalog/date-format.js";
import { type Plain } from "../graphql/plain.js";
import { type MailTemplate } from "./models.js";

export const datesShown = (dates: Format | null): Plain<DateFormat> | null => dates && dateFormatShown(dates);

/** Templates that were reset are never shown (queries/kinds.ts). */
export const mailTemplateShown = ({
  id,
  createdAt,
  updatedAt,
  state,
}: CatalogRow<"mailtemplate">): Plain<MailTemplate> => {
  const { customerClassId, kind, language, text } = state;
  const { subject = "", text: plain = "", html = "", dates = null } = text ?? {};
  return {
    id,
    createdAt,
    updatedAt,
    customerClassId,
    kind,
    language,
    subject,
    text: plain,
    html,
    dates: datesShown(dates),
  };
};
