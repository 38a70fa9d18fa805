import { Button } from "../../../../web/components/button.js";
import { Notice, Tag } from "../../../../web/components/notice.js";
import { Panel, Panels } from "../../../../web/components/panel.js";
import { Table } from "../../../../web/components/table.js";
import { useDates, useMoney } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { CommitmentsAxis } from "../../drawings/commitments/commitments-axis.js";
import { PathLink } from "../../frame/path-link.js";
import { useAllowed } from "../../session/viewer.js";
import { type Site } from "./commands/command.js";
import { OpenAccount } from "./commands/accounts.js";
import { CancelScheduledChange } from "./commands/suspensions.js";
import style from "./customer.module.css";
import { Held } from "./held.js";
import { type Account, type Customer, type UnbilledLine } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** What it has: commitments on one axis, accounts, the running period, and what is ordered. */
export const Overview = ({ at }: { readonly at: Site<Customer> }) => {
  const say = useSay({ en, it });
  const { timeline } = at.customer;
  return (
    <>
      <ScheduledChanges at={at} />
      {timeline && (
        <Panel title={say("commitments")}>
          <CommitmentsAxis
            timeline={timeline}
            label={say("commitmentsOf", { name: at.customer.contact.name })}
            href={({ commitment }) => (commitment ? `/commitments/${commitment.id}` : "#")}
          />
          <Held customer={at.customer} />
        </Panel>
      )}
      <Panels>
        <Accounts at={at} />
        <RunningPeriod customer={at.customer} />
      </Panels>
    </>
  );
};

const ScheduledChanges = ({ at }: { readonly at: Site<Customer> }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const open = useOpenCommand();
  const mayCancel = useAllowed("cancelScheduledChange");
  return at.customer.scheduledChanges.map((change) => (
    <p key={`${change.what} ${change.effectiveOn}`} className={style.coming}>
      {say(orderedAs(change), { day: day(change.effectiveOn), rate: change.rate ?? "" })}
      {mayCancel && (
        <Button
          onPress={() => {
            open(<CancelScheduledChange at={at} what={change.what} effectiveOn={change.effectiveOn} />);
          }}
        >
          {say("cancelChange")}
        </Button>
      )}
    </p>
  ));
};

const orderedAs = ({ what, rate }: Customer["scheduledChanges"][number]) => {
  if (what === "SUSPENSION") return "orderedSuspension";
  if (what === "UNSUSPENSION") return "orderedUnsuspension";
  return rate === null ? "orderedNoRate" : "orderedRate";
};

const Accounts = ({ at }: { readonly at: Site<Customer> }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const open = useOpenCommand();
  const mayOpen = useAllowed("openAccount") && at.customer.status !== "CLOSED";
  const accounts = at.customer.accounts?.edges.map(({ node }) => node) ?? [];
  const openAccount = mayOpen && (
    <Button
      onPress={() => {
        open(<OpenAccount at={at} />);
      }}
    >
      {say("openAccount")}
    </Button>
  );
  return (
    <Panel title={say("accounts")} actions={accounts.length > 0 && openAccount}>
      {accounts.length === 0 ? (
        <Notice title={say("noAccounts")}>{openAccount}</Notice>
      ) : (
        <Table<Account>
          label={say("accountsOf", { name: at.customer.contact.name })}
          rows={accounts}
          keyOf={({ id }) => id}
          columns={[
            {
              id: "identifier",
              title: say("account"),
              cell: ({ id, identifier }) => <PathLink href={`/accounts/${id}`}>{identifier}</PathLink>,
            },
            { id: "product", title: say("mainProduct"), cell: ({ mainProduct }) => mainProduct?.name },
            { id: "aliases", title: say("aliases"), cell: ({ aliases }) => aliases.join(", ") },
            {
              id: "status",
              title: say("status"),
              cell: ({ status, openedOn, closedOn }) =>
                status === "OPEN" ? (
                  say("openSince", { day: day(openedOn) })
                ) : (
                  <Tag>{say("closedSince", { day: closedOn === null ? "" : day(closedOn) })}</Tag>
                ),
            },
          ]}
        />
      )}
    </Panel>
  );
};

const RunningPeriod = ({ customer }: { readonly customer: Customer }) => {
  const say = useSay({ en, it });
  const { day } = useDates();
  const { money } = useMoney();
  const { unbilled, currency } = customer;
  if (!unbilled) return null;
  const { period, lines, total } = unbilled;
  return (
    <Panel title={say("runningPeriod", { from: day(period.from), until: day(period.until) })}>
      {lines.length === 0 ? (
        <Notice title={say("noLines")} />
      ) : (
        <Table<UnbilledLine>
          label={say("linesOfPeriod")}
          rows={lines}
          keyOf={(line) => `${line.kind} ${line.rowId} ${line.commitmentId} ${line.from} ${line.net}`}
          columns={[
            {
              id: "description",
              title: say("line"),
              cell: (line) => <PathLink href={`/commitments/${line.commitmentId}`}>{line.description}</PathLink>,
            },
            {
              id: "days",
              title: say("days"),
              cell: (line) => say("range", { from: day(line.from), until: day(line.until) }),
            },
            { id: "fee", title: say("fee"), isNumber: true, cell: (line) => money(line.fee, currency) },
            { id: "discount", title: say("discount"), isNumber: true, cell: (line) => money(line.discount, currency) },
            { id: "net", title: say("net"), isNumber: true, cell: (line) => money(line.net, currency) },
          ]}
          foot={{ description: say("total"), net: money(total, currency) }}
        />
      )}
    </Panel>
  );
};
