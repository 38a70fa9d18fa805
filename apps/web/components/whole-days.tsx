import { Children, type ReactNode } from "react";
import style from "./whole-days.module.css";

const DAY = /(\d{4}-\d{2}-\d{2})/;

/** Days in texts stay on one line: browsers break ISO dates at their hyphens. */
export const wholeDays = (shown: ReactNode): ReactNode =>
  Children.map(shown, (part) => (typeof part === "string" && DAY.test(part) ? inParts(part) : part));

const inParts = (text: string): ReactNode =>
  text.split(DAY).map((part, at) =>
    at % 2 === 1 ? (
      <span key={at} className={style.day}>
        {part}
      </span>
    ) : (
      part
    ),
  );
