import { useNavigate } from "@tanstack/react-router";
import { Panel } from "../../../../web/components/panel.js";
import { useSay } from "../../../../web/texts/speech.js";
import { HistoryEntries } from "../../frame/history-entries.js";
import { type Customer } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

interface Given {
  readonly customer: Customer;
  readonly everything: boolean;
}

/** What happened to it and all that is its: who, when, what changed, why; the latest first. */
export const HistoryTab = ({ customer: { history, timeZone }, everything }: Given) => {
  const say = useSay({ en, it });
  const navigate = useNavigate({ from: "/customers/$id" });
  if (!history) return null;
  return (
    <Panel title={say("history")}>
      <HistoryEntries
        history={history}
        zone={timeZone}
        everything={{
          is: everything,
          onChange: (is) => {
            void navigate({ search: { tab: "history", ...(is && { everything: true as const }) }, replace: true });
          },
        }}
      />
    </Panel>
  );
};
