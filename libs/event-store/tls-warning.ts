let isSilenced = false;

/**
 * The client names the server to TLS also where that name is an IP address, which Node says it will ignore one day
 * (DEP0123). Nobody who runs Tenure can do anything about that: the warning is left out, all others stay.
 */
export const silenceServerNameWarning = (): void => {
  if (isSilenced) return;
  isSilenced = true;
  const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]): void => {
    if (!args.includes("DEP0123")) emit(...args);
  };
};
