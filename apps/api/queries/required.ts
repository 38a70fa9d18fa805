import { reject } from "#domain/rejection.js";
import { isUuid } from "#read-models/rows/filters.js";

/** @throws Rejection VALIDATION_FAILED unless the argument is a UUID */
export const requireId = (id: string, field: string): void => {
  if (!isUuid(id)) throw reject("VALIDATION_FAILED", `${field} is not a UUID.`, { field });
};
