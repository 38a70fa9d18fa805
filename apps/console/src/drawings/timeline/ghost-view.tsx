import { type GhostShapes } from "./ghost.js";
import style from "./timeline.module.css";

/** What a command would do, over what is. It is said in words by the command's preview. */
export const GhostView = ({ boxes, end }: GhostShapes) => (
  <g aria-hidden="true" pointerEvents="none">
    {boxes.map(({ kind, ...box }) => (
      <rect key={kind} {...box} rx={3} className={style.ghostBox} data-ghost={kind} />
    ))}
    {end && (
      <>
        {end.arc !== null && <path d={end.arc} className={style.ghostArc} />}
        <path d={`M ${end.x} ${end.y - 9} l 9 9 l -9 9 l -9 -9 Z`} className={style.ghostEnd} data-ghost="end" />
      </>
    )}
  </g>
);
