import { type FieldPath, reject } from "#domain/rejection.js";
import { isUuid } from "#read-models/rows/filters.js";

/** @throws Rejection VALIDATION_FAILED unless the argument is a UUID */
export const requireId = (id: string, field: FieldPath): void => {
  if (!isUuid(id)) throw reject("VALIDATION_FAILED", `${[field].flat()[0]} is not a UUID.`, { field });
};
