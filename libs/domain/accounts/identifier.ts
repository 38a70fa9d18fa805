import { type LocalDate } from "../calendar.js";
import { type Evolver } from "../event.js";
import { reject } from "../rejection.js";
import { type IdentifierEvent } from "./events.js";

/**
 * The account that an identifier is reserved for; null: none. Appends at an exact revision keep reservations unique.
 */
export interface Identifier {
  readonly ownerId: string | null;
}

export const identifierEvolver: Evolver<Identifier, IdentifierEvent> = {
  initial: { ownerId: null },
  evolve(_state, event) {
    switch (event.type) {
      case "IdentifierReserved":
        return { ownerId: event.data.ownerId };
      case "IdentifierReleased":
        return { ownerId: null };
    }
  },
};

/** A reservation that the same owner holds already counts as success, so that a retry goes through. */
export const reserveIdentifier = (
  command: { readonly ownerId: string; readonly on: LocalDate },
  state: Identifier,
): IdentifierEvent[] => {
  if (state.ownerId === command.ownerId) return [];
  if (state.ownerId !== null) {
    throw reject("IDENTIFIER_TAKEN", "Another account has this identifier.", { field: "identifier" });
  }
  return [{ type: "IdentifierReserved", data: { ownerId: command.ownerId, effectiveOn: command.on } }];
};

/** Releasing an identifier that is not reserved for this owner changes nothing. */
export const releaseIdentifier = (
  command: { readonly ownerId: string; readonly on: LocalDate },
  state: Identifier,
): IdentifierEvent[] =>
  state.ownerId === command.ownerId
    ? [{ type: "IdentifierReleased", data: { ownerId: command.ownerId, effectiveOn: command.on } }]
    : [];
