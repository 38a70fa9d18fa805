import { type z } from "zod";
import { type Instant } from "#domain/calendar.js";
import { missingCapability, missingValues } from "../capabilities.js";
import { type Step } from "../model.js";
import { KINDS, moveClock, type StepKind } from "../schema/steps.js";
import { type Assignment, type UnnamedAssignment, type WrittenStep } from "../schema/steps/step.js";
import { type Moments } from "./moments.js";
import { type Names } from "./names.js";
import { type Place } from "./place.js";
import { problemsOf } from "./problems.js";
import { type Problem } from "./source.js";

/** Effects of the earlier steps, and the list for problems. */
export interface StepContext {
  readonly names: Names;
  readonly moments: Moments;
  readonly note: (problem: Problem) => void;
}

/** The steps of a file, in order of time. Each is read after the ones before it. */
export const readSteps = (places: readonly Place[], context: StepContext): Step[] => {
  const steps: Step[] = [];
  for (const place of places) {
    const step = readStep(place, context, steps);
    if (step === undefined) continue;
    const before = steps.at(-1);
    if (before && step.at < before.at) {
      const reason = `this step happens at ${step.at}, before the step on line ${before.line} at ${before.at}`;
      context.note({ line: place.line, reason });
    } else {
      steps.push(step);
    }
  }
  return steps;
};

/** @returns undefined when it has mistakes, which are recorded */
const readStep = (place: Place, context: StepContext, before: readonly Step[]): Step | undefined => {
  const { names, moments } = context;
  const kind = kindOf(place);
  if (typeof kind === "object") {
    context.note(kind);
    return undefined;
  }
  const schema: z.ZodType<WrittenStep> = kind === undefined ? moveClock : KINDS[kind];
  // Names are defined first, so that a mistake elsewhere in this step does not affect references to them.
  const as = kind === undefined ? undefined : giveName(kind, place, names);
  const areKnown = names.check(schema, place);
  const { data: written, error } = schema.safeParse(place.value);
  for (const problem of problemsOf(error?.issues ?? [], place)) context.note(problem);
  if (written === undefined || !areKnown) return undefined;
  const { on, effective, reason, rejected, whose } = written;
  if (written.action.kind === "call") {
    const { time, ...call } = written.action;
    if (rejected === undefined && call.key !== undefined) moments.addCall(call.key, call.account);
    const answered = moments.timed(effective ?? on, time, whose);
    // Recorded when it is answered; one of another day at noon, as other steps are.
    const own = effective === undefined ? moments.begun(answered) : moments.at(on, whose);
    const at = moments.notBefore(before.at(-1)?.at, own, on, whose);
    const name = `call ${call.account}`;
    return { line: place.line, name, on, at, effective, reason, rejected, action: { ...call, answered } };
  }
  const action = written.action.kind === "assign" ? named(written.action, as) : written.action;
  if (rejected === undefined && action.kind === "assign" && isSynchronisedWithItself(action)) {
    const line = place.at("discountEnd")?.line ?? place.line;
    context.note({ line, reason: `"${action.as}" cannot be synchronised with itself` });
    return undefined;
  }
  const at = moments.notBefore(momentOfCall(before), moments.at(on, whose), on, whose);
  if (rejected === undefined) moments.follow(action, at);
  const name = kind === undefined ? "move the clock" : `${kind} ${namedAt(place.at(kind))}`;
  return { line: place.line, name, on, at, effective, reason, rejected, action };
};

/** What a step is about: a name, or several. */
const namedAt = (place: Place | undefined): string =>
  place?.text ?? (place?.items ?? []).flatMap(({ text }) => text ?? []).join(", ");

/** When the last step happens, if it is a call, or happens with one; undefined: neither. */
export const momentOfCall = (steps: readonly Step[]): Instant | undefined => {
  const last = steps.at(-1)?.at;
  return steps.some(({ at, action }) => at === last && action.kind === "call") ? last : undefined;
};

const isKind = (key: string): key is StepKind => Object.hasOwn(KINDS, key);

/** The kind of a step, by its key. */
const kindOf = (place: Place): StepKind | undefined | Problem => {
  const [first, second] = place.entries.filter(({ key }) => isKind(key) || missingValues("step").includes(key));
  if (first && second) {
    return { line: place.line, reason: `a step does one thing, not both ${first.key} and ${second.key}` };
  }
  if (first === undefined || isKind(first.key)) return first?.key as StepKind | undefined;
  return { line: first.line, reason: missingCapability("step", first.key) ?? first.key };
};

/**
 * Defines the names of what a step creates; a step that must be rejected creates nothing.
 * @returns the name of the assigned commitment: where the file gives none, the offer's
 */
const giveName = (kind: StepKind, place: Place, names: Names): string | undefined => {
  if (place.at("rejected") !== undefined) return undefined;
  if (kind === "openAccount") names.redefine("account", place.at(kind));
  if (kind === "pay") names.define("payment", place.at("as"));
  // A call may be recorded again.
  if (kind === "call") names.redefine("call", place.at("key"));
  if (kind !== "assign") return undefined;
  const [as, offer] = [place.at("as"), place.at(kind)?.text];
  if (as === undefined) return offer === undefined ? undefined : names.defineUnused("assigned", offer, place.line);
  names.define("assigned", as);
  return as.text;
};

const named = (action: UnnamedAssignment, as = action.as ?? action.offer): Assignment => ({ ...action, as });

const isSynchronisedWithItself = ({ discountEnd, as }: Assignment): boolean =>
  discountEnd.kind === "SYNCHRONISED" && discountEnd.commitment === as;
