import { type ReactNode } from "react";
import { classes } from "../style/classes.js";
import style from "./table.module.css";
import { wholeDays } from "./whole-days.js";

export interface TableColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** The first column's says what the row is about. */
  readonly cell: (row: Row) => ReactNode;
  /** Amounts and counts. */
  readonly isNumber?: boolean;
}

interface Given<Row> {
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** A last row, by the ids of columns, e.g. a sum. */
  readonly foot?: Readonly<Record<string, ReactNode>>;
}

/**
 * A table that is shown whole. Where there is no room for columns its rows are blocks, a line for each cell with its
 * title; between, what is too wide scrolls by itself, not the page. Long ones: `VirtualTable`.
 */
export const Table = <Row,>({ label, columns, rows, keyOf, foot }: Given<Row>) => (
  // What scrolls can be scrolled by keys.
  <div className={style.frame} role="group" aria-label={label} tabIndex={0}>
    <table className={style.table}>
      <thead>
        <tr>
          {columns.map(({ id, title, isNumber }) => (
            <th key={id} scope="col" className={classes(isNumber && style.number)}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ id, title, cell, isNumber }, at) =>
              at === 0 ? (
                <th key={id} scope="row" className={classes(isNumber && style.number)}>
                  {wholeDays(cell(row))}
                </th>
              ) : (
                <td key={id} data-title={title} className={classes(isNumber && style.number)}>
                  <div>{wholeDays(cell(row))}</div>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
      {foot && (
        <tfoot>
          <tr>
            {columns.map(({ id, title, isNumber }, at) => (
              <td key={id} data-title={at === 0 ? undefined : title} className={classes(isNumber && style.number)}>
                <div>{foot[id]}</div>
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  </div>
);
