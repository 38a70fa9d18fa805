import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import style from "./live.module.css";

interface Voice {
  readonly announce: (said: string) => void;
  readonly tell: (said: string) => void;
}

const LiveContext = createContext<Voice>({ announce: () => undefined, tell: () => undefined });

/** Says something to who listens, wherever the focus is. */
export const useAnnounce = (): Voice["announce"] => useContext(LiveContext).announce;

/** Says something to everybody: it is seen for some seconds, too. */
export const useTell = (): Voice["tell"] => useContext(LiveContext).tell;

const SEEN_MS = 6_000;

/** The one live region of the console. */
export const Live = ({ children }: { readonly children: ReactNode }) => {
  const [said, setSaid] = useState("");
  const [seen, setSeen] = useState<string | null>(null);
  const announce = useCallback((next: string) => {
    // The same sentence twice is said twice: the second with a blank that nobody hears.
    setSaid((before) => (before === next ? `${next}\u00a0` : next));
  }, []);
  const tell = useCallback(
    (next: string) => {
      announce(next);
      setSeen(next);
    },
    [announce],
  );
  useEffect(() => {
    if (seen === null) return undefined;
    const timer = setTimeout(() => {
      setSeen(null);
    }, SEEN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [seen, said]);
  const [voice] = useState(() => ({ announce, tell }));
  return (
    <LiveContext value={voice}>
      {children}
      <div role="log" aria-live="polite" className="unseen">
        {said}
      </div>
      {seen !== null && (
        <div aria-hidden="true" className={style.seen}>
          {seen}
        </div>
      )}
    </LiveContext>
  );
};
