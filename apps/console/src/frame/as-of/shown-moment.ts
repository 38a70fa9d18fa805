import { createContext, useContext, useEffect } from "react";
import { type Moment, type MomentSearch } from "./moment.js";

interface Shown {
  readonly moment: Moment | null;
  /** As it is written in the address. */
  readonly search: MomentSearch;
}

/** As of when a page is shown: set around pages that have a past (of-moment.tsx). */
export const ShownMomentContext = createContext<Shown>({ moment: null, search: {} });

/** As of when the page is shown, for its queries: `customer(id: $id, asOf: $asOf)`; null: now. */
export const useAsOf = (): Moment | null => useContext(ShownMomentContext).moment;

/** What links take along. */
export const useMomentSearch = (): MomentSearch => useContext(ShownMomentContext).search;

interface PageZone {
  /** IANA. */
  readonly zone: string;
  readonly tell: (zone: string) => void;
}

export const PageZoneContext = createContext<PageZone>({ zone: "UTC", tell: () => undefined });

/** Tells in which zone the page shows points in time, so that they are typed in it. @param zone undefined: not known yet */
export const useTellZone = (zone: string | undefined): void => {
  const { tell } = useContext(PageZoneContext);
  useEffect(() => {
    if (zone !== undefined) tell(zone);
  }, [zone, tell]);
};
