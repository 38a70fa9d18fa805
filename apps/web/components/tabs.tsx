import { type ReactNode } from "react";
import { classes } from "../style/classes.js";
import style from "./tabs.module.css";

interface Given {
  /** What they are parts of. */
  readonly label: string;
  /** A link each. Which part is shown is in the address, so that Back and a copied address lead to it. */
  readonly children: ReactNode;
}

/** Links to the parts of a page of which one is shown; `aria-current="page"` marks it. */
export const Tabs = ({ label, children }: Given) => (
  <nav aria-label={label} className={classes(style.tabs)}>
    {children}
  </nav>
);
