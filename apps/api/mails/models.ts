import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { DateFormat } from "../catalog/date-format.js";
import { LanguageEnum, MailKindEnum, MailTextOriginEnum } from "../graphql/enums.js";
import { IdField, InputField } from "../graphql/fields.js";
import { CREATED_AT, NODE, UPDATED_AT } from "../graphql/node.js";
import { connectionOf } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { ID, InstantScalar } from "../graphql/scalars.js";

const SUBJECT = "The subject, with variables.";
const TEXT = "The plain text, with variables.";
const HTML = "The HTML, with variables.";

@ObjectType({ ...NODE, description: "A provider's own text of mails of a kind." })
export class MailTemplate {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  customerClassId: string | null;
  @Field(() => MailKindEnum, { description: "Which mails it is for." }) kind: keyof typeof MailKindEnum;
  @Field(() => LanguageEnum, { description: "Its language." }) language: keyof typeof LanguageEnum;
  @Field(() => String, { description: SUBJECT }) subject: string;
  @Field(() => String, { description: TEXT }) text: string;
  @Field(() => String, { description: HTML }) html: string;
  @Field(() => DateFormat, {
    description: "How its dates are written; null: as the customer's class says.",
    nullable: true,
  })
  dates: DateFormat | null;
}

@InputType({ description: "Which templates of mails to list." })
export class MailTemplateFilter {
  @IdField("Only those for this customer class.", { nullable: true }) customerClassId?: string | null;
  @InputField(() => MailKindEnum, "Only those for these mails.", { nullable: true })
  kind?: keyof typeof MailKindEnum | null;
  @InputField(() => LanguageEnum, "Only those in this language.", { nullable: true })
  language?: keyof typeof LanguageEnum | null;
}

@ObjectType({ description: "The text that mails of a kind have now." })
export class MailText {
  @Field(() => MailKindEnum, { description: "Which mails have it." }) kind: keyof typeof MailKindEnum;
  @Field(() => LanguageEnum, { description: "Its language." }) language: keyof typeof LanguageEnum;
  @Field(() => MailTextOriginEnum, { description: "Where it comes from." }) origin: keyof typeof MailTextOriginEnum;
  @Field(() => String, { description: SUBJECT }) subject: string;
  @Field(() => String, { description: TEXT }) text: string;
  @Field(() => String, { description: HTML }) html: string;
  @Field(() => DateFormat, {
    description: "How its dates are written; null: as the customer's class says.",
    nullable: true,
  })
  dates: DateFormat | null;
}

@ObjectType({ description: "A variable that templates of a kind of mails may use." })
export class MailVariable {
  @Field(() => String, { description: "Its name, as written between braces." }) name: string;
  @Field(() => String, { description: "What it holds." }) description: string;
  @Field(() => [String], { description: "Of a list: the names to use for each of its items; otherwise empty." })
  items: string[];
}

@ObjectType({ description: "A mail as a customer would get it." })
export class MailPreview {
  @Field(() => String, {
    description: "The customer's e-mail address; null: it has none, and gets no mail.",
    nullable: true,
  })
  to: string | null;
  @Field(() => String, { description: "The subject." }) subject: string;
  @Field(() => String, { description: "The plain text." }) text: string;
  @Field(() => String, { description: "The HTML." }) html: string;
  @Field(() => Boolean, {
    description: "True: the customer has nothing that such a mail is about, so names of variables stand for values.",
  })
  isSample: boolean;
}

@ObjectType({ description: "What became of a test mail." })
export class TestMailPayload {
  @Field(() => Boolean, { description: "Whether the mail server took it." }) sent: boolean;
  @Field(() => String, { description: "What became of it, as a sentence." }) message: string;
}

export const MailTemplateConnection = connectionOf(MailTemplate, "MailTemplate", "templates of mails");
export const MailTemplatePayload = payloadOf(MailTemplate, "MailTemplate", "mailTemplate");
