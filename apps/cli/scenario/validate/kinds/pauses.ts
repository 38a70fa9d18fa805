import { type PauseAction } from "../../actions.js";
import { date, requireCapability } from "../values.js";
import { type StepKinds } from "./step-kind.js";

/** Whether the days make a pause is the server's to say. */
export const PAUSE_STEPS: StepKinds<PauseAction> = {
  pause: {
    keys: ["from", "until"],
    read(step, { names }) {
      const commitment = step.required("pause", names.reference("assigned"));
      const from = step.optional("from", date);
      if (from !== undefined) {
        // Its days do not hang on the day on which it is ordered.
        step.optional("effective", (at) => {
          requireCapability(at, "field", "effectiveOfPauseFrom");
        });
      }
      return {
        action: { kind: "pause", commitment, from, until: step.optional("until", date) },
        whose: { commitment },
      };
    },
  },
  changePause: {
    keys: ["from", "newFrom", "newUntil"],
    read(step, { names }) {
      const commitment = step.required("changePause", names.reference("assigned"));
      const from = step.required("from", date);
      const newFrom = step.optional("newFrom", date);
      const newUntil = step.optional("newUntil", date);
      if (newFrom === undefined && newUntil === undefined) step.at.refuse(`changePause needs "newFrom" or "newUntil"`);
      return { action: { kind: "changePause", commitment, from, newFrom, newUntil }, whose: { commitment } };
    },
  },
  cancelPause: {
    keys: ["from"],
    read(step, { names }) {
      const commitment = step.required("cancelPause", names.reference("assigned"));
      return { action: { kind: "cancelPause", commitment, from: step.required("from", date) }, whose: { commitment } };
    },
  },
  resume: {
    keys: [],
    read(step, { names }) {
      const commitment = step.required("resume", names.reference("assigned"));
      return { action: { kind: "resume", commitment }, whose: { commitment } };
    },
  },
};
