import { Panel } from "../../../../web/components/panel.js";
import { useSay } from "../../../../web/texts/speech.js";
import { HistoryEntries } from "../../frame/history-entries.js";
import { type Customer } from "./query.js";
import { en } from "./texts.en.js";
import { it } from "./texts.it.js";

/** What happened to it and all that is its: who, when, what changed, why; the latest first. */
export const HistoryTab = ({ customer: { history, timeZone } }: { readonly customer: Customer }) => {
  const say = useSay({ en, it });
  if (!history) return null;
  return (
    <Panel title={say("history")}>
      <HistoryEntries history={history} zone={timeZone} />
    </Panel>
  );
};
