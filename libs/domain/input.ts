import { type FieldPath, reject } from "./rejection.js";

const lastOf = (field: FieldPath) => (typeof field === "string" ? field : field.at(-1));

/** Trims a text. @throws Rejection VALIDATION_FAILED when nothing is left */
export const requireText = (text: string, field: FieldPath): string => {
  const trimmed = text.trim();
  if (trimmed !== "") return trimmed;
  throw reject("VALIDATION_FAILED", `${lastOf(field)} must not be empty.`, { field, facts: { case: "TEXT_MISSING" } });
};

/** Trims a name. @throws Rejection VALIDATION_FAILED when nothing is left, or over 200 characters */
export const requireName = (name: string, field: FieldPath = "name"): string => {
  const trimmed = requireText(name, field);
  if (trimmed.length > 200) {
    throw reject("VALIDATION_FAILED", `${lastOf(field)} is longer than 200 characters.`, {
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
