import { Fragment } from "react";
import { ButtonLink } from "../../frame/button-link.js";
import { Tag, type Tone } from "../../../../web/components/notice.js";
import { Table } from "../../../../web/components/table.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { PathLink } from "../../frame/path-link.js";
import { useViewer } from "../../session/viewer.js";
import style from "./customer.module.css";
import { type Customer, type HeldCommitment } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

const TONES: Readonly<Record<HeldCommitment["status"], Tone>> = {
  PENDING: "neutral",
  ACTIVE: "good",
  PAUSED: "warning",
  TERMINATED: "neutral",
};
const STATUS = { PENDING: "heldPending", ACTIVE: "heldActive", PAUSED: "heldPaused", TERMINATED: "heldEnded" } as const;

/** Rows at most: the axis above has all. */
const MOST = 20;

/** The everyday commands; each opens its drawer on the page of the commitment. */
const EVERYDAY = [
  { command: "pauseCommitment", open: "pause", text: "pauseHeld" },
  { command: "upgradeCommitment", open: "upgrade", text: "upgradeHeld" },
  { command: "terminateCommitment", open: "terminate", text: "terminateHeld" },
] as const;

/** What is served, for who calls it otherwise than its offer: each service, and what of it, where the offer is not called so. */
const Served = ({ of: { terms }, name }: { readonly of: NonNullable<HeldCommitment["commitment"]>; name: string }) => (
  <span className={style.served}>
    {terms.recurring
      .map(({ rowId, description, addOnProduct }) => ({
        rowId,
        service: addOnProduct?.service === name ? undefined : addOnProduct?.service,
        description: description === name ? undefined : description,
      }))
      .filter(({ service, description }) => service !== undefined || description !== undefined)
      .map(({ rowId, service, description }, at) => (
        <Fragment key={rowId}>
          {at > 0 && ", "}
          {service}
          {service !== undefined && description !== undefined && " · "}
          {description}
        </Fragment>
      ))}
  </span>
);

/** What has not ended, with what is done to it every day. */
export const Held = ({ customer }: { readonly customer: Customer }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { commands } = useViewer();
  const held = (customer.timeline?.commitments ?? []).filter(({ status }) => status !== "TERMINATED");
  if (held.length === 0) return null;
  const isSuspended = customer.status === "SUSPENDED";
  const everyday = EVERYDAY.filter(({ command }) => commands.includes(command));
  return (
    <>
      <Table<HeldCommitment>
        label={say("heldBy", { name: customer.contact.name })}
        rows={held.slice(0, MOST)}
        keyOf={({ commitment, name, from }) => commitment?.id ?? `${name} ${from}`}
        columns={[
          {
            id: "name",
            title: say("commitment"),
            cell: ({ commitment, name }) =>
              commitment ? (
                <>
                  <PathLink href={`/commitments/${commitment.id}`}>{name}</PathLink>
                  <Served of={commitment} name={name} />
                </>
              ) : (
                name
              ),
          },
          {
            id: "account",
            title: say("account"),
            cell: ({ account }) =>
              account && <PathLink href={`/accounts/${account.id}`}>{account.identifier}</PathLink>,
          },
          {
            id: "status",
            title: say("status"),
            cell: ({ status }) => (
              <>
                <Tag tone={TONES[status]}>{say(STATUS[status])}</Tag>
                {isSuspended && status === "ACTIVE" && <Tag tone="bad">{say("SUSPENDED")}</Tag>}
              </>
            ),
          },
          {
            id: "end",
            title: say("lastDay"),
            cell: ({ lastDay }) => (lastDay === null ? "–" : day(lastDay)),
          },
          {
            id: "discountEnd",
            title: say("discountEnd"),
            cell: ({ discountEnd }) => (discountEnd === null ? "–" : day(discountEnd)),
          },
          ...(everyday.length === 0
            ? []
            : [
                {
                  id: "actions",
                  title: say("actions"),
                  cell: ({ commitment, name }: HeldCommitment) =>
                    commitment && (
                      <span className={style.everyday}>
                        {everyday.map(({ open, text }) => (
                          <ButtonLink
                            key={open}
                            to="/commitments/$id"
                            params={{ id: commitment.id }}
                            search={{ open }}
                            aria-label={say("actOn", { act: say(text), name })}
                          >
                            {say(text)}
                          </ButtonLink>
                        ))}
                      </span>
                    ),
                },
              ]),
        ]}
      />
      {held.length > MOST && <p>{say("moreHeld", { count: held.length - MOST })}</p>}
    </>
  );
};
