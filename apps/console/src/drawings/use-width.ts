import { type RefObject, useLayoutEffect, useState } from "react";

/** The width of an element in whole px, as it changes; null until it is known. */
export const useWidth = (element: RefObject<HTMLElement | null>): number | null => {
  const [width, setWidth] = useState<number | null>(null);
  useLayoutEffect(() => {
    const seen = element.current;
    if (!seen) return;
    setWidth(Math.floor(seen.getBoundingClientRect().width));
    const observer = new ResizeObserver(() => {
      setWidth(Math.floor(seen.getBoundingClientRect().width));
    });
    observer.observe(seen);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return width;
};
