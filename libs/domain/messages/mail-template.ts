import { type LocalDate } from "../calendar.js";
import { type GivenDateFormat, requireDateFormat } from "../date-format.js";
import { type Evolver } from "../event.js";
import { checkAll, reject } from "../rejection.js";
import { type MailTemplateEvent, type MailTemplateOf, type MailText } from "./events.js";

export interface MailTemplate extends MailTemplateOf {
  readonly mailTemplateId: string;
  /** Null: it was reset. */
  readonly text: MailText | null;
}

export const mailTemplateEvolver: Evolver<MailTemplate | null, MailTemplateEvent> = {
  initial: null,
  evolve(state, event) {
    switch (event.type) {
      case "MailTemplateDefined": {
        const { mailTemplateId, customerClassId, kind, language, subject, text, html, dates } = event.data;
        return { mailTemplateId, customerClassId, kind, language, text: { subject, text, html, dates } };
      }
      case "MailTemplateReset":
        return state && { ...state, text: null };
      case "CommandAccepted":
        return state;
    }
  },
};

/** Characters; a page of text with its markup is a tenth of the last two. */
const LONGEST = { subject: 500, text: 100_000, html: 100_000 } as const;

/** A text as it is ordered. */
export interface GivenMailText extends Omit<MailText, "dates"> {
  readonly dates?: GivenDateFormat | null;
}

/** What holds for a text whatever its variables are. @throws Rejection VALIDATION_FAILED */
export const requireMailText = ({ dates = null, ...parts }: GivenMailText): MailText => {
  checkAll(
    ...(["subject", "text", "html"] as const).map((field) => () => {
      requirePart(parts[field], field);
    }),
    () => dates && requireDateFormat(dates, "dates"),
  );
  const { subject, text, html } = parts;
  return { subject: subject.trim(), text, html, dates: dates && requireDateFormat(dates, "dates") };
};

const requirePart = (part: string, field: keyof typeof LONGEST): void => {
  const most = LONGEST[field];
  if (part.trim() === "") throw reject("VALIDATION_FAILED", `${field} must not be empty.`, { field });
  if (part.length > most) throw reject("VALIDATION_FAILED", `${field} is longer than ${most} characters.`, { field });
  if (field === "subject" && /[\r\n]/.test(part.trim())) {
    throw reject("VALIDATION_FAILED", "subject has more than one line.", { field });
  }
};

export interface DefineMailTemplate extends MailTemplateOf, GivenMailText {
  readonly mailTemplateId: string;
  readonly on: LocalDate;
}

/** @param classExists of the class that is named @throws Rejection VALIDATION_FAILED */
export const defineMailTemplate = (
  { on, mailTemplateId, customerClassId, kind, language, ...text }: DefineMailTemplate,
  { classExists }: { readonly classExists: boolean },
): MailTemplateEvent[] => {
  if (customerClassId !== null && !classExists) {
    throw reject("VALIDATION_FAILED", "There is no such customer class.", { field: "customerClassId" });
  }
  const of = { mailTemplateId, customerClassId, kind, language };
  return [{ type: "MailTemplateDefined", data: { ...of, ...requireMailText(text), effectiveOn: on } }];
};

/** Nothing where there is no template, or it was reset already. */
export const resetMailTemplate = (
  { on }: { readonly on: LocalDate },
  state: MailTemplate | null,
): MailTemplateEvent[] => (state?.text ? [{ type: "MailTemplateReset", data: { effectiveOn: on } }] : []);
