import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { Fact, Facts } from "../../../../web/components/facts.js";
import { Notice } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { useSay, useSpeech } from "../../../../web/texts/speech.js";
import { CommandButton } from "../../command/command-button.js";
import { HistoryEntries } from "../../frame/history-entries.js";
import { Page } from "../../frame/page.js";
import { PageState, usePageQuery } from "../../frame/page-query.js";
import { Failed } from "../../refusal/failed.js";
import { mayPass } from "../../refusal/may-pass.js";
import { isAllowed, useViewer } from "../../session/viewer.js";
import { useFrameSay } from "../../texts/frame.js";
import { ImportRates } from "./import-rates.js";
import { type ShownTariff, TARIFF } from "./query.js";
import { AddRate } from "./rate-drawers.js";
import { RateTest } from "./rate-test.js";
import { Rates } from "./rates.js";
import { FLAGS, readRatesSearch, type RatesSearch } from "./search.js";
import { CloneTariff, ReviseTariff } from "./tariff-drawers.js";
import { tariffTexts } from "./texts.js";

/** Page 19, a tariff with its rates, by when they hold. */
export const TariffPage = () => {
  const say = useSay(tariffTexts);
  const frameSay = useFrameSay();
  const { id } = useParams({ from: "/tariffs/$id" });
  const search = useSearch({ from: "/tariffs/$id" });
  const navigate = useNavigate({ from: "/tariffs/$id" });
  const { language } = useSpeech();
  const viewer = useViewer();
  const filter = useMemo(() => filterOf(search), [search]);
  const asked = JSON.stringify(filter);
  const [place, setPlace] = useState<{ readonly asked: string; readonly after: string } | null>(null);
  const after = place?.asked === asked ? place.after : null;
  const page = usePageQuery(TARIFF, {
    ...{ id, filter, after },
    language: language === "it" ? ("IT" as const) : ("EN" as const),
    history: isAllowed(viewer, { query: "history" }),
  });
  // A filter that is refused takes nothing away but the rates.
  const [held, hold] = useState<ShownTariff | null>(null);
  const answered = page.data?.tariff ?? null;
  if (answered && answered !== held) hold(answered);
  const tariff = answered ?? (page.failure && held?.id === id ? held : null);
  const above = <Link to="/tariffs">{say("tariffs")}</Link>;
  const { failure } = page;
  if (!tariff && !failure) {
    return (
      <Page title={say("tariffs")} above={above}>
        <PageState page={page} rows={8}>
          {() => <Notice title={frameSay("notFound")}>{frameSay("notFoundHint")}</Notice>}
        </PageState>
      </Page>
    );
  }
  return (
    <Page
      title={tariff?.name ?? say("tariffs")}
      above={above}
      actions={tariff && <Actions tariff={tariff} reload={page.reload} />}
    >
      {tariff && <TariffFacts tariff={tariff} />}
      <Panel title={say("rates")}>
        <Rates
          tariff={tariff}
          rates={page.data?.rates ?? null}
          search={search}
          isFirst={after === null}
          onSearch={(changes) => {
            void navigate({ search: readRatesSearch({ ...search, ...changes }), replace: true });
          }}
          onAfter={(cursor) => {
            setPlace(cursor === null ? null : { asked, after: cursor });
          }}
          reload={page.reload}
        />
        {failure && <Failed failure={failure} {...(mayPass(failure) && { retry: page.reload })} />}
      </Panel>
      {tariff && <RateTest tariff={tariff} />}
      {tariff?.history && (
        <Panel title={say("history")}>
          <HistoryEntries history={tariff.history} zone="UTC" />
        </Panel>
      )}
    </Page>
  );
};

const filterOf = ({ mode, at, prefix, country, ...flags }: RatesSearch) => ({
  ...(prefix !== undefined && { prefix }),
  ...(country !== undefined && { country: country.toUpperCase() }),
  ...Object.fromEntries(FLAGS.flatMap((flag) => (flags[flag] === undefined ? [] : [[flag, flags[flag] === "yes"]]))),
  effective: { mode: mode ?? ("AT" as const), ...(at !== undefined && { at: `${at}T00:00:00Z` }) },
});

interface Given {
  readonly tariff: ShownTariff;
  readonly reload: () => void;
}

const Actions = ({ tariff, reload }: Given) => {
  const say = useSay(tariffTexts);
  return (
    <>
      <CommandButton
        command="changeRates"
        text={say("addRate")}
        kind="primary"
        drawer={<AddRate tariff={tariff} reload={reload} />}
      />
      <CommandButton
        command="importRates"
        text={say("importRates")}
        drawer={<ImportRates tariff={tariff} reload={reload} />}
      />
      <CommandButton
        command="cloneTariff"
        text={say("cloneTariff")}
        drawer={<CloneTariff tariff={tariff} reload={reload} />}
      />
      <CommandButton
        command="reviseTariff"
        text={say("reviseTariff")}
        drawer={<ReviseTariff tariff={tariff} reload={reload} />}
      />
    </>
  );
};

const TariffFacts = ({ tariff: { description, currency, matchBy, duration, clonedFrom } }: Pick<Given, "tariff">) => {
  const say = useSay(tariffTexts);
  return (
    <Facts>
      <Fact name={say("description")}>{description}</Fact>
      <Fact name={say("currency")}>{currency}</Fact>
      <Fact name={say("matchBy")}>{say(matchBy)}</Fact>
      <Fact name={say("duration")}>{say(duration)}</Fact>
      <Fact name={say("clonedFrom")}>
        {clonedFrom && (
          <Link to="/tariffs/$id" params={{ id: clonedFrom.id }}>
            {clonedFrom.name}
          </Link>
        )}
      </Fact>
    </Facts>
  );
};
