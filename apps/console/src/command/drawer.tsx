import { useRouterState } from "@tanstack/react-router";
import {
  createContext,
  Fragment,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { Button } from "../../../web/components/button.js";
import { useSay } from "../../../web/texts/speech.js";
import { readMoment } from "../frame/as-of/moment.js";
import style from "./command.module.css";
import { commandTexts } from "./texts.js";

interface Drawers {
  readonly open: (drawer: ReactElement) => void;
  readonly close: () => void;
}

const DrawerContext = createContext<Drawers>({ open: () => undefined, close: () => undefined });

/** Opens a command's drawer, in place of one that is open: `open(<PauseDrawer ... />)`. */
export const useOpenCommand = (): ((drawer: ReactElement) => void) => useContext(DrawerContext).open;

export const useCloseDrawer = (): (() => void) => useContext(DrawerContext).close;

/** Holds the one drawer that is open. It goes when another page, or another moment of it, is opened. */
export const DrawerProvider = ({ children }: { readonly children: ReactNode }) => {
  const [shown, setShown] = useState<{ readonly key: number; readonly drawer: ReactElement } | null>(null);
  const path = useRouterState({
    select: ({ location: { pathname, search } }) => JSON.stringify([pathname, readMoment(search)]),
  });
  const [from, setFrom] = useState(path);
  if (from !== path) {
    setFrom(path);
    setShown(null);
  }
  const opened = useRef(0);
  const opener = useRef<Element | null>(null);
  const open = useCallback((drawer: ReactElement) => {
    opened.current += 1;
    const { activeElement } = document;
    // In place of one that is open: the focus goes back to where that one was opened.
    if (!activeElement?.closest("[data-drawer]")) opener.current = lasting(activeElement);
    setShown({ key: opened.current, drawer });
  }, []);
  const close = useCallback(() => {
    setShown(null);
    const { current } = opener;
    opener.current = null;
    // Once the drawer is gone, and what it was opened from may be drawn anew.
    requestAnimationFrame(() => {
      const back = current?.isConnected ? current : document.querySelector("#page h1");
      if (back instanceof HTMLElement || back instanceof SVGElement) back.focus({ preventScroll: true });
    });
  }, []);
  const drawers = useMemo(() => ({ open, close }), [open, close]);
  return (
    <DrawerContext value={drawers}>
      {children}
      {shown && <Fragment key={shown.key}>{shown.drawer}</Fragment>}
    </DrawerContext>
  );
};

/** An element, or, of a menu that closes when something is chosen of it, the button that it belongs to. */
const lasting = (element: Element | null): Element | null => {
  const menu = element?.closest("[role=menu]");
  return menu ? document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`) : element;
};

/** Whether something is filled in in the drawer that is open: it must not go by a slip. */
export const isDrawerFilledIn = (): boolean => document.querySelector("[data-drawer][data-filled-in]") !== null;

interface Given {
  readonly title: string;
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

/** A dialog beside the page, which stays in sight and in reach. Esc closes it, and the focus goes back. */
export const Drawer = ({ title, onClose, children }: Given) => {
  const say = useSay(commandTexts);
  const close = useCloseDrawer();
  const id = useId();
  const dialog = useRef<HTMLDivElement>(null);
  const [isFilledIn, setFilledIn] = useState(false);
  const closed = useRef(onClose);
  useEffect(() => {
    closed.current = onClose;
  });
  useEffect(() => {
    const first = dialog.current?.querySelector<HTMLElement>("form input, form select, form textarea");
    (first ?? dialog.current)?.focus();
    const onKey = (event: KeyboardEvent): void => {
      // From anywhere: a drawing behind it may have the focus.
      const isSeen = dialog.current?.checkVisibility() ?? false;
      if (event.key === "Escape" && !event.defaultPrevented && isSeen) close();
    };
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("keydown", onKey);
      closed.current?.();
    };
  }, [close]);
  return (
    <div
      ref={dialog}
      role="dialog"
      data-drawer=""
      data-filled-in={isFilledIn ? "" : undefined}
      aria-labelledby={id}
      tabIndex={-1}
      className={style.drawer}
      onInput={() => {
        setFilledIn(true);
      }}
    >
      <div className={style.head}>
        <h2 id={id}>{title}</h2>
        <Button kind="quiet" label={say("close")} onPress={close}>
          ✕
        </Button>
      </div>
      {children}
    </div>
  );
};
