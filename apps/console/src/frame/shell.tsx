import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useRef, useState } from "react";
import { classes } from "../../../web/style/classes.js";
import { DrawerProvider } from "../command/drawer.js";
import { isAllowed, useViewer } from "../session/viewer.js";
import { useFrameSay } from "../texts/frame.js";
import { AsOfBar, AsOfButton, AsOfProvider, useAsOfBar } from "./as-of/as-of-bar.js";
import { ClockBar } from "./clock-bar.js";
import { FrameKeys } from "./frame-keys.js";
import { KeysProvider } from "./keys.js";
import { Live } from "./live.js";
import { useMenu } from "./menu.js";
import { useOnline } from "./online.js";
import style from "./shell.module.css";
import { SearchBox } from "./search-box.js";
import { UserMenu } from "./user-menu.js";

/** What stays around every page: whose console it is, the menu, who is signed in. */
export const Shell = () => {
  const say = useFrameSay();
  const isOnline = useOnline();
  const viewer = useViewer();
  const { provider } = viewer;
  const maySearch = isAllowed(viewer, { query: "search" });
  // Pages show what it was before the test clock went on: they are opened anew.
  const { testClock, advancingTo } = provider.clock;
  const [moment, setMoment] = useState(testClock);
  if (advancingTo === null && moment !== testClock) setMoment(testClock);
  const search = useRef<HTMLInputElement>(null);
  return (
    <Live>
      <KeysProvider>
        <AsOfProvider>
          <DrawerProvider>
            <FrameKeys search={search} />
            <a href="#page" className={style.skip} onClick={toPage}>
              {say("skip")}
            </a>
            <Frame>
              <header className={style.head}>
                <Link to="/" className={style.product}>
                  {say("product")}
                </Link>
                <span className={style.provider}>
                  <span className="unseen">{say("provider")}: </span>
                  {provider.name}
                </span>
                <Menu />
                {maySearch && <SearchBox ref={search} />}
                <AsOfButton />
                <UserMenu />
              </header>
              <ClockBar />
              <AsOfBar />
              {!isOnline && (
                <p role="status" className={style.offline}>
                  {say("offline")}
                </p>
              )}
              <main id="page" tabIndex={-1} className={style.page}>
                <Outlet key={moment} />
              </main>
            </Frame>
          </DrawerProvider>
        </AsOfProvider>
      </KeysProvider>
    </Live>
  );
};

/** Tinted while the page is shown as of another moment. */
const Frame = ({ children }: { readonly children: ReactNode }) => {
  const { moment } = useAsOfBar();
  return <div className={classes(style.frame, moment !== null && style.past)}>{children}</div>;
};

/** The address keeps its fragment for tokens. */
const toPage = (event: { readonly preventDefault: () => void }): void => {
  event.preventDefault();
  document.getElementById("page")?.focus();
};

const Menu = () => {
  const say = useFrameSay();
  const menu = useMenu();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  if (menu.length === 0) return <div className={style.menu} />;
  return (
    <nav aria-label={say("menu")} className={style.menu}>
      <ul>
        {menu.map(({ to, text }) => (
          <li key={to}>
            <Link to={to} {...(isOfSection(path, to) && { "aria-current": "page" })}>
              {say(text)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** Places in the menu of pages whose addresses begin otherwise: what a customer has is among the customers. */
const SECTIONS: ReadonlyMap<string, string> = new Map([
  ["accounts", "customers"],
  ["commitments", "customers"],
  ["policies", "tariffs"],
]);

/** Whether a page is among those of a place in the menu, e.g. the plans among the catalog. */
const isOfSection = (path: string, to: string): boolean => {
  const [, own = ""] = path.split("/");
  return path === to || (to !== "/" && (SECTIONS.get(own) ?? own) === to.split("/")[1]);
};
