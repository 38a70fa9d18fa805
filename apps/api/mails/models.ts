import { Field, InputType, ObjectType } from "@nestjs/graphql";
import { DateFormat, DateFormatInput } from "../catalog/date-format.js";
import { LanguageEnum } from "../graphql/enums.js";
import { MailKindEnum, MailTextOriginEnum } from "./enums.js";
import { IdField, InputField, NestedField, TextField } from "../graphql/fields.js";
import { CREATED_AT, NODE, UPDATED_AT } from "../graphql/node.js";
import { connectionOf } from "../graphql/pagination.js";
import { payloadOf } from "../graphql/payload.js";
import { ID, InstantScalar } from "../graphql/scalars.js";

/** Characters, as in the domain. */
export const LONGEST_SUBJECT = 500;
export const LONGEST_TEXT = 100_000;

const DATES = { description: "How its dates are written; null: as the customer's class says.", nullable: true };

/** A text of mails, as it is written. */
@ObjectType({ isAbstract: true })
abstract class WrittenText {
  @Field(() => LanguageEnum, { description: "Its language." }) language: keyof typeof LanguageEnum;
  @Field(() => String, { description: "The subject, with variables." }) subject: string;
  @Field(() => String, { description: "The plain text, with variables." }) text: string;
  @Field(() => String, { description: "The HTML, with variables." }) html: string;
  @Field(() => DateFormat, DATES) dates: DateFormat | null;
}

@ObjectType({ ...NODE, description: "A provider's own text of mails of a kind." })
export class MailTemplate extends WrittenText {
  @Field(() => ID, { description: "Its id." }) id: string;
  @Field(() => InstantScalar, CREATED_AT) createdAt: string;
  @Field(() => InstantScalar, UPDATED_AT) updatedAt: string;
  customerClassId: string | null;
  @Field(() => MailKindEnum, { description: "Which mails it is for." }) kind: keyof typeof MailKindEnum;
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
export class MailText extends WrittenText {
  @Field(() => MailKindEnum, { description: "Which mails have it." }) kind: keyof typeof MailKindEnum;
  @Field(() => MailTextOriginEnum, { description: "Where it comes from." }) origin: keyof typeof MailTextOriginEnum;
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
  @Field(() => [String], { description: "The names of the files that it would bring." }) attachments: string[];
  @Field(() => Boolean, {
    description: "True: the customer has nothing that such a mail is about, so names of variables stand for values.",
  })
  isSample: boolean;
}

@InputType({ description: "A text of mails to try out." })
export class MailDraftInput {
  @TextField("The subject, one line, with variables such as `{{customer.name}}`.", {}, LONGEST_SUBJECT) subject: string;
  @TextField("The plain text, with variables.", {}, LONGEST_TEXT) text: string;
  @TextField("The HTML, with variables, whose values are escaped.", {}, LONGEST_TEXT) html: string;
  @NestedField(() => DateFormatInput, DATES.description, { nullable: true })
  dates?: DateFormatInput | null;
}

@InputType({ description: "A mail to a customer, as it would be sent now." })
export class CustomerMailInput {
  @InputField(() => MailKindEnum, "Which mail.") kind: keyof typeof MailKindEnum;
  @IdField("The customer.") customerId: string;
  @NestedField(() => MailDraftInput, "The text to try out; null: the one that counts.", { nullable: true })
  draft?: MailDraftInput | null;
}

@InputType({ description: "Sends a test mail." })
export class SendTestMailInput {
  @TextField("The address that it goes to.", {}, 254) to: string;
  @NestedField(() => CustomerMailInput, "What to send; null: a few words that say that mails arrive.", {
    nullable: true,
  })
  mail?: CustomerMailInput | null;
}

@ObjectType({ description: "What became of a test mail." })
export class TestMailPayload {
  @Field(() => Boolean, { description: "Whether the mail server took it." }) sent: boolean;
  @Field(() => String, { description: "What became of it, as a sentence." }) message: string;
}

export const MailTemplateConnection = connectionOf(MailTemplate, "MailTemplate", "templates of mails");
export const MailTemplatePayload = payloadOf(MailTemplate, "MailTemplate", "mailTemplate");
