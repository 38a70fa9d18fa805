import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { useAsOf } from "../../frame/as-of/shown-moment.js";
import { type Commitment, DAY, type Day } from "./query.js";

/** How long the line rests on a day before it is asked about and written into the address, in milliseconds. */
const REST = 200;

export interface DayShown {
  readonly day: string;
  /** What is so on that day; null: it is being asked for. */
  readonly shown: Day | null;
  readonly choose: (day: string) => void;
}

/** The day that the drawing's sentence is about: in the address once it rests. */
export const useDay = (commitment: Commitment): DayShown => {
  const { day: inAddress } = useSearch({ from: "/commitments/$id" });
  const asOf = useAsOf();
  const navigate = useNavigate({ from: "/commitments/$id" });
  const [day, choose] = useState(inAddress ?? commitment.on.day);
  const [rested, setRested] = useState(day);
  useEffect(() => {
    const timer = setTimeout(() => {
      setRested(day);
      // Today is what the address without a day shows.
      const search = day === commitment.timeline.today ? {} : { day };
      if ((search.day ?? null) !== (inAddress ?? null)) void navigate({ search, replace: true, resetScroll: false });
    }, REST);
    return () => {
      clearTimeout(timer);
    };
  }, [day, inAddress, commitment.timeline.today, navigate]);
  const isKnown = rested === commitment.on.day;
  const [{ data }] = useQuery({ query: DAY, variables: { id: commitment.id, asOf, day: rested }, pause: isKnown });
  const asked = isKnown ? commitment.on : (data?.commitment?.on ?? null);
  return { day, shown: asked?.day === day ? asked : null, choose };
};
