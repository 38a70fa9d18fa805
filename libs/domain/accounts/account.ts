import { type LocalDate } from "../calendar.js";
import { type Evolver } from "../event.js";
import { type AccountEvent } from "./events.js";
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
  /** The event that closed it. */
  readonly closedEventId: string | null;
  readonly identifier: string;
  readonly identifierHash: string;
  readonly aliases: readonly { readonly alias: string; readonly identifierHash: string }[];
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
      case "AliasAdded": {
        const { identifierHash, personal } = event.data;
        return { ...state, aliases: [...state.aliases, { alias: personal.alias, identifierHash }] };
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

/** Whether the account is called so: by its identifier or an alias, in any spelling of the same form. */
export const isCalled = ({ identifier, aliases }: Account, text: string): boolean => {
  const form = identifierForm(text);
  return [identifier, ...aliases.map(({ alias }) => alias)].some((own) => identifierForm(own) === form);
};

/** The account's alias in this spelling, else one of the same form. */
export const aliasCalled = ({ aliases }: Account, text: string): Account["aliases"][number] | undefined =>
  aliases.find(({ alias }) => alias === identifierText(text)) ??
  aliases.find(({ alias }) => identifierForm(alias) === identifierForm(text));

/**
 * The main product that an account had on a day; null: it was not open yet. The closing of the account does not matter
 * here.
 */
export const mainProductOn = ({ mainProducts }: Account, date: LocalDate): string | null =>
  mainProducts.findLast(({ effectiveOn }) => effectiveOn <= date)?.mainProductId ?? null;
