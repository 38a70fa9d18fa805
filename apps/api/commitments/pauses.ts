import { cancelPause, changePause, pauseCommitment, resumeCommitment } from "#domain/commitments/pause.js";
import { reject } from "#domain/rejection.js";
import { type OrderOf } from "../commands/messages.js";
import { type Decision, deciding, type Sources } from "./decision.js";

export type PauseOrder = OrderOf<"pauseCommitment" | "changePause" | "cancelPause" | "resumeCommitment">;

/** @throws Rejection VALIDATION_FAILED */
export const pausing = (order: PauseOrder, sources: Sources): Decision => {
  switch (order.name) {
    case "pauseCommitment": {
      const { from, until = null, effectiveOn } = order.input;
      if (from !== undefined && effectiveOn !== undefined) {
        const message = "effectiveOn is the day of a pause from now on: with from there is none.";
        throw reject("VALIDATION_FAILED", message, { field: "effectiveOn" });
      }
      const days = { ...(from && { from }), until, ...(effectiveOn && { effectiveOn }) };
      const pauseId = sources.newId("pause");
      return deciding(sources, (state, facts, now) => pauseCommitment({ pauseId, ...days, now }, state, facts));
    }
    case "changePause": {
      const { from, newFrom, newUntil } = order.input;
      const days = { from, ...(newFrom && { newFrom }), ...(newUntil && { newUntil }) };
      return deciding(sources, (state, facts, now) => changePause({ ...days, now }, state, facts));
    }
    case "cancelPause": {
      const { from } = order.input;
      return deciding(sources, (state, facts, now) => cancelPause({ from, now }, state, facts));
    }
    case "resumeCommitment": {
      const { effectiveOn } = order.input;
      return deciding(sources, (state, facts, now) =>
        resumeCommitment({ ...(effectiveOn && { effectiveOn }), now }, state, facts),
      );
    }
  }
};
