import { useMemo } from "react";
import { Tag, type Tone } from "../../../../web/components/notice.js";
import { type Column } from "../../../../web/components/virtual-table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import { type ListedCustomer } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

const TONES: Readonly<Record<ListedCustomer["status"], Tone>> = {
  ACTIVE: "good",
  SUSPENDED: "bad",
  CLOSED: "neutral",
};

export const useCustomerColumns = (): readonly Column<ListedCustomer>[] => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  return useMemo(
    () => [
      {
        id: "name",
        title: say("name"),
        sort: "NAME",
        width: "minmax(0, 2fr)",
        cell: ({ id, contact }) => <PathLink href={`/customers/${id}`}>{contact.name}</PathLink>,
      },
      {
        id: "email",
        title: say("email"),
        sort: "EMAIL",
        width: "minmax(0, 1.6fr)",
        isMinor: true,
        cell: ({ contact }) => contact.email,
      },
      { id: "phone", title: say("phone"), isMinor: true, cell: ({ contact }) => contact.phone },
      {
        id: "status",
        title: say("status"),
        sort: "STATUS",
        cell: ({ status }) => <Tag tone={TONES[status]}>{say(status)}</Tag>,
      },
      { id: "class", title: say("class"), isMinor: true, cell: ({ customerClass }) => customerClass?.name },
      {
        id: "balanceDue",
        title: say("balanceDue"),
        sort: "BALANCE",
        isNumber: true,
        cell: ({ balanceDue, currency }) => money(balanceDue, currency),
      },
      {
        id: "created",
        title: say("created"),
        sort: "CREATED",
        isMinor: true,
        cell: ({ createdOn }) => day(createdOn),
      },
    ],
    [say, day, money],
  );
};
