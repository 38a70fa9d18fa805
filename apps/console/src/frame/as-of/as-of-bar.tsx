import { useRouter, useRouterState } from "@tanstack/react-router";
import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { Button } from "../../../../web/components/button.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useFrameSay } from "../../texts/frame.js";
import { usePageKeys } from "../keys.js";
import { useAnnounce } from "../live.js";
import { AsOfForm } from "./as-of-form.js";
import style from "./as-of.module.css";
import { type Moment, type MomentSearch, momentOf, pathAsOf, readMoment } from "./moment.js";
import { PageZoneContext } from "./shown-moment.js";

interface Bar {
  /** Whether the page has a past. */
  readonly hasPast: boolean;
  /** As of when the page is shown; null: now, or the address names no moment. */
  readonly moment: Moment | null;
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
  /** Shows the page as of another moment: an address of its own, to which Back leads, too. */
  readonly show: (search: MomentSearch) => void;
  readonly opener: RefObject<HTMLButtonElement | null>;
  readonly change: RefObject<HTMLButtonElement | null>;
}

const nothing = (): void => undefined;
const BarContext = createContext<Bar>({
  ...{ hasPast: false, moment: null, isOpen: false, open: nothing, close: nothing, show: nothing },
  ...{ opener: { current: null }, change: { current: null } },
});

export const useAsOfBar = (): Bar => useContext(BarContext);

/** Holds the moment as of which the page is shown: the address has it, and here it is changed. */
export const AsOfProvider = ({ children }: { readonly children: ReactNode }) => {
  const router = useRouter();
  const page = useRouterState({ select: ({ matches }) => matches.at(-1) });
  const hasPast = page?.staticData.hasPast === true;
  const { asOf, knownAt } = readMoment(hasPast ? page.search : {});
  const moment = useMemo(() => {
    const found = momentOf({ asOf, knownAt });
    return found !== null && "wrong" in found ? null : found;
  }, [asOf, knownAt]);
  const [zone, tell] = useState("UTC");
  const place = JSON.stringify([page?.pathname, asOf, knownAt]);
  // It closes when another page or another moment is shown.
  const [openAt, setOpenAt] = useState<string | null>(null);
  const isOpen = hasPast && openAt === place;
  const [opener, change] = [useRef<HTMLButtonElement>(null), useRef<HTMLButtonElement>(null)];
  const isAsked = useRef(false);
  const open = useCallback(() => {
    setOpenAt(place);
  }, [place]);
  const close = useCallback(() => {
    setOpenAt(null);
    (change.current ?? opener.current)?.focus();
  }, [change, opener]);
  const show = useCallback(
    (search: MomentSearch) => {
      const { pathname, searchStr } = router.state.location;
      const now = `${pathname}${searchStr}`;
      const path = pathAsOf(now, search);
      if (path === now) {
        close();
        return;
      }
      isAsked.current = true;
      router.history.push(path);
    },
    [router, close],
  );
  const announce = useAnnounce();
  const sentence = useMomentSentence(moment, zone);
  const told = useRef(sentence);
  useEffect(() => {
    told.current = sentence;
  });
  useEffect(() => {
    if (!isAsked.current) return;
    isAsked.current = false;
    // What was pressed is gone, and the page is drawn anew.
    (change.current ?? opener.current)?.focus();
    if (told.current !== null) announce(told.current);
  }, [place, announce, change, opener]);
  const bar = useMemo(
    () => ({ hasPast, moment, isOpen, open, close, show, opener, change }),
    [hasPast, moment, isOpen, open, close, show, opener, change],
  );
  const pageZone = useMemo(() => ({ zone, tell }), [zone]);
  return (
    <BarContext value={bar}>
      <PageZoneContext value={pageZone}>{children}</PageZoneContext>
    </BarContext>
  );
};

/** "As of 31 Oct 2020, as known on 5 Nov 2020 13:00 Europe/Rome"; null: now. */
const useMomentSentence = (moment: Moment | null, zone: string): string | null => {
  const say = useFrameSay();
  const dates = useDates();
  if (moment === null) return null;
  const { day, knownAt } = moment;
  if (knownAt === null) return day === null ? null : say("isAsOf", { day: dates.day(day) });
  const at = dates.instant(knownAt, zone);
  return day === null ? say("isAsKnown", { at }) : say("isAsOfAsKnown", { at, day: dates.day(day) });
};

/** Opens the form of the moment, on pages that have a past. While one is chosen, the bar has a button of its own. */
export const AsOfButton = () => {
  const say = useFrameSay();
  const { hasPast, moment, isOpen, open, close, opener } = useAsOfBar();
  usePageKeys(hasPast ? [{ key: "a", text: say("asOf"), run: open }] : []);
  if (!hasPast || moment !== null) return null;
  return (
    <Button ref={opener} kind="quiet" isExpanded={isOpen} onPress={isOpen ? close : open}>
      {say("openAsOf")}
    </Button>
  );
};

/** As of when the page is shown, and the form that chooses it; nothing while it is shown as it is now. */
export const AsOfBar = () => {
  const say = useFrameSay();
  const { moment, isOpen, open, close, show, change } = useAsOfBar();
  const { zone } = useContext(PageZoneContext);
  const sentence = useMomentSentence(moment, zone);
  if (sentence === null && !isOpen) return null;
  return (
    <section aria-label={say("asOf")} className={style.bar}>
      {sentence !== null && (
        <div className={style.told}>
          <p>
            <strong>{sentence}</strong> {say("commandsOff")}
          </p>
          <span className={style.buttons}>
            <Button ref={change} isExpanded={isOpen} onPress={isOpen ? close : open}>
              {say("changeMoment")}
            </Button>
            <Button
              onPress={() => {
                show({});
              }}
            >
              {say("backToNow")}
            </Button>
          </span>
        </div>
      )}
      {isOpen && <AsOfForm moment={moment} zone={zone} onShow={show} onCancel={close} />}
    </section>
  );
};
