import { QueryBus } from "@nestjs/cqrs";
import { Args, Mutation, Query, Resolver } from "@nestjs/graphql";
import { authorise, type Principal } from "#application/command/principal.js";
import { type Scope } from "#read-models/rows/scope.js";
import { languages } from "#domain/language.js";
import { type MailKind, mailKinds, type MailText as Text } from "#domain/messages/events.js";
import { requireMailText } from "#domain/messages/mail-template.js";
import { reject } from "#domain/rejection.js";
import { checkTemplate } from "#mail/check-template.js";
import { mailVariables, type Variables } from "#mail/variables.js";
import { type Previewed, previewMail } from "#processors/mail/preview.js";
import { sendTestMail } from "#processors/mail/test-mail.js";
import { textsInEffect } from "#processors/mail/text-in-effect.js";
import { CatalogSort } from "../catalog/filters.js";
import { Backend } from "../core/backend.js";
import { Clocks } from "../core/clocks.js";
import { PrincipalOf, ScopeOf } from "../graphql/context.js";
import { MailKindEnum } from "../mails/enums.js";
import { type Connection, ConnectionArgs, FILTER, ID_ARG, SORT } from "../graphql/pagination.js";
import { INPUT } from "../graphql/payload.js";
import { type Plain } from "../graphql/plain.js";
import { ID } from "../graphql/scalars.js";
import { rejectedAt } from "../graphql/validation.js";
import {
  CustomerMailInput,
  type MailDraftInput,
  MailPreview,
  MailTemplate,
  MailTemplateConnection,
  MailTemplateFilter,
  MailText,
  MailVariable,
  SendTestMailInput,
  TestMailPayload,
} from "../mails/models.js";
import { datesShown } from "../mails/shown.js";
import { FindQuery, ListQuery } from "../queries/messages.js";
import { requireId } from "../queries/required.js";

@Resolver()
export class MailQueries {
  constructor(
    private readonly bus: QueryBus,
    private readonly backend: Backend,
    private readonly clocks: Clocks,
  ) {}

  @Query(() => MailTemplate, {
    description: "A template of mails by its id; null when the provider has none with it, or it was reset.",
    nullable: true,
  })
  mailTemplate(@Args("id", ID_ARG) id: string, @ScopeOf() scope: Scope): Promise<Plain<MailTemplate> | null> {
    return this.bus.execute(new FindQuery("mailTemplate", id, scope));
  }

  @Query(() => MailTemplateConnection, {
    description: "The provider's own templates of mails. What mails say now, templates or not, is in `mailTexts`.",
  })
  mailTemplates(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: MailTemplateFilter,
    @Args("sort", SORT) sort: CatalogSort,
    @ScopeOf() scope: Scope,
  ): Promise<Connection<Plain<MailTemplate>>> {
    return this.bus.execute(new ListQuery("mailTemplate", slice, filter, sort, scope));
  }

  @Query(() => [MailText], {
    description: "What mails of every kind say now, in every language.",
  })
  async mailTexts(
    @Args("customerClassId", {
      type: () => ID,
      nullable: true,
      description: "To customers of this class; null: to those without a class.",
    })
    customerClassId: string | null,
    @ScopeOf() { providerId }: Scope,
  ): Promise<Plain<MailText>[]> {
    const classId = customerClassId ?? null;
    if (classId !== null) requireId(classId, "customerClassId");
    const texts = await textsInEffect(this.backend.dataSource, providerId, classId, mailKinds, languages);
    return texts.map(({ text: { dates, ...text }, ...of }) => ({ ...of, ...text, dates: datesShown(dates) }));
  }

  @Query(() => [MailVariable], { description: "The variables that templates of a kind of mails may use." })
  mailVariables(
    @Args("kind", { type: () => MailKindEnum, description: "The kind." }) kind: keyof typeof MailKindEnum,
  ): Plain<MailVariable>[] {
    const variables: Variables = mailVariables[kind];
    return Object.entries(variables).map(([name, variable]) => ({
      name,
      description: variable.description,
      items: variable.type === "LIST" ? Object.keys(variable.items) : [],
    }));
  }

  @Query(() => MailPreview, {
    description:
      "A mail as a customer would get it now, about the latest thing that it could be about. Nothing is sent.",
    nullable: true,
  })
  async previewMail(
    @Args("mail", { description: "Which mail." }) mail: CustomerMailInput,
    @ScopeOf() scope: Scope,
  ): Promise<Plain<MailPreview>> {
    const { to, isSample, attachments, mail: shown } = await this.previewed(mail, scope, ["mail"]);
    return { to, ...shown, isSample, attachments: attachments.map(({ filename }) => filename) };
  }

  @Mutation(() => TestMailPayload, {
    description: "Sends a mail to an address of one's own, as the provider's mails leave: once, without a delivery.",
    nullable: true,
  })
  async sendTestMail(
    @Args("input", { description: INPUT }) { to, mail = null }: SendTestMailInput,
    @PrincipalOf() principal: Principal,
  ): Promise<Plain<TestMailPayload>> {
    authorise(principal, "sendTestMail");
    const { providerId } = principal;
    const previewed = mail && (await this.previewed(mail, principal, ["input", "mail"]));
    const now = await this.clocks.now(providerId);
    try {
      const answer = await sendTestMail(this.backend, providerId, { to, previewed, now });
      if (answer.outcome === "DELIVERED") return { sent: true, message: "The mail was taken." };
      return { sent: false, message: answer.outcome === "DISCARDED" ? answer.reason : answer.error };
    } catch (error) {
      throw rejectedAt(error, ["input"]);
    }
  }

  private async previewed(
    { kind, customerId, draft }: CustomerMailInput,
    scope: Scope,
    at: readonly string[],
  ): Promise<Previewed> {
    const text = draft ? checkedDraft(kind, draft, [...at, "draft"]) : null;
    const now = await this.clocks.now(scope.providerId);
    const found = await previewMail(this.backend.dataSource, scope, { kind, customerId, draft: text, now });
    if (found) return found;
    const unknown = reject("CUSTOMER_NOT_FOUND", "There is no such customer.", { field: "customerId" });
    throw rejectedAt(unknown, at);
  }
}

const checkedDraft = (kind: MailKind, draft: MailDraftInput, at: readonly string[]): Text => {
  try {
    const text = requireMailText(draft);
    checkTemplate(kind, text);
    return text;
  } catch (error) {
    throw rejectedAt(error, at);
  }
};
