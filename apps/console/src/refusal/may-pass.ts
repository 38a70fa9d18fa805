import { type Failure } from "../../../web/failure.js";

/** Whether the same may be answered when it is asked again. */
export const mayPass = (failure: Failure): boolean => failure.why !== "refused" || failure.code === "INTERNAL";
