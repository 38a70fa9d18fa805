import { reject } from "#domain/rejection.js";

/** @throws Rejection FORBIDDEN where test clocks are not allowed */
export const requireTestClock = ({ testClock }: { readonly testClock: boolean }): void => {
  if (testClock) return;
  throw reject(
    "FORBIDDEN",
    "Time cannot be moved here, nor deliveries be stubbed: the test clock is off (TENURE_TEST_CLOCK), as it always is in production.",
  );
};
