import { type Language } from "#domain/language.js";
import { type MailKind } from "#domain/messages/events.js";
import {
  defineMailTemplate,
  type GivenMailText,
  mailTemplateEvolver,
  requireMailText,
  resetMailTemplate,
} from "#domain/messages/mail-template.js";
import { mailTemplateId } from "#event-store/ids.js";
import { checkTemplate } from "#mail/check-template.js";
import { catalogDay } from "../catalog/commands.js";
import { commandsOn } from "../command/definition.js";

/** Names a template: there is one for each class, or for all others, with each kind and language. */
interface TemplateOf {
  readonly customerClassId?: string | null;
  readonly kind: MailKind;
  readonly language: Language;
}
export interface DefineMailTemplate extends TemplateOf, GivenMailText {}
export type ResetMailTemplate = TemplateOf;

const onMailTemplate = commandsOn("mailtemplate", mailTemplateEvolver);

const idOf = ({ customerClassId = null, kind, language }: TemplateOf, providerId: string): string =>
  mailTemplateId(providerId, customerClassId, kind, language);

export const messagesCommands = {
  defineMailTemplate: onMailTemplate({
    check: (input: DefineMailTemplate) => {
      requireMailText(input);
      checkTemplate(input.kind, input);
    },
    target: (input: DefineMailTemplate, { providerId }) => idOf(input, providerId),
    facts: async ({ customerClassId = null }, { facts, providerId }) => ({
      classExists:
        customerClassId !== null &&
        (await facts.unknownItems(providerId, "customerclass", [customerClassId])).length === 0,
    }),
    decide: ({ customerClassId = null, ...input }, { id, now, facts }) =>
      defineMailTemplate({ ...input, customerClassId, mailTemplateId: id, on: catalogDay(now) }, facts),
  }),
  resetMailTemplate: onMailTemplate({
    target: (input: ResetMailTemplate, { providerId }) => idOf(input, providerId),
    decide: (_input, { state, now }) => resetMailTemplate({ on: catalogDay(now) }, state),
  }),
};
