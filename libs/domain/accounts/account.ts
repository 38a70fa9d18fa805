import { type LocalDate } from "../calendar.js";
import { NO_VOICE_SERVICE, type VoiceService } from "../catalog/voice-service.js";
import { type Evolver } from "../event.js";
import { type AccountEvent } from "./events.js";
import { type Because, given } from "../step.js";
import { type Alias, aliasOf, realmForm } from "./alias.js";
import { identifierForm, identifierText } from "./identifier-form.js";

export interface Account {
  readonly accountId: string;
  readonly customerId: string;
  /** The main product set last. */
  readonly mainProductId: string;
  /** In order of recording, each from its day on. */
  readonly mainProducts: readonly { readonly effectiveOn: LocalDate; readonly mainProductId: string }[];
  readonly openedOn: LocalDate;
  /** Last charged day. */
  readonly closedOn: LocalDate | null;
  /** How its calls were configured, in order of recording, each from its day on; absent: never. */
  readonly voices?: readonly { readonly effectiveOn: LocalDate; readonly voice: VoiceService }[];
  /** The event that closed it. */
  readonly closedEventId: string | null;
  readonly identifier: string;
  readonly identifierHash: string;
  readonly aliases: readonly Alias[];
}

export const accountEvolver: Evolver<Account | null, AccountEvent> = {
  initial: null,
  evolve(state, event, id) {
    if (event.type === "AccountOpened") {
      const { accountId, customerId, mainProductId, identifierHash, effectiveOn, personal } = event.data;
      return {
        accountId,
        customerId,
        mainProductId,
        mainProducts: [{ effectiveOn, mainProductId }],
        openedOn: effectiveOn,
        closedOn: null,
        closedEventId: null,
        identifier: personal.identifier,
        identifierHash,
        aliases: [],
      };
    }
    if (!state) return state;
    switch (event.type) {
      case "MainProductChanged": {
        const { mainProductId, effectiveOn } = event.data;
        return {
          ...state,
          mainProductId,
          mainProducts: [...state.mainProducts, { effectiveOn, mainProductId }],
        };
      }
      case "AccountVoiceConfigured":
        return { ...state, voices: [...(state.voices ?? []), event.data] };
      case "AliasAdded":
        return { ...state, aliases: [...state.aliases, aliasOf(event.data)] };
      case "AliasChanged": {
        const { identifierHash, role, allowAuthentication } = event.data;
        const changed = (alias: Alias): Alias =>
          alias.identifierHash === identifierHash ? { ...alias, role, allowAuthentication } : alias;
        return { ...state, aliases: state.aliases.map(changed) };
      }
      case "AliasRemoved":
        return {
          ...state,
          aliases: state.aliases.filter(({ identifierHash }) => identifierHash !== event.data.identifierHash),
        };
      case "AccountClosed":
        return { ...state, closedOn: event.data.effectiveOn, closedEventId: id };
      case "CommandAccepted":
        return state;
    }
  },
};

export type AccountStatus = "OPEN" | "CLOSED";

/**
 * Closed from the moment at which its closing is recorded, with a last charged day to come too.
 * @param openedEventId the event that opened it; left out: not known
 */
export const accountStatus = (
  { openedOn, closedOn, closedEventId }: Pick<Account, "openedOn" | "closedOn" | "closedEventId">,
  because?: Because,
  openedEventId?: string,
): AccountStatus => {
  const events = openedEventId === undefined ? [] : [openedEventId];
  because?.(given("ACCOUNT_OPENED", "DATE", openedOn, { events }));
  if (closedOn === null) return "OPEN";
  because?.(given("ACCOUNT_CLOSED", "DATE", closedOn, { events: closedEventId === null ? [] : [closedEventId] }));
  return "CLOSED";
};

/** Whether the account is called so in a realm: by an alias there, or without one by its identifier or an alias. */
export const isCalled = ({ identifier, aliases }: Account, text: string, realm: string | null = null): boolean => {
  const form = identifierForm(text);
  if (realm === null && identifierForm(identifier) === form) return true;
  return aliases.some((own) => own.realm === realm && identifierForm(own.alias) === form);
};

/** The account's alias in this spelling, else one of the same form, in this realm; null: in none. */
export const aliasCalled = ({ aliases }: Account, text: string, realm: string | null = null): Alias | undefined => {
  const there = aliases.filter((own) => own.realm === realmForm(realm));
  return (
    there.find(({ alias }) => alias === identifierText(text)) ??
    there.find(({ alias }) => identifierForm(alias) === identifierForm(text))
  );
};

/**
 * The main product that an account had on a day; null: it was not open yet. The closing of the account does not matter
 * here.
 */
export const mainProductOn = ({ mainProducts }: Account, date: LocalDate): string | null =>
  mainProducts.findLast(({ effectiveOn }) => effectiveOn <= date)?.mainProductId ?? null;

/** How an account's own calls are configured on a day; all null where they never were: its product says everything. */
export const voiceOn = ({ voices = [] }: Account, date: LocalDate): VoiceService =>
  voices.findLast(({ effectiveOn }) => effectiveOn <= date)?.voice ?? NO_VOICE_SERVICE;
