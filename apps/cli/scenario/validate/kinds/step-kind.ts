import { type LocalDate } from "#domain/calendar.js";
import { type Action } from "../../actions.js";
import { type Moments, type Whose } from "../moments.js";
import { type Names } from "../names.js";
import { type Mapping } from "../place.js";

/** What the steps before one have established. */
export interface StepContext {
  readonly names: Names;
  readonly moments: Moments;
}

export interface ReadAction<A extends Action = Action> {
  readonly action: A;
  readonly whose: Whose;
  /** What the steps after it can count on, once it was accepted. */
  readonly accepted?: (on: LocalDate) => void;
}

export interface StepKind<A extends Action = Action> {
  /** Its keys beside the kind's own, `on`, `effective` and `rejected`. */
  readonly keys: readonly string[];
  read(step: Mapping, context: StepContext, rejected: boolean): ReadAction<A>;
}

/** A reader for each kind of an action. */
export type StepKinds<A extends Action> = { readonly [K in A["kind"]]: StepKind<Extract<A, { readonly kind: K }>> };
