import { InputType } from "@nestjs/graphql";
import { type messagesCommands } from "#application/messages/commands.js";
import { LanguageEnum } from "../graphql/enums.js";
import { MailKindEnum } from "./enums.js";
import { IdempotencyKey, IdField, InputField } from "../graphql/fields.js";
import { type MutationFields } from "../graphql/mutation.js";
import { MailDraftInput, MailTemplatePayload } from "./models.js";

const CLASS = "The customer class; null: customers of every class without a template of its own.";

@InputType({ description: "Gives mails of a kind in a language a text of the provider's own." })
export class DefineMailTemplateInput extends MailDraftInput {
  @IdempotencyKey() idempotencyKey: string;
  @IdField(CLASS, { nullable: true }) customerClassId?: string | null;
  @InputField(() => MailKindEnum, "Which mails.") kind: keyof typeof MailKindEnum;
  @InputField(() => LanguageEnum, "Its language.") language: keyof typeof LanguageEnum;
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
