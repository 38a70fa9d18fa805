import { useCallback, useState } from "react";
import { readTicketsView, type TicketsView } from "./search.js";

const KEY = "tenure.tickets";

const stored = (): TicketsView => {
  try {
    const given: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof given === "object" && given !== null ? readTicketsView({ ...given }) : {};
  } catch {
    return {};
  }
};

/** The filters and the order that tickets are opened with: this browser keeps them for all customers. */
export const useKeptView = () => {
  const [kept, setKept] = useState(stored);
  const keep = useCallback((view: TicketsView) => {
    localStorage.setItem(KEY, JSON.stringify(view));
    setKept(view);
  }, []);
  return [kept, keep] as const;
};
