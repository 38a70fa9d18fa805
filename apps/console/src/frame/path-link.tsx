import { useRouter } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, type MouseEvent } from "react";
import { pathAsOf } from "./as-of/moment.js";
import { useMomentSearch } from "./as-of/shown-moment.js";

interface Given extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** Path of a page, with its search parameters. */
  readonly href: string;
}

/** A link to a page of the console by its path: for paths that are made elsewhere, as of search hits and drawings. */
export const PathLink = ({ href: path, onClick, ...link }: Given) => {
  const { history } = useRouter();
  const moment = useMomentSearch();
  const isPast = moment.asOf !== undefined || moment.knownAt !== undefined;
  const href = isPast ? pathAsOf(path, moment) : path;
  return (
    <a
      {...link}
      href={href}
      onClick={(event) => {
        onClick?.(event);
        if (!isPlain(event)) return;
        event.preventDefault();
        history.push(href);
      }}
    />
  );
};

/** Not with a key or a button that opens another window. */
const isPlain = (event: MouseEvent): boolean =>
  !event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
