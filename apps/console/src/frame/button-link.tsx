import { createLink } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, type Ref } from "react";
import style from "../../../web/components/button.module.css";
import { classes } from "../../../web/style/classes.js";

interface Given extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly kind?: "primary" | "plain";
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** A link of the router that looks like a button: it opens a page. */
export const ButtonLink = createLink(({ kind = "plain", children, ...link }: Given) => (
  <a {...link} className={classes(style.button, style[kind])}>
    {children}
  </a>
));
