import { useSyncExternalStore } from "react";

const subscribe = (changed: () => void): (() => void) => {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
};

/** Whether the browser has a connection: without one nothing is confirmed. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);
