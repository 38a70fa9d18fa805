import { useContext, useEffect, useRef, useSyncExternalStore } from "react";
import { SessionEndedContext } from "../session/session-ended.js";

const subscribe = (changed: () => void): (() => void) => {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
};

/** Whether the API can be asked: the browser has a connection, and a session. Without them nothing is confirmed. */
export const useOnline = (): boolean => {
  const isEnded = useContext(SessionEndedContext);
  return useSyncExternalStore(subscribe, () => navigator.onLine) && !isEnded;
};

/** Runs once a connection, or a session, that was lost meanwhile is back. */
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
