import { useEffect, useRef, useState } from "react";

/** How long nothing is typed before it counts, in milliseconds. */
const REST = 250;

/**
 * Text of a filter as it is typed, which counts once the typing rests.
 * @param value that counts now; another one from elsewhere takes the place of what is typed
 */
export const useTypedFilter = (value: string, changed: (value: string) => void) => {
  const [typed, setTyped] = useState(value);
  const last = useRef(value);
  const told = useRef(changed);
  useEffect(() => {
    told.current = changed;
  });
  useEffect(() => {
    if (value === last.current) return;
    last.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === last.current) return undefined;
    const timer = setTimeout(() => {
      last.current = typed;
      told.current(typed);
    }, REST);
    return () => {
      clearTimeout(timer);
    };
  }, [typed]);
  return [typed, setTyped] as const;
};
