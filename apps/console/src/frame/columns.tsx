import { useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { CheckboxField } from "../../../web/components/fields.js";
import { Popover } from "../../../web/components/popover.js";
import { type Column } from "../../../web/components/virtual-table.js";
import { useFrameSay } from "../texts/frame.js";
import style from "./user-menu.module.css";

const keyOf = (list: string): string => `tenure.columns.${list}`;

const hiddenIn = (list: string): readonly string[] => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(list)) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
};

/**
 * The columns of a list that the user wants, which this browser keeps, and the button to choose them. The first one
 * stays.
 *
 *   const [columns, choice] = useColumns("customers", all);
 *
 * @param list name of the list
 */
export const useColumns = <Row,>(list: string, all: readonly Column<Row>[]) => {
  const [hidden, setHidden] = useState(() => hiddenIn(list));
  const change = (id: string, isShown: boolean): void => {
    const next = isShown ? hidden.filter((each) => each !== id) : [...hidden, id];
    localStorage.setItem(keyOf(list), JSON.stringify(next));
    setHidden(next);
  };
  const columns = all.filter(({ id }, at) => at === 0 || !hidden.includes(id));
  return [columns, <ColumnChoice key="columns" all={all} hidden={hidden} change={change} />] as const;
};

interface Given {
  readonly all: readonly { readonly id: string; readonly title: string }[];
  readonly hidden: readonly string[];
  readonly change: (id: string, isShown: boolean) => void;
}

const ColumnChoice = ({ all, hidden, change }: Given) => {
  const say = useFrameSay();
  return (
    <DialogTrigger>
      <AriaButton className={style.open ?? ""}>{say("columns")}</AriaButton>
      <Popover className={style.popover ?? ""}>
        <Dialog className={style.dialog ?? ""} aria-label={say("columns")}>
          {all.slice(1).map(({ id, title }) => (
            <CheckboxField
              key={id}
              name={id}
              label={title}
              value={!hidden.includes(id)}
              onChange={(isShown) => {
                change(id, isShown);
              }}
            />
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
};
