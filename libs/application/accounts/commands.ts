import { type Account, accountEvolver, aliasCalled } from "#domain/accounts/account.js";
import { configureAccountVoice } from "#domain/accounts/configure-voice.js";
import { type AliasRole } from "#domain/accounts/alias-role.js";
import { realmForm } from "#domain/accounts/alias.js";
import { addAlias, changeAlias, removeAlias } from "#domain/accounts/decide-aliases.js";
import { changeMainProduct, closeAccount, openAccount } from "#domain/accounts/decide.js";
import { type LocalDate } from "#domain/calendar.js";
import { type GivenVoiceService, itemsOf } from "#domain/catalog/voice-service.js";
import { type Reason } from "../command/closed-days.js";
import { commandsOn } from "../command/definition.js";
import { identifierHashes } from "../command/identifiers.js";

export interface OpenAccount {
  readonly customerId: string;
  /** Account id as people know it; unique within the provider. */
  readonly identifier: string;
  readonly mainProductId: string;
  readonly effectiveOn?: LocalDate;
}
export interface ChangeMainProduct {
  readonly accountId: string;
  readonly mainProductId: string;
}
export interface AddAlias {
  readonly accountId: string;
  readonly alias: string;
  /** A domain name; null: the alias counts in every realm. */
  readonly realm?: string | null;
  readonly role?: AliasRole;
  readonly allowAuthentication?: boolean;
}
/** `alias` and `realm` say which; what is left out of the rest stays. */
export interface ChangeAlias {
  readonly accountId: string;
  readonly alias: string;
  readonly realm?: string | null;
  readonly role?: AliasRole;
  readonly allowAuthentication?: boolean;
}
export interface RemoveAlias {
  readonly accountId: string;
  readonly alias: string;
  readonly realm?: string | null;
}
export interface ConfigureAccountVoice extends GivenVoiceService {
  readonly accountId: string;
}
export interface CloseAccount extends Reason {
  readonly accountId: string;
  readonly effectiveOn?: LocalDate;
}

const command = commandsOn("account", accountEvolver);

export const accountCommands = {
  openAccount: command({
    target: (_input: OpenAccount, { newId }) => newId("account"),
    facts: async ({ customerId, identifier, mainProductId }, { facts, providerId }) => ({
      ...(await facts.accountFacts(providerId, customerId, mainProductId)),
      ...(await identifierHashes(facts, providerId, identifier)),
    }),
    decide: (input, { id, now, facts }) =>
      openAccount({ ...input, accountId: id, identifierHash: facts.identifierHash, now }, facts),
    identifiers: (_input, { facts }) => ({
      reserve: facts.identifierHash,
      olderHashes: facts.olderHashes,
      isNewAccount: true,
    }),
  }),
  changeMainProduct: command({
    target: ({ accountId }: ChangeMainProduct) => accountId,
    facts: ({ mainProductId }, { state, facts, providerId }) =>
      facts.accountFacts(providerId, state?.customerId ?? null, mainProductId),
    decide: ({ mainProductId }, { state, now, facts }) => changeMainProduct({ mainProductId, now }, state, facts),
  }),
  addAlias: command({
    target: ({ accountId }: AddAlias) => accountId,
    facts: async ({ alias, realm }, { state, facts, providerId }) => ({
      ...(await facts.accountFacts(providerId, state?.customerId ?? null, null)),
      ...(await identifierHashes(facts, providerId, alias, realmForm(realm))),
    }),
    decide: (input, { state, now, facts }) =>
      addAlias({ ...input, identifierHash: facts.identifierHash, now }, state, facts),
    identifiers: (_input, { facts }) => ({ reserve: facts.identifierHash, olderHashes: facts.olderHashes }),
  }),
  changeAlias: command({
    target: ({ accountId }: ChangeAlias) => accountId,
    facts: (_input, { state, facts, providerId }) => facts.accountFacts(providerId, state?.customerId ?? null, null),
    decide: (input, { state, now, facts }) => changeAlias({ ...input, now }, state, facts),
  }),
  removeAlias: command({
    target: ({ accountId }: RemoveAlias) => accountId,
    facts: (_input, { state, facts, providerId }) => facts.accountFacts(providerId, state?.customerId ?? null, null),
    decide: (input, { state, now, facts }) => removeAlias({ ...input, now }, state, facts),
    identifiers: ({ alias, realm }, { state }) => {
      const found = state && aliasCalled(state, alias, realm);
      return { release: found ? [found.identifierHash] : [] };
    },
  }),
  configureAccountVoice: command({
    target: ({ accountId }: ConfigureAccountVoice) => accountId,
    facts: async ({ accountId: _, ...given }, { state, facts, providerId }) => ({
      ...(await facts.accountFacts(providerId, state?.customerId ?? null, null)),
      items: await facts.voiceItems(providerId, itemsOf(given)),
    }),
    decide: ({ accountId: _, ...given }, { state, now, facts }) =>
      configureAccountVoice({ ...given, now }, state, facts),
  }),
  closeAccount: command({
    bills: true,
    target: ({ accountId }: CloseAccount) => accountId,
    facts: (_input, { state, facts, providerId }) => facts.accountFacts(providerId, state?.customerId ?? null, null),
    decide: (input, { state, now, facts, closedDays }) =>
      closeAccount({ ...input, now }, state, { ...facts, closedDays }),
    identifiers: (_input, { state }) => ({ release: hashesOf(state) }),
  }),
};

const hashesOf = (account: Account | null): string[] =>
  account ? [account.identifierHash, ...account.aliases.map(({ identifierHash: hash }) => hash)] : [];
