import { useRouter } from "@tanstack/react-router";
import { type RefObject, useContext } from "react";
import { Drawer, isDrawerFilledIn, useOpenCommand } from "../command/drawer.js";
import { SessionEndedContext } from "../session/session-ended.js";
import { useFrameSay } from "../texts/frame.js";
import { type PageKey, useShownPageKeys, useSingleKeys } from "./keys.js";
import style from "./keys.module.css";
import { useMenu } from "./menu.js";

/** The second key of `g`, and where the page that it opens begins. */
const GO: Readonly<Record<string, string>> = { c: "/customers", a: "/catalog" };

/** The keys that work on every page: `/` searches, `g` and a letter goes, `?` tells all. */
export const FrameKeys = ({ search }: { readonly search: RefObject<HTMLInputElement | null> }) => {
  const { history } = useRouter();
  const menu = useMenu();
  const pageKeys = useShownPageKeys();
  const open = useOpenCommand();
  const say = useFrameSay();
  const isEnded = useContext(SessionEndedContext);
  const goes = Object.entries(GO).flatMap(([key, prefix]) => {
    const item = menu.find(({ to }) => to.startsWith(prefix));
    const run = (to: string) => () => {
      history.push(to);
    };
    return item ? [{ key: `g ${key}`, text: say(item.text), run: run(item.to) }] : [];
  });
  const keys: readonly PageKey[] = [
    { key: "/", text: say("search"), run: () => search.current?.focus() },
    ...goes,
    ...pageKeys,
    {
      key: "?",
      text: say("allKeys"),
      run: () => {
        open(<Help keys={keys} />);
      },
    },
  ];
  useSingleKeys((pressed) => {
    if (isEnded || isDrawerFilledIn()) return false;
    const found = keys.find(({ key }) => key === pressed);
    found?.run();
    return found !== undefined;
  });
  return null;
};

const Help = ({ keys }: { readonly keys: readonly PageKey[] }) => {
  const say = useFrameSay();
  return (
    <Drawer title={say("allKeys")}>
      <dl className={style.keys}>
        {[...keys, { key: "Esc", text: say("escKey") }].map(({ key, text }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p>{say("keysOff")}</p>
    </Drawer>
  );
};
