import { type PauseAction } from "../../actions.js";
import { date, nameOf } from "../values.js";
import { step, type StepSchemas } from "./step.js";

const commitment = nameOf("assigned");

const asked = date.describe("Which request: the first paused day that it asks for");

/** The server decides whether the days are a valid pause. */
export const PAUSE_STEPS: StepSchemas<PauseAction> = {
  pause: step(
    "pause",
    {
      pause: commitment,
      from: date.optional().describe("The first paused day; left out, the day after the step"),
      until: date.optional().describe("The last paused day; left out, open"),
    },
    ({ pause, from, until }) => ({
      action: { kind: "pause", commitment: pause, from, until },
      whose: { commitment: pause },
    }),
  ),
  changePause: step(
    "changePause",
    {
      changePause: commitment,
      from: date.describe("Which pause: its first paused day so far"),
      newFrom: date.optional(),
      newUntil: date.optional(),
    },
    ({ changePause, from, newFrom, newUntil }, context) => {
      if (newFrom === undefined && newUntil === undefined)
        context.addIssue(`changePause needs "newFrom" or "newUntil"`);
      return {
        action: { kind: "changePause", commitment: changePause, from, newFrom, newUntil },
        whose: { commitment: changePause },
      };
    },
  ),
  cancelPause: step(
    "cancelPause",
    { cancelPause: commitment, from: date.describe("Which pause: its first paused day") },
    ({ cancelPause, from }) => ({
      action: { kind: "cancelPause", commitment: cancelPause, from },
      whose: { commitment: cancelPause },
    }),
  ),
  resume: step("resume", { resume: commitment }, ({ resume }) => ({
    action: { kind: "resume", commitment: resume },
    whose: { commitment: resume },
  })),
  requestPause: step(
    "requestPause",
    {
      requestPause: commitment,
      from: date.describe("The first paused day"),
      until: date.describe("The last paused day"),
    },
    ({ requestPause, from, until }) => ({
      action: { kind: "requestPause", commitment: requestPause, from, until },
      whose: { commitment: requestPause },
    }),
  ),
  approvePause: step("approvePause", { approvePause: commitment, from: asked }, ({ approvePause, from }) => ({
    action: { kind: "approvePause", commitment: approvePause, from },
    whose: { commitment: approvePause },
  })),
  declinePause: step("declinePause", { declinePause: commitment, from: asked }, ({ declinePause, from }) => ({
    action: { kind: "declinePause", commitment: declinePause, from },
    whose: { commitment: declinePause },
  })),
  withdrawPause: step("withdrawPause", { withdrawPause: commitment, from: asked }, ({ withdrawPause, from }) => ({
    action: { kind: "withdrawPause", commitment: withdrawPause, from },
    whose: { commitment: withdrawPause },
  })),
};
