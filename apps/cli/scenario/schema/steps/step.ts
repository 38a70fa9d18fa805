import { z } from "zod";
import { type LocalDate } from "#domain/calendar.js";
import { type RejectionCode } from "#domain/rejection.js";
import { type Action, type CommitmentAction, type VoiceAction } from "../../actions.js";
import { missingCapability } from "../../capabilities.js";
import { date, mapping, notYet, rejectionCode, text } from "../values.js";

/** The customer whose time zone applies to a step. */
export type Whose =
  | { readonly customer: string }
  | { readonly account: string }
  | { readonly commitment: string }
  | { readonly payment: string }
  | { readonly call: string }
  /** A step without a customer: the file's zone. */
  | null;

/** As in the file: an assigned commitment may have no name, and a call has a time of day. */
export type WrittenAction = Exclude<Action, { readonly kind: "assign" | "call" }> | UnnamedAssignment | WrittenCall;

export type Call = Extract<VoiceAction, { readonly kind: "call" }>;
/** @property time of the answer, `23:59:50` by the clocks of the customer's zone */
export type WrittenCall = Omit<Call, "answered"> & { readonly time: string };

export type Assignment = Extract<CommitmentAction, { readonly kind: "assign" }>;
export type UnnamedAssignment = Omit<Assignment, "as"> & { readonly as: string | undefined };

export interface WrittenStep {
  readonly on: LocalDate;
  /** A date before or after the step's own, where the command has one. The server decides whether it is allowed. */
  readonly effective: LocalDate | undefined;
  /** Why, for commands that take a reason. */
  readonly reason: string | undefined;
  readonly rejected: RejectionCode | undefined;
  readonly action: WrittenAction;
  readonly whose: Whose;
}

/** A schema for each kind of an action. */
export type StepSchemas<A extends Action> = Readonly<Record<A["kind"], z.ZodType<WrittenStep>>>;

export type Read = Pick<WrittenStep, "action" | "whose">;

/** The values of the kind's own keys and of the keys of every step. */
type Written<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>> &
  Pick<WrittenStep, "on" | "effective" | "reason" | "rejected">;

/**
 * The schema of one kind of step.
 * @param shape its own keys: the one that names the kind, and others
 * @param read returns the step's command from the values; it may add issues
 */
export const step = <Shape extends z.ZodRawShape>(
  kind: Exclude<Action["kind"], "moveClock">,
  shape: Shape,
  read: (written: Written<Shape>, context: z.RefinementCtx) => Read,
): z.ZodType<WrittenStep> => {
  const own: z.ZodRawShape = shape;
  const effective = missingCapability("effective", kind) === undefined ? date.optional() : notYet("effective", kind);
  // In the usual order of writing, which is the order of the keys in messages and in editors.
  const common = { effective, reason: text.optional(), rejected: rejectionCode.optional() };
  const keys = { on: date, [kind]: own[kind] ?? z.never(), ...common, ...own };
  return mapping(keys).transform((values, context) => {
    // The compiler does not infer the computed key.
    const written = values as unknown as Written<Shape>;
    const { on, effective, reason, rejected } = written;
    return { on, effective, reason, rejected, ...read(written, context) };
  });
};
