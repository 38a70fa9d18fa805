import { type LocalDate } from "#domain/calendar.js";
import { missingCapability, missingValues } from "../capabilities.js";
import { type Action } from "../actions.js";
import { type Step } from "../model.js";
import { type ReadAction, type StepContext } from "./kinds/step-kind.js";
import { listOf, Mapping, type Place, type Reader } from "./place.js";
import { Refusal } from "./source.js";
import { KINDS } from "./step-kinds.js";
import { date, rejectionCode, requireCapability, text } from "./values.js";

const isKind = (key: string): key is keyof typeof KINDS => Object.hasOwn(KINDS, key);

const readStep =
  (context: StepContext): Reader<Step> =>
  (at) => {
    const kind = kindOf(at);
    const definition = kind === undefined ? undefined : KINDS[kind];
    const common = kind === undefined ? ["on"] : ["on", kind, "effective", "rejected"];
    const step = new Mapping(at, [...common, ...(definition?.keys ?? [])]);
    const rejected = step.optional("rejected", rejectionCode);
    const { action, whose, accepted } = definition?.read(step, context, rejected !== undefined) ?? MOVE_CLOCK;
    const on = step.required("on", date);
    const effective = step.optional("effective", effectiveDate(action.kind));
    const moment = context.moments.at(on, whose);
    if (rejected === undefined) accepted?.(on);
    const name = kind === undefined ? "move the clock" : `${kind} ${step.required(kind, text)}`;
    return { line: at.line, name, on, at: moment, effective, rejected, action };
  };

const MOVE_CLOCK: ReadAction = { action: { kind: "moveClock" }, whose: null };

/** Which kind of step it is, by the key that names one. */
const kindOf = (at: Place): keyof typeof KINDS | undefined => {
  const named = at.entries().filter(({ key }) => isKind(key) || missingValues("step").includes(key));
  const [first, second] = named;
  if (first && second) at.refuse(`a step does one thing, not both ${first.key} and ${second.key}`);
  if (first === undefined) return undefined;
  if (isKind(first.key)) return first.key;
  throw new Refusal({ line: first.line, reason: missingCapability("step", first.key) ?? first.key });
};

/** A date before or after the step's own, where the command has one. Whether it may lie there is the server's to say. */
const effectiveDate =
  (kind: Action["kind"]): Reader<LocalDate> =>
  (at) => {
    requireCapability(at, "effective", kind);
    return date(at);
  };

/** The steps of a file. Each is read after the ones before it, and must not happen before them. */
export const readSteps = (at: Place, context: StepContext): Step[] => {
  let last: Step | undefined;
  return listOf("a step", (item) => {
    const step = readStep(context)(item);
    const before = last;
    if (before && step.at < before.at) {
      item.refuse(`this step happens at ${step.at}, before the step on line ${before.line} at ${before.at}`);
    }
    last = step;
    return step;
  })(at);
};
