import { type Target } from "./deliveries/target.js";

/** The targets of deliveries that an environment configures. */
export const configuredTargets = (_environment: NodeJS.ProcessEnv): readonly Target[] => [];
