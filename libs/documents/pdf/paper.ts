/** Measures in points, from the upper left corner of an A4 page. */
export const PAPER = {
  size: "A4",
  left: 48,
  right: 547,
  top: 44,
  /** Nothing but the foot lies below. */
  bottom: 772,
  foot: 790,
} as const;

export const WIDTH = PAPER.right - PAPER.left;

/** Contrast of text on white is 4.5 to 1 at least. */
export const COLORS = {
  ink: "#1b2430",
  accent: "#17406d",
  soft: "#5b6675",
  rule: "#cfd6de",
  tint: "#eef3f8",
} as const;

export type Color = keyof typeof COLORS;
