import { createContext, useContext } from "react";

/** Tenure's address, without a slash at its end. */
export const ConsoleAddress = createContext("");

/** The page of a customer in Tenure's console. */
export const useCustomerAddress = (id: string): string =>
  `${useContext(ConsoleAddress)}/customers/${encodeURIComponent(id)}`;

/** The agent's name, as the browser says it: Tenure records it as claimed. Null: unknown. */
export const Claimed = createContext<string | null>(null);

export const useClaimedAgent = (): string | null => useContext(Claimed);
