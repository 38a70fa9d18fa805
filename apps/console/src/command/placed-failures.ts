import { type Failure, type Refusal } from "../../../web/failure.js";

export interface PlacedFailures {
  /** Sentences by the name of the field that shows them. */
  readonly errors: Readonly<Record<string, string>>;
  /** Those that no field shows. */
  readonly others: readonly Failure[];
}

/**
 * Where each failure shows: at the field that it names, else at the nearest one that holds it, else beside the form.
 * @param names of the fields of the form
 * @param sentence what a refusal says to the user
 */
export const placed = (
  failures: readonly Failure[],
  names: readonly string[],
  sentence: (refusal: Refusal) => string,
): PlacedFailures => {
  const errors: Record<string, string> = {};
  const others: Failure[] = [];
  for (const failure of failures) {
    const name = failure.why === "refused" && failure.field !== null ? holder(failure.field, names) : undefined;
    if (name === undefined || failure.why !== "refused") others.push(failure);
    else errors[name] = name in errors ? `${errors[name] ?? ""} ${sentence(failure)}` : sentence(failure);
  }
  return { errors, others };
};

const holder = (field: string, names: readonly string[]): string | undefined => {
  const steps = field.split(".");
  for (let length = steps.length; length > 0; length -= 1) {
    const name = steps.slice(0, length).join(".");
    if (names.includes(name)) return name;
  }
  return undefined;
};
