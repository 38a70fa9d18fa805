import style from "./timeline.module.css";

/** The hatchings that shapes are filled with: pauses slanted, suspensions crossed, an open pause fading. */
export const Patterns = ({ id }: { readonly id: string }) => (
  <defs>
    <pattern id={`${id}-hatch`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect className={style.hatchGround} width="8" height="8" />
      <line className={style.hatchLine} x1="0" y1="0" x2="0" y2="8" />
    </pattern>
    <pattern id={`${id}-cross`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect className={style.crossGround} width="8" height="8" />
      <path className={style.crossLine} d="M 0 0 V 8 M 0 0 H 8" />
    </pattern>
    <linearGradient id={`${id}-fade`}>
      <stop offset="0.3" stopColor="white" />
      <stop offset="1" stopColor="white" stopOpacity="0.15" />
    </linearGradient>
    <mask id={`${id}-fading`} maskContentUnits="objectBoundingBox">
      <rect width="1" height="1" fill={`url(#${id}-fade)`} />
    </mask>
  </defs>
);
