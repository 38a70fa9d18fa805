import { type FieldPath, reject } from "./rejection.js";

/** Trims a name. @throws Rejection VALIDATION_FAILED when nothing is left, or over 200 characters */
export const requireName = (name: string, field: FieldPath = "name"): string => {
  const trimmed = name.trim();
  const last = typeof field === "string" ? field : field.at(-1);
  if (trimmed === "") {
    throw reject("VALIDATION_FAILED", `${last} must not be empty.`, { field, facts: { case: "TEXT_MISSING" } });
  }
  if (trimmed.length > 200) {
    throw reject("VALIDATION_FAILED", `${last} is longer than 200 characters.`, {
      field,
      facts: { case: "TEXT_TOO_LONG", most: "200" },
    });
  }
  return trimmed;
};

/** @throws Rejection VALIDATION_FAILED unless it is a whole number from `least` to 1200 */
export const requireCount = (count: number, field: string, least = 1): void => {
  if (!Number.isInteger(count) || count < least || count > 1200) {
    throw reject("VALIDATION_FAILED", `${field} must be a whole number from ${least} to 1200.`, {
      field,
      facts: { case: "NOT_WITHIN", least: String(least), most: "1200" },
    });
  }
};
