let isSilenced = false;

/**
 * The client passes the server's name to TLS also where it is an IP address, which Node warns about (DEP0123). An
 * operator cannot change that: this warning is suppressed, all others are shown.
 */
export const silenceServerNameWarning = (): void => {
  if (isSilenced) return;
  isSilenced = true;
  const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]): void => {
    if (!args.includes("DEP0123")) emit(...args);
  };
};
