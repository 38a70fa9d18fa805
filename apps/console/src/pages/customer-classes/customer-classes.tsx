import { Button } from "../../../../web/components/button.js";
import { Notice } from "../../../../web/components/notice.js";
import { Table, type TableColumn } from "../../../../web/components/table.js";
import { useSay } from "../../../../web/texts/speech.js";
import { useOpenCommand } from "../../command/drawer.js";
import { Page } from "../../frame/page.js";
import { PageState, usePageQuery } from "../../frame/page-query.js";
import { useAllowed } from "../../session/viewer.js";
import { DefineClass, ReviseClass } from "./class-drawers.js";
import { CUSTOMER_CLASSES, type CustomerClass } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** The classes of customers, each with what holds for its customers. */
export const CustomerClassesPage = () => {
  const say = useSay({ en, it });
  const open = useOpenCommand();
  const mayDefine = useAllowed("defineCustomerClass");
  const mayRevise = useAllowed("reviseCustomerClass");
  const page = usePageQuery(CUSTOMER_CLASSES, {});
  const { reload } = page;
  const define = mayDefine && (
    <Button
      kind="primary"
      onPress={() => {
        open(<DefineClass reload={reload} />);
      }}
    >
      {say("define")}
    </Button>
  );
  const revise = (customerClass: CustomerClass) => (
    <Button
      kind="quiet"
      label={say("reviseNamed", { name: customerClass.name })}
      onPress={() => {
        open(<ReviseClass customerClass={customerClass} reload={reload} />);
      }}
    >
      {say("revise")}
    </Button>
  );
  const days = (count: number | null): string => (count === null ? say("never") : say("days", { count }));
  const columns: readonly TableColumn<CustomerClass>[] = [
    { id: "name", title: say("name"), cell: ({ name }) => name },
    { id: "grace", title: say("graceDays"), cell: ({ graceDays }) => days(graceDays) },
    {
      id: "reminders",
      title: say("remindAfterDays"),
      cell: ({ remindAfterDays }) =>
        remindAfterDays.length === 0 ? say("noReminders") : remindAfterDays.map((count) => days(count)).join(", "),
    },
    { id: "suspension", title: say("suspendAfterDays"), cell: ({ suspendAfterDays }) => days(suspendAfterDays) },
    { id: "termination", title: say("terminateAfterDays"), cell: ({ terminateAfterDays }) => days(terminateAfterDays) },
    { id: "selfCare", title: say("selfCare"), cell: ({ selfPauseDaysPerYear }) => days(selfPauseDaysPerYear) },
    ...(mayRevise ? [{ id: "revise", title: say("actions"), cell: revise }] : []),
  ];
  return (
    <Page title={say("title")} actions={define}>
      <PageState page={page} rows={4}>
        {({ customerClasses }) => {
          const rows = customerClasses.edges.map(({ node }) => node);
          return rows.length === 0 ? (
            <Notice title={say("none")}>{say("intro")}</Notice>
          ) : (
            <Table label={say("title")} columns={columns} rows={rows} keyOf={({ id }) => id} />
          );
        }}
      </PageState>
    </Page>
  );
};
