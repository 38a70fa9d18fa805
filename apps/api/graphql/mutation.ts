import { type Type } from "@nestjs/common";
import { type CommandName, type InputOf } from "#application/commands.js";
import { type Outcome } from "./payload.js";

/** What a mutation returns: a payload with an entity of a kind. */
export interface Answers<Kind extends string = string> {
  readonly kind: Kind;
  readonly payload: Type<Outcome>;
  /** The field of the command's answer that names the entity, where that is not what the command is about. */
  readonly entityId?: string;
}

/** A command as a mutation; the field has the command's name. */
export interface MutationField<Name extends CommandName, Kind extends string = string> {
  /** The input class: the command's own input with the idempotency key. */
  readonly input: Type<InputOf<Name> & { readonly idempotencyKey: string }>;
  readonly description: string;
  readonly answers: Answers<Kind>;
}

export type MutationFields<Name extends CommandName, Kind extends string = string> = {
  readonly [Each in Name]: MutationField<Each, Kind>;
};
