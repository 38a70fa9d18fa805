import { type ReactNode, useId } from "react";
import style from "./panel.module.css";

interface Given {
  readonly title: string;
  /** Beside the title: buttons and links of what is below. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page with a heading of its own. */
export const Panel = ({ title, actions, children }: Given) => {
  const id = useId();
  return (
    <section className={style.panel} aria-labelledby={id}>
      <header className={style.head}>
        <h2 id={id} className={style.title}>
          {title}
        </h2>
        {actions && <div className={style.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
};

/** Parts of a page side by side where there is room for two. */
export const Panels = ({ children }: { readonly children: ReactNode }) => (
  <div className={style.panels}>{children}</div>
);
