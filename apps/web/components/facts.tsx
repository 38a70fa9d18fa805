import { type ReactNode } from "react";
import style from "./facts.module.css";
import { wholeDays } from "./whole-days.js";

/** What something is, by name: a name and a value each. */
export const Facts = ({ children }: { readonly children: ReactNode }) => <dl className={style.facts}>{children}</dl>;

interface Given {
  readonly name: string;
  readonly children: ReactNode;
}

/** One of them. Without a value (null, undefined, false, empty text) there is none. */
export const Fact = ({ name, children }: Given) =>
  children === null || children === undefined || children === false || children === "" ? null : (
    <div className={style.fact}>
      <dt>{name}</dt>
      <dd>{wholeDays(children)}</dd>
    </div>
  );
