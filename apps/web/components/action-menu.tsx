import { MenuTrigger, Menu, MenuItem } from "react-aria-components/Menu";
import { Button } from "./button.js";
import { Popover } from "./popover.js";
import style from "./action-menu.module.css";

export interface Action {
  readonly id: string;
  readonly text: string;
  readonly act: () => void;
  /** Ends something. */
  readonly isDangerous?: boolean;
}

interface Given {
  /** What the button says. */
  readonly label: string;
  readonly actions: readonly Action[];
}

/** A button that opens a list of what else can be done; nothing where there is nothing. */
export const ActionMenu = ({ label, actions }: Given) =>
  actions.length > 0 && (
    <MenuTrigger>
      <Button>
        {label} <span aria-hidden="true">▾</span>
      </Button>
      <Popover className={style.popover ?? ""}>
        <Menu
          aria-label={label}
          className={style.menu ?? ""}
          onAction={(id) => {
            actions.find((action) => action.id === id)?.act();
          }}
        >
          {actions.map(({ id, text, isDangerous }) => (
            <MenuItem key={id} id={id} className={`${style.item ?? ""} ${isDangerous ? (style.danger ?? "") : ""}`}>
              {text}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
