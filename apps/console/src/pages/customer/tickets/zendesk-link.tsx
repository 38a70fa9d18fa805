import { type ReactNode } from "react";

/** A link to a page of Zendesk, which opens beside this one and learns nothing of it. */
export const ZendeskLink = ({ href, children }: { readonly href: string; readonly children: ReactNode }) => (
  <a href={href} target="_blank" rel="noreferrer">
    {children}
  </a>
);
