import { Fragment, type ReactNode } from "react";
import { classes } from "../../../../web/style/classes.js";
import { useSay } from "../../../../web/texts/speech.js";
import { LANE_NAMES, type Shape } from "./shapes.js";
import { timelineTexts } from "./texts.js";
import style from "./timeline.module.css";
import { type ShapeWords } from "./words.js";

interface Given {
  readonly label: string;
  readonly shapes: readonly Shape[];
  readonly words: (shape: Shape) => ShapeWords;
  /** What can be opened and done, beside a shape. */
  readonly acts: (shape: Shape) => ReactNode;
  readonly isNarrow: boolean;
}

/** The drawing as a table: a row per shape, grouped by lane. */
export const AsList = ({ label, shapes, words, acts, isNarrow }: Given) => {
  const say = useSay(timelineTexts);
  return (
    <table className={classes(style.list, isNarrow && style.narrow)} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{say("what")}</th>
          <th scope="col">{say("from")}</th>
          <th scope="col">{say("detail")}</th>
        </tr>
      </thead>
      {LANE_NAMES.map((lane) => {
        const rows = shapes.filter((shape) => shape.lane === lane);
        return (
          rows.length > 0 && (
            <tbody key={lane}>
              <tr>
                <th scope="rowgroup" colSpan={3} className={style.group}>
                  {say(lane)}
                </th>
              </tr>
              {rows.map((shape) => {
                const { what, days, details, events } = words(shape);
                // Their links stand below.
                const numbers = shape.kind === "period" ? shape.of.invoices.map(({ number }) => number) : [];
                return (
                  <tr key={shape.key}>
                    <th scope="row">{what}</th>
                    <td>{days}</td>
                    <td>
                      <span>{details.filter((detail) => !numbers.includes(detail)).join(" · ")}</span>{" "}
                      {events.map(({ told, reason }) => (
                        <Fragment key={told}>
                          <p className={style.told}>{told}</p>
                          {reason !== null && <p className={style.told}>{reason}</p>}
                        </Fragment>
                      ))}
                      {acts(shape)}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          )
        );
      })}
    </table>
  );
};
