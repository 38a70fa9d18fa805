import { useEffect, useRef, useSyncExternalStore } from "react";

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

/** Runs once a connection that was lost meanwhile is back. */
export const useConnectionBack = (run: () => void): void => {
  const isOnline = useOnline();
  const wasOnline = useRef(isOnline);
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (isOnline && !wasOnline.current) latest.current();
    wasOnline.current = isOnline;
  }, [isOnline]);
};
