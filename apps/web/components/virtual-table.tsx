import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { classes } from "../style/classes.js";
import { useSay } from "../texts/speech.js";
import { tableTexts } from "./table-texts.js";
import style from "./virtual-table.module.css";

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** The first column's holds the row's link, which the whole row then opens. */
  readonly cell: (row: Row) => ReactNode;
  /** Width of a grid's column, e.g. `2fr` or `120px`; default `1fr`. */
  readonly width?: string;
  /** Amounts and counts. */
  readonly isNumber?: boolean;
  /** Left out where there is no room for all. */
  readonly isMinor?: boolean;
  /** Left out where the table is narrower, in pixels. */
  readonly needs?: number;
  /** The sort key that a press on the title asks for; left out: it cannot be sorted by. */
  readonly sort?: string;
}

/** Where a reader is in a table, for when he comes back. */
export interface TablePlace {
  /** Pixels that are scrolled past. */
  readonly offset: number;
  /** The row that has the focus, from 0; null: none. */
  readonly row: number | null;
}

export interface TableSort {
  readonly by: string;
  readonly direction: "ASC" | "DESC";
}

interface Given<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** As many as there are, of which `rows` may be the first; left out: the rows are all. */
  readonly total?: number;
  /** Asks for the rows that follow; null: there are none. */
  readonly more?: (() => void) | null;
  readonly sort?: TableSort;
  /** The reader asks for another order. */
  readonly onSort?: (sort: TableSort) => void;
  /** Where the reader was when he left. */
  readonly place?: TablePlace | null;
  readonly onPlace?: (place: TablePlace) => void;
}

const ROW_HEIGHT = 40;
/** Of a line of a row that is a block. */
const LINE_HEIGHT = 24;
const BLOCK_PADDING = 12;
/** Narrower than this, in pixels, rows are blocks: a line for each cell, with its title. */
const LEAST_WIDTH = 560;
/** Narrower than this, minor columns are left out. */
const ROOM_FOR_ALL = 860;
/** So many rows before the last one, the following ones are asked for. */
const AHEAD = 40;

/**
 * A table of any length: what is in view is in the page, and hardly more. Up and Down go from row to row, Home and End
 * to the ends, Enter opens. Where there is no room for all columns the minor ones are left out; on a phone rows are
 * blocks.
 */
export const VirtualTable = <Row,>(given: Given<Row>) => {
  const { label, columns: all, rows, keyOf, total, more = null, sort, onSort, place = null, onPlace } = given;
  const say = useSay(tableTexts);
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidthOf(scroller);
  const isBlocks = width < LEAST_WIDTH;
  const columns = isBlocks
    ? all
    : all.filter(({ isMinor, needs = isMinor === true ? ROOM_FOR_ALL : 0 }) => width >= needs);
  const height = isBlocks ? columns.length * LINE_HEIGHT + BLOCK_PADDING : ROW_HEIGHT;
  const [focused, setFocused] = useState<number | null>(place?.row ?? null);
  const extract = useCallback(
    (range: Range) => {
      const seen = defaultRangeExtractor(range);
      // The row with the focus stays, wherever it is scrolled to.
      return focused === null || seen.includes(focused) || focused >= range.count
        ? seen
        : [...seen, focused].sort((a, b) => a - b);
    },
    [focused],
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler of React keeps what it answers
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    rangeExtractor: extract,
    initialOffset: place?.offset ?? 0,
  });
  useLayoutEffect(() => {
    virtual.measure();
  }, [virtual, height]);
  const items = virtual.getVirtualItems();
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - AHEAD) more();
  }, [more, last, rows.length]);

  // Once: where the reader was.
  const first = useRef(place);
  useLayoutEffect(() => {
    const { current } = first;
    first.current = null;
    if (!current || !scroller.current) return;
    scroller.current.scrollTop = current.offset;
    if (current.row !== null) wanted.current = current.row;
  }, []);
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"] a`);
    if (!link) return;
    wanted.current = null;
    link.focus({ preventScroll: true });
  });
  const note = (row: number | null): void => {
    onPlace?.({ offset: scroller.current?.scrollTop ?? 0, row });
  };
  const go = (row: number): void => {
    wanted.current = row;
    setFocused(row);
    virtual.scrollToIndex(row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rowOf(event.target);
    if (row === null || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = { ArrowDown: row + 1, ArrowUp: row - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || to < 0 || to >= rows.length) return;
    event.preventDefault();
    go(to);
  };
  const widths = isBlocks
    ? {}
    : { gridTemplateColumns: columns.map((column) => column.width ?? "minmax(0, 1fr)").join(" ") };
  return (
    <>
      <div
        ref={scroller}
        role="table"
        aria-label={label}
        aria-rowcount={(total ?? rows.length) + 1}
        className={classes(style.table, isBlocks && style.blocks)}
        onKeyDown={onKeyDown}
        onScroll={() => {
          note(focused);
        }}
        onFocus={({ target }) => {
          const row = rowOf(target);
          if (row === null) return;
          setFocused(row);
          note(row);
        }}
      >
        <div role="rowgroup" className={style.head}>
          <div role="row" aria-rowindex={1} className={style.row} style={widths}>
            {columns.map((column) => (
              <Title key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className={style.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div
                key={keyOf(row)}
                role="row"
                aria-rowindex={index + 2}
                data-row={index}
                className={classes(style.row, style.placed)}
                style={{ ...widths, height, transform: `translateY(${start}px)` }}
              >
                {columns.map((column, at) => (
                  <div
                    key={column.id}
                    role={at === 0 ? "rowheader" : "cell"}
                    data-title={at === 0 ? undefined : column.title}
                    className={classes(style.cell, column.isNumber && style.number)}
                  >
                    <div className={style.content}>{column.cell(row)}</div>
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <p className={style.count}>
        {total === undefined || total === rows.length
          ? say("rows", { count: rows.length })
          : say("rowsMore", { count: rows.length, total })}
      </p>
    </>
  );
};

/** The width of an element, in pixels; until it is known, that of a screen with room for what is minor. */
const useWidthOf = (element: RefObject<HTMLElement | null>): number => {
  const [width, setWidth] = useState(ROOM_FOR_ALL);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const measure = (): void => {
      setWidth(current.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return width;
};

const rowOf = (target: EventTarget): number | null => {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  return row ? Number.parseInt(row.dataset["row"] ?? "", 10) : null;
};

interface Titled<Row> {
  readonly column: Column<Row>;
  readonly sort: TableSort | undefined;
  readonly onSort: ((sort: TableSort) => void) | undefined;
}

const Title = <Row,>({ column, sort, onSort }: Titled<Row>) => {
  const isSorted = sort !== undefined && sort.by === column.sort;
  const direction = isSorted ? (sort.direction === "ASC" ? "ascending" : "descending") : undefined;
  const { sort: by, title } = column;
  return (
    <div
      role="columnheader"
      aria-sort={direction}
      className={classes(style.cell, style.title, column.isNumber && style.number)}
    >
      {by !== undefined && onSort ? (
        <button
          type="button"
          className={style.sort}
          onClick={() => {
            onSort({ by, direction: direction === "ascending" ? "DESC" : "ASC" });
          }}
        >
          {title}
          <span aria-hidden="true">{direction ? (direction === "ascending" ? "▲" : "▼") : ""}</span>
        </button>
      ) : (
        title
      )}
    </div>
  );
};
