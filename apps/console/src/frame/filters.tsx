import { type ReactNode } from "react";
import style from "./filters.module.css";

interface Given {
  readonly label: string;
  /** What belongs to the list, but filters nothing: the choice of columns. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The filters above a list. */
export const Filters = ({ label, actions, children }: Given) => (
  <search className={style.filters} aria-label={label}>
    {children}
    {actions && <div className={style.actions}>{actions}</div>}
  </search>
);
