import style from "./tariffs.module.css";

interface Given {
  /** RFC 3339; null: it never ends. */
  readonly from: string;
  readonly until: string | null;
  readonly now: string;
  /** The instants of all rates that are shown: the bars have one scale. */
  readonly shown: readonly string[];
}

const WIDTH = 120;
const HEIGHT = 10;

/** When a rate holds, on the scale of all that are shown; a line marks now. What it says is beside it in words. */
export const ValidityBar = ({ from, until, now, shown }: Given) => {
  const times = [...shown, now].map((instant) => Date.parse(instant));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  // What lies at the edge is to be seen, and what never ends goes on beyond it.
  const span = Math.max(1, last - first) * 1.1;
  const at = (instant: string): number => ((Date.parse(instant) - first) / span) * WIDTH;
  const [begin, end] = [at(from), until === null ? WIDTH : at(until)];
  return (
    <svg className={style.bar} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      <line className={style.track} x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      <rect className={style.held} x={begin} y={3} width={Math.max(1, end - begin)} height={4} />
      <line className={style.track} x1={at(now)} x2={at(now)} y1={0} y2={HEIGHT} />
    </svg>
  );
};
