import { useRouterState } from "@tanstack/react-router";
import { type ReactNode, useContext, useEffect, useRef } from "react";
import { SessionEndedContext } from "../session/session-ended.js";
import { useViewer } from "../session/viewer.js";
import style from "./page.module.css";

interface Given {
  /** The page's heading, and the first part of the window's title. */
  readonly title: string;
  /** What stands before the heading, e.g. a link to where the page belongs. */
  readonly above?: ReactNode;
  /** Beside the heading, e.g. a state. */
  readonly beside?: ReactNode;
  /** Buttons and links of the page as a whole. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The address that the console was opened at, and whether it was left: until then the browser says where the focus is. */
let first: string | null = null;
let isLeft = false;

/** What every page is in: its heading, which gets the focus when somebody comes from another page. */
export const Page = ({ title, above, beside, actions, children }: Given) => {
  const { provider } = useViewer();
  const heading = useRef<HTMLHeadingElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isEnded = useContext(SessionEndedContext);
  useEffect(() => {
    // Meanwhile it is that of who signs in again.
    if (!isEnded) document.title = `${title} – ${provider.name} – Tenure`;
  }, [title, provider.name, isEnded]);
  useEffect(() => {
    // What a page gives the focus itself, e.g. the row that somebody comes back to, keeps it.
    const { activeElement } = document;
    const isFree = activeElement === null || activeElement === document.body || !activeElement.isConnected;
    first ??= path;
    isLeft ||= path !== first;
    if (isLeft && (isFree || activeElement.closest("nav") !== null)) heading.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <>
      <header className={style.head}>
        {above && <div className={style.above}>{above}</div>}
        <div className={style.line}>
          <h1 ref={heading} tabIndex={-1} className={style.title}>
            {title}
          </h1>
          {beside}
          {actions && <div className={style.actions}>{actions}</div>}
        </div>
      </header>
      {children}
    </>
  );
};
