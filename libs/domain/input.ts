import { reject } from "./rejection.js";

/** Trims a name. @throws Rejection VALIDATION_FAILED when nothing is left, or over 200 characters */
export const requireName = (name: string, field = "name"): string => {
  const trimmed = name.trim();
  if (trimmed === "") throw reject("VALIDATION_FAILED", `${field} must not be empty.`, { field });
  if (trimmed.length > 200) throw reject("VALIDATION_FAILED", `${field} is longer than 200 characters.`, { field });
  return trimmed;
};

/** @throws Rejection VALIDATION_FAILED unless it is a whole number from `least` to 1200 */
export const requireCount = (count: number, field: string, least = 1): void => {
  if (!Number.isInteger(count) || count < least || count > 1200) {
    throw reject("VALIDATION_FAILED", `${field} must be a whole number from ${least} to 1200.`, { field });
  }
};
