import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useSettings } from "../session/settings.js";

/** A single key that does something on a page. */
export interface PageKey {
  readonly key: string;
  /** What it does, as the help says it. */
  readonly text: string;
  readonly run: () => void;
}

interface Keys {
  readonly pageKeys: readonly PageKey[];
  readonly add: (keys: readonly PageKey[]) => () => void;
}

const KeysContext = createContext<Keys>({ pageKeys: [], add: () => () => undefined });

/** Holds the keys of the page that is shown. */
export const KeysProvider = ({ children }: { readonly children: ReactNode }) => {
  const [sets, setSets] = useState<readonly (readonly PageKey[])[]>([]);
  const add = useCallback((keys: readonly PageKey[]) => {
    setSets((before) => [...before, keys]);
    return () => {
      setSets((before) => before.filter((each) => each !== keys));
    };
  }, []);
  const held = useMemo(() => ({ pageKeys: sets.flat(), add }), [sets, add]);
  return <KeysContext value={held}>{children}</KeysContext>;
};

/**
 * Single keys of a page, while it is shown: `usePageKeys([{ key: "p", text: say("pause"), run: openPause }])`. They do
 * nothing while something is typed, in a drawer that is filled in, and where the user turned single keys off.
 */
export const usePageKeys = (keys: readonly PageKey[]): void => {
  const { add } = useContext(KeysContext);
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  const id = JSON.stringify(keys.map(({ key, text }) => [key, text]));
  useEffect(() => {
    const named = JSON.parse(id) as readonly (readonly [string, string])[];
    return add(
      named.map(([key, text]) => ({
        key,
        text,
        run: () => latest.current.find((each) => each.key === key)?.run(),
      })),
    );
  }, [add, id]);
};

export const useShownPageKeys = (): readonly PageKey[] => useContext(KeysContext).pageKeys;

/** How long after `g` the second key counts, in milliseconds. */
const SECOND = 1_500;

/** Listens to single keys. @param run what a key does, with `g c` for two; whether it did something */
export const useSingleKeys = (run: (keys: string) => boolean): void => {
  const {
    settings: { keys: isOn },
  } = useSettings();
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!isOn) return undefined;
    let first = 0;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "g") {
        first = event.timeStamp;
        return;
      }
      const keys = first > 0 && event.timeStamp - first < SECOND ? `g ${event.key}` : event.key;
      first = 0;
      if (latest.current(keys)) event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("keydown", onKey);
    };
  }, [isOn]);
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));
