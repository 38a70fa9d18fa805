import { InputType } from "@nestjs/graphql";
import { type messagesCommands } from "#application/messages/commands.js";
import { DateFormatInput } from "../catalog/date-format.js";
import { LanguageEnum, MailKindEnum } from "../graphql/enums.js";
import { IdempotencyKey, IdField, InputField, NestedField, TextField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { LONGEST_SUBJECT, LONGEST_TEXT, MailTemplatePayload } from "./models.js";

const CLASS = "The customer class; null: customers of every class without a template of its own.";

@InputType({ description: "Gives mails of a kind in a language a text of the provider's own." })
export class DefineMailTemplateInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField(CLASS, { nullable: true }) customerClassId?: string | null;
  @InputField(() => MailKindEnum, "Which mails.") kind: keyof typeof MailKindEnum;
  @InputField(() => LanguageEnum, "Its language.") language: keyof typeof LanguageEnum;
  @TextField("The subject, one line, with variables such as `{{customer.name}}`.", {}, LONGEST_SUBJECT) subject: string;
  @TextField("The plain text, with variables.", {}, LONGEST_TEXT) text: string;
  @TextField("The HTML, with variables, whose values are escaped.", {}, LONGEST_TEXT) html: string;
  @NestedField(() => DateFormatInput, "How its dates are written; null: as the customer's class says.", {
    nullable: true,
  })
  dates?: DateFormatInput | null;
}

@InputType({ description: "Takes a template of mails back." })
export class ResetMailTemplateInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField(CLASS, { nullable: true }) customerClassId?: string | null;
  @InputField(() => MailKindEnum, "Which mails.") kind: keyof typeof MailKindEnum;
  @InputField(() => LanguageEnum, "Its language.") language: keyof typeof LanguageEnum;
}

const MAIL_TEMPLATE = { kind: "mailTemplate", payload: MailTemplatePayload } as const;

export const mailMutations = {
  defineMailTemplate: {
    input: DefineMailTemplateInput,
    description: "Gives mails of a kind in a language a text of the provider's own, from now on.",
    answers: MAIL_TEMPLATE,
  },
  resetMailTemplate: {
    input: ResetMailTemplateInput,
    description: "Takes a template back: mails have the texts that they would have without it.",
    answers: MAIL_TEMPLATE,
  },
} satisfies MutationFields<keyof typeof messagesCommands>;
