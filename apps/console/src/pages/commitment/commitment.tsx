import { useParams, useSearch } from "@tanstack/react-router";
import { type ReactElement, useMemo, useState } from "react";
import { Tag, type Tone } from "../../../../web/components/notice.js";
import { Panel, Panels } from "../../../../web/components/panel.js";
import { useSay, useSpeech } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { LeavingByMonth } from "../../drawings/leaving/leaving-by-month.js";
import { CommitmentTimeline } from "../../drawings/timeline/commitment-timeline.js";
import { covers } from "../../drawings/ranges.js";
import { type Ghost, type Timeline } from "../../drawings/timeline/data.js";
import { type Editing } from "../../drawings/timeline/draft.js";
import { ghostBetween } from "../../drawings/timeline/ghost.js";
import { useAsOf, useTellZone } from "../../frame/as-of/shown-moment.js";
import { HistoryEntries } from "../../frame/history-entries.js";
import { usePageKeys } from "../../frame/keys.js";
import { Page } from "../../frame/page.js";
import { PathLink } from "../../frame/path-link.js";
import { PageState, usePageQuery } from "../../frame/page-query.js";
import { isAllowed, STAFF, useViewer } from "../../session/viewer.js";
import { type Site } from "./commands/command.js";
import { SetDiscountEnd } from "./commands/discount-end.js";
import { ChangePause, Pause } from "./commands/pauses.js";
import { Terminate } from "./commands/terminations.js";
import { ExtendTimeLimitedUpgrade } from "./commands/time-limited-upgrades.js";
import { Upgrade } from "./commands/upgrades.js";
import { Commands } from "./commands.js";
import style from "./commitment.module.css";
import { FactsPanel } from "./facts.js";
import { LedgerPanel } from "./ledger.js";
import { LinesPanel } from "./lines.js";
import { COMMITMENT, type Commitment, type OfferChoice } from "./query.js";
import { useDaySentence } from "./sentence.js";
import { TermsPanel } from "./terms.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";
import { useDay } from "./use-day.js";
import { useOpened } from "./use-opened.js";

/** Page 8: one commitment, with its life as a drawing and every command on it. */
export const CommitmentPage = () => {
  const say = useSay({ en, it });
  const { language } = useSpeech();
  const { id } = useParams({ from: "/commitments/$id" });
  const { day } = useSearch({ from: "/commitments/$id" });
  // A day that is chosen later is asked about alone.
  const [first] = useState(day ?? null);
  const staff = isAllowed(useViewer(), STAFF);
  const asOf = useAsOf();
  const page = usePageQuery(COMMITMENT, {
    ...{ id, asOf, isPast: asOf !== null, day: first, staff },
    language: language === "it" ? "IT" : "EN",
  });
  useTellZone(page.data?.commitment?.customer?.timeZone);
  const commitment = page.data?.commitment ?? null;
  const state = page.state === "shown" && commitment === null ? "absent" : page.state;
  return (
    <Page
      title={commitment?.terms.name ?? say("title")}
      above={commitment && <Above commitment={commitment} />}
      beside={commitment && <Beside commitment={commitment} />}
    >
      <PageState page={{ ...page, state }} rows={12}>
        {(data) =>
          data.commitment && (
            <Shown
              key={id}
              commitment={data.commitment}
              offers={data.offers?.edges.map(({ node }) => node) ?? []}
              coolingOffDays={data.viewer.provider?.coolingOffDays ?? 0}
              reload={page.reload}
            />
          )
        }
      </PageState>
    </Page>
  );
};

const TONES: Readonly<Record<Commitment["status"], Tone>> = {
  PENDING: "neutral",
  ACTIVE: "good",
  PAUSED: "warning",
  TERMINATED: "neutral",
};

const Beside = ({ commitment: { status, customer, timeline } }: { readonly commitment: Commitment }) => {
  const say = useSay({ en, it });
  const isSuspended = customer !== null && covers(timeline.suspensions, timeline.today);
  return (
    <>
      <Tag tone={TONES[status]}>{say(status)}</Tag>
      {isSuspended && status === "ACTIVE" && <Tag tone="bad">{say("customerSuspended")}</Tag>}
    </>
  );
};

const Above = ({ commitment: { customer, account } }: { readonly commitment: Commitment }) => (
  <>
    {customer && <PathLink href={`/customers/${customer.id}`}>{customer.contact.name}</PathLink>}
    {customer && account && " · "}
    {account && <PathLink href={`/accounts/${account.id}`}>{account.identifier}</PathLink>}
  </>
);

interface Given {
  readonly commitment: Commitment;
  /** What is on sale. */
  readonly offers: readonly OfferChoice[];
  readonly coolingOffDays: number;
  readonly reload: () => void;
}

/** What is drawn of the command that is being filled in. */
interface Drawn {
  /** The drawer that it belongs to; null: none is open. */
  readonly of: object | null;
  readonly chosen: Ghost | null;
  readonly after: Timeline | null;
}

const NOTHING_DRAWN: Drawn = { of: null, chosen: null, after: null };

const Shown = ({ commitment, offers, coolingOffDays, reload }: Given) => {
  const say = useSay({ en, it });
  const { commands } = useViewer();
  const open = useOpenCommand();
  const sentence = useDaySentence();
  const { day, shown, choose } = useDay(commitment);
  const [{ chosen, after }, setDrawn] = useState(NOTHING_DRAWN);
  const { timeline, leavingCosts, terms, pauseRequests } = commitment;
  const withRequests = useMemo(
    () => ({ ...timeline, requests: pauseRequests.filter((request) => request.status === "OPEN") }),
    [timeline, pauseRequests],
  );

  /** Opens a drawer; what was chosen for it on the drawing stays drawn until its preview is there. */
  const give = (drawer: (at: Site) => ReactElement, ghost: Ghost | null = null): void => {
    const own = {};
    // Once another drawer took its place, it draws nothing any more, and takes nothing away.
    const draw = (next: (now: Drawn) => Drawn): void => {
      setDrawn((now) => (now.of === own ? next(now) : now));
    };
    setDrawn({ of: own, chosen: ghost, after: null });
    open(
      drawer({
        commitment,
        offers: offers.filter(({ currency }) => currency === terms.currency),
        reload,
        show: (after) => {
          draw((now) => ({ ...now, after }));
        },
        closed: () => {
          draw(() => NOTHING_DRAWN);
        },
      }),
    );
  };
  const may = (command: string): boolean => commands.includes(command) && commitment.status !== "TERMINATED";
  const terminate = may("terminateCommitment")
    ? (on?: string) => {
        give((at) => <Terminate at={at} day={on} />, on === undefined ? null : { terminatedOn: on });
      }
    : undefined;
  const editing: Editing = {
    ...(may("pauseCommitment") && {
      pause: (days) => {
        give((at) => <Pause at={at} days={days} />, { pause: days });
      },
    }),
    ...(may("changePause") && {
      changePause: (pause, days) => {
        give((at) => <ChangePause at={at} pause={pause} days={days} />, { pause: days });
      },
    }),
    ...(may("setDiscountEnd") && {
      setDiscountEnd: (on) => {
        const ghost = { discountEnd: { before: timeline.discountEnd, after: on } };
        give((at) => <SetDiscountEnd at={at} day={on} />, ghost);
      },
    }),
    ...(terminate && { terminate }),
    ...(may("extendTimeLimitedUpgrade") && {
      extendUpgrade: ({ rowId, until }, on) => {
        give((at) => <ExtendTimeLimitedUpgrade at={at} rowId={rowId} until={until} day={on} />, {
          upgradeUntil: on,
        });
      },
    }),
  };
  const key = (
    letter: string,
    text: "pause" | "upgrade" | "terminate" | "setDiscountEnd",
    run: (() => void) | false,
  ) => (run === false ? [] : [{ key: letter, text: say(text), run }]);
  usePageKeys([
    ...key(
      "p",
      "pause",
      may("pauseCommitment") &&
        (() => {
          give((at) => <Pause at={at} />);
        }),
    ),
    ...key(
      "u",
      "upgrade",
      may("upgradeCommitment") &&
        (() => {
          give((at) => <Upgrade at={at} />);
        }),
    ),
    ...key(
      "t",
      "terminate",
      terminate !== undefined &&
        (() => {
          terminate();
        }),
    ),
    ...key(
      "d",
      "setDiscountEnd",
      may("setDiscountEnd") &&
        (() => {
          give((at) => <SetDiscountEnd at={at} />);
        }),
    ),
  ]);
  useOpened({
    pause:
      may("pauseCommitment") &&
      (() => {
        give((at) => <Pause at={at} />);
      }),
    upgrade:
      may("upgradeCommitment") &&
      (() => {
        give((at) => <Upgrade at={at} />);
      }),
    terminate:
      terminate !== undefined &&
      (() => {
        terminate();
      }),
  });
  const devices = new Set(
    leavingCosts
      .flatMap(({ lines }) => lines.map(({ rowId }) => rowId))
      .filter((rowId) => !terms.recurring.some((row) => row.rowId === rowId)),
  );
  return (
    <div className={style.page}>
      <Commands commitment={commitment} coolingOffDays={coolingOffDays} give={give} />
      <FactsPanel commitment={commitment} />
      <Panel title={say("timeline")}>
        <CommitmentTimeline
          data={withRequests}
          name={terms.name}
          day={day}
          onDay={choose}
          sentence={shown && sentence(shown, commitment)}
          ghost={after ? ghostBetween(timeline, after) : chosen}
          after={after}
          editing={editing}
          documentHref={({ id }) => `/invoices/${id}`}
        />
      </Panel>
      {commitment.status !== "TERMINATED" && (
        <Panel title={say("leaving")}>
          {leavingCosts.length === 0 ? (
            <p>{say("leavingNothing")}</p>
          ) : (
            <LeavingByMonth
              costs={leavingCosts}
              devices={devices}
              currency={terms.currency}
              freeFrom={commitment.discountEndDate}
              onTerminate={terminate}
            />
          )}
        </Panel>
      )}
      <Panels>
        <TermsPanel commitment={commitment} />
        <LedgerPanel commitment={commitment} />
      </Panels>
      <LinesPanel commitment={commitment} />
      {commitment.history && (
        <Panel title={say("history")}>
          <HistoryEntries history={commitment.history} zone={commitment.customer?.timeZone ?? "UTC"} />
        </Panel>
      )}
    </div>
  );
};
