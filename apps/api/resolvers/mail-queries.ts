import { QueryBus } from "@nestjs/cqrs";
import { Args, Query, Resolver } from "@nestjs/graphql";
import { type Principal } from "#application/command/principal.js";
import { languages } from "#domain/language.js";
import { mailKinds } from "#domain/messages/events.js";
import { mailVariables, type Variables } from "#mail/variables.js";
import { textsInEffect } from "#processors/mail/text-in-effect.js";
import { CatalogSort } from "../catalog/filters.js";
import { Backend } from "../core/backend.js";
import { PrincipalOf } from "../graphql/context.js";
import { MailKindEnum } from "../graphql/enums.js";
import { type Connection, ConnectionArgs, FILTER, ID_ARG, SORT } from "../graphql/pagination.js";
import { type Plain } from "../graphql/plain.js";
import { ID } from "../graphql/scalars.js";
import { MailTemplate, MailTemplateConnection, MailTemplateFilter, MailText, MailVariable } from "../mails/models.js";
import { datesShown } from "../mails/shown.js";
import { FindQuery, ListQuery } from "../queries/messages.js";
import { requireId } from "../queries/required.js";

@Resolver()
export class MailQueries {
  constructor(
    private readonly bus: QueryBus,
    private readonly backend: Backend,
  ) {}

  @Query(() => MailTemplate, {
    description: "A template of mails by its id; null when the provider has none with it, or it was reset.",
    nullable: true,
  })
  mailTemplate(
    @Args("id", ID_ARG) id: string,
    @PrincipalOf() { providerId }: Principal,
  ): Promise<Plain<MailTemplate> | null> {
    return this.bus.execute(new FindQuery("mailTemplate", id, providerId));
  }

  @Query(() => MailTemplateConnection, {
    description: "The provider's own templates of mails. What mails say now, templates or not, is in `mailTexts`.",
  })
  mailTemplates(
    @Args() slice: ConnectionArgs,
    @Args("filter", FILTER) filter: MailTemplateFilter,
    @Args("sort", SORT) sort: CatalogSort,
    @PrincipalOf() { providerId }: Principal,
  ): Promise<Connection<Plain<MailTemplate>>> {
    return this.bus.execute(new ListQuery("mailTemplate", slice, filter, sort, providerId));
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
    @PrincipalOf() { providerId }: Principal,
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
}
