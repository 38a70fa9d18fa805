interface Given {
  readonly text: string;
  /** UTF-16 range of what matched, `until` exclusive. */
  readonly from: number;
  readonly until: number;
}

/** Text with what matched a search marked. */
export const Marked = ({ text, from, until }: Given) => (
  <>
    {text.slice(0, from)}
    <mark>{text.slice(from, until)}</mark>
    {text.slice(until)}
  </>
);
