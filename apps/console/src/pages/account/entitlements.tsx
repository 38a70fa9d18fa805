import { Button } from "../../../../web/components/button.js";
import { DateField } from "../../../../web/components/fields.js";
import { Notice, Tag } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useDates } from "../../../../web/shown/shown.js";
import { useSay } from "../../../../web/texts/speech.js";
import style from "./account.module.css";
import { PathLink } from "../../frame/path-link.js";
import { type ShownAccount } from "./query.js";
import { accountTexts } from "./texts.js";

interface Given {
  readonly entitlements: ShownAccount["entitlements"];
  /** The customer's; null: not known. */
  readonly today: string | null;
  /** Another day is asked for; null: today. */
  readonly onDay: (day: string | null) => void;
}

type Entitlement = ShownAccount["entitlements"]["addOns"][number];

const STATES = {
  SERVED: { text: "SERVED", tone: "good" },
  PAUSED: { text: "entitlementPaused", tone: "warning" },
  SUSPENDED: { text: "SUSPENDED", tone: "bad" },
} as const;

/** What the account is entitled to on a day, past or to come. */
export const Entitlements = ({ entitlements: { on, addOns }, today, onDay }: Given) => {
  const say = useSay(accountTexts);
  const { day } = useDates();
  const columns: readonly TableColumn<Entitlement>[] = [
    {
      id: "product",
      title: say("product"),
      cell: ({ addOnProduct, upgradedUntil }) => (
        <>
          {addOnProduct?.name ?? say("unknown")}
          {upgradedUntil !== null && (
            <span className={style.note}> ({say("upgradedUntil", { day: day(upgradedUntil) })})</span>
          )}
        </>
      ),
    },
    { id: "service", title: say("service"), cell: ({ service }) => service ?? say("unknown") },
    {
      id: "quota",
      title: say("quota"),
      cell: ({ quota, volumeDiscountPlan: plan }) => (plan ? `${plan.quota} ${plan.unit}` : (quota ?? "–")),
    },
    {
      id: "commitment",
      title: say("by"),
      cell: ({ commitment }) =>
        commitment && <PathLink href={`/commitments/${commitment.id}`}>{commitment.terms.name}</PathLink>,
    },
    {
      id: "state",
      title: say("status"),
      cell: ({ state }) => <Tag tone={STATES[state].tone}>{say(STATES[state].text)}</Tag>,
    },
  ];
  return (
    <Panel title={say("entitlements")}>
      <div className={style.day}>
        <DateField
          name="on"
          label={say("on")}
          value={on}
          onChange={(chosen) => {
            if (chosen !== null && chosen !== on) onDay(chosen === today ? null : chosen);
          }}
        />
        {on !== today && (
          <Button
            kind="quiet"
            onPress={() => {
              onDay(null);
            }}
          >
            {say("today")}
          </Button>
        )}
      </div>
      {addOns.length === 0 ? (
        <Notice title={say("noEntitlements")} />
      ) : (
        <Table
          label={say("entitlementList")}
          columns={columns}
          rows={addOns}
          keyOf={({ commitment, rowId }) => `${commitment?.id ?? ""} ${rowId}`}
        />
      )}
    </Panel>
  );
};
