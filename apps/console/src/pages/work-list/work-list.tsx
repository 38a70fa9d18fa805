import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { Notice, Tag } from "../../../../web/components/notice.js";
import { Panel } from "../../../../web/components/panel.js";
import { Table } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { Page } from "../../frame/page.js";
import { PageState, usePageQuery } from "../../frame/page-query.js";
import { PathLink } from "../../frame/path-link.js";
import { OpenList } from "./open-list.js";
import { WORK_LIST, type WorkListData } from "./query.js";
import { readWorkListSearch, WORK, type Work } from "./search.js";
import style from "./work-list.module.css";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** Page 1: what waits for staff, counted, and the list that is opened. */
export const WorkListPage = () => {
  const say = useSay({ en, it });
  const given = useSearch({ strict: false });
  const { list, from, until } = readWorkListSearch(given);
  const variables = useMemo(() => {
    const isOpen = Object.fromEntries(WORK.map((work) => [work, work === list])) as Record<Work, boolean>;
    return { ...isOpen, from: from ?? null, until: until ?? null };
  }, [list, from, until]);
  const page = usePageQuery(WORK_LIST, variables);
  return (
    <Page title={say("title")}>
      <PageState page={page} rows={8}>
        {(data) => (
          <>
            <Counts work={data.workList} chosen={list} />
            {list && (
              <Panel title={say(list)}>
                {data.workList[list].count > 50 && <p>{say("firstOf")}</p>}
                <OpenList data={data} list={list} reload={page.reload} />
              </Panel>
            )}
          </>
        )}
      </PageState>
    </Page>
  );
};

interface Given {
  readonly work: WorkListData["workList"];
  readonly chosen: Work | undefined;
}

const Counts = ({ work, chosen }: Given) => {
  const say = useSay({ en, it });
  const waiting = WORK.filter((name) => work[name].count > 0);
  if (waiting.length === 0) return <Notice title={say("allDone")} />;
  return (
    <div className={style.counts}>
      <Table
        label={say("what")}
        columns={[
          {
            id: "what",
            title: say("what"),
            cell: (name) => (
              <>
                <PathLink href={pathOf(name, work)} aria-current={name === chosen ? "true" : undefined}>
                  {say(name)}
                </PathLink>
                <span className={style.hint}>{say(`${name}Hint`)}</span>
              </>
            ),
          },
          {
            id: "count",
            title: say("count"),
            isNumber: true,
            cell: (name) => <Tag tone="warning">{countShown(work[name])}</Tag>,
          },
        ]}
        rows={waiting}
        keyOf={(name) => name}
      />
    </div>
  );
};

const countShown = ({ count, isCapped }: { readonly count: number; readonly isCapped: boolean }): string =>
  isCapped ? `${count}+` : String(count);

const pathOf = (list: Work, { endingFrom, endingUntil }: WorkListData["workList"]): string =>
  list === "endingSoon" ? `/?list=${list}&from=${endingFrom}&until=${endingUntil}` : `/?list=${list}`;
