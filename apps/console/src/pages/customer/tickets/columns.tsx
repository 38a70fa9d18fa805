import { useMemo } from "react";
import { Tag, type Tone } from "../../../../../web/components/notice.js";
import { type Column } from "../../../../../web/components/virtual-table.js";
import { useMoment } from "../../../../../web/shown/shown.js";
import { useSay } from "../../../../../web/texts/speech.js";
import { type Ticket } from "./query.js";
import { statusText } from "./status-text.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";
import { ZendeskLink } from "./zendesk-link.js";

const TONES: Readonly<Record<NonNullable<Ticket["status"]>, Tone>> = {
  NEW: "warning",
  OPEN: "bad",
  PENDING: "neutral",
  HOLD: "neutral",
  SOLVED: "good",
  CLOSED: "neutral",
};

/** Points in time are told without their zone: the page names it once. @param zone the customer's, IANA */
export const useTicketColumns = (zone: string): readonly Column<Ticket>[] => {
  const say = useSay({ en, it });
  const moment = useMoment();
  return useMemo(
    () => [
      {
        id: "number",
        title: say("number"),
        width: "minmax(76px, 0.5fr)",
        cell: ({ number, url }) => (
          <ZendeskLink href={url}>
            <span className="unseen">{say("opensZendesk", { number })}</span>
            <span aria-hidden="true">{number}</span>
          </ZendeskLink>
        ),
      },
      { id: "subject", title: say("subject"), width: "minmax(0, 2.2fr)", cell: ({ subject }) => subject },
      {
        id: "priority",
        title: say("priority"),
        sort: "PRIORITY",
        isMinor: true,
        cell: ({ priority }) => priority && say(priority),
      },
      { id: "type", title: say("type"), isMinor: true, cell: ({ type }) => type && say(type) },
      {
        id: "status",
        title: say("status"),
        sort: "STATUS",
        cell: ({ status }) => status && <Tag tone={TONES[status]}>{say(statusText(status))}</Tag>,
      },
      {
        id: "created",
        title: say("created"),
        sort: "CREATED",
        width: "minmax(0, 1.4fr)",
        isMinor: true,
        cell: ({ createdAt }) => moment(createdAt, zone),
      },
      {
        id: "updated",
        title: say("updated"),
        sort: "UPDATED",
        width: "minmax(0, 1.4fr)",
        isMinor: true,
        cell: ({ updatedAt }) => moment(updatedAt, zone),
      },
      { id: "recipient", title: say("recipient"), isMinor: true, cell: ({ recipient }) => recipient },
    ],
    [say, moment, zone],
  );
};
