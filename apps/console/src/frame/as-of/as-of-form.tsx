import { useRef, useState } from "react";
import { Button } from "../../../../web/components/button.js";
import { DateField, TimeField } from "../../../../web/components/fields.js";
import { dayIn } from "../../../../web/shown/date-format.js";
import { instantIn, timeIn } from "../../../../web/shown/time-in-zone.js";
import { useFrameSay } from "../../texts/frame.js";
import style from "./as-of.module.css";
import { type Moment, type MomentSearch } from "./moment.js";

interface Given {
  readonly moment: Moment | null;
  /** In which a point in time is typed, IANA. */
  readonly zone: string;
  readonly onShow: (search: MomentSearch) => void;
  readonly onCancel: () => void;
}

/** Midnight, unless another time is typed. */
const FIRST = "00:00";

/** Chooses a day, a point in time of knowing, or both. */
export const AsOfForm = ({ moment, zone: zoneNow, onShow, onCancel }: Given) => {
  const say = useFrameSay();
  // What is typed stays in the zone that it was begun in.
  const [zone] = useState(zoneNow);
  const knownAt = moment?.knownAt ?? null;
  const before = knownAt === null ? null : { day: dayIn(zone, knownAt), time: timeIn(zone, knownAt) };
  const [day, setDay] = useState(moment?.day ?? null);
  const [knownOn, setKnownOn] = useState(before?.day ?? null);
  const [time, setTime] = useState<string | null>(before?.time ?? FIRST);
  const button = useRef<HTMLButtonElement>(null);
  const canShow = day !== null || knownOn !== null;

  /** With what the form does not show of it, its milliseconds. */
  const instant = (on: string, at: string): string =>
    knownAt !== null && before?.day === on && before.time === at ? knownAt : instantIn(zone, on, at);
  const submit = (form: HTMLFormElement): void => {
    const typed = new FormData(form);
    const isWrong = Object.entries({ day, knownOn, time }).some(([name, value]) => {
      const text = typed.get(name);
      return value === null && typeof text === "string" && text.trim() !== "";
    });
    if (isWrong || !canShow || (knownOn !== null && time === null)) {
      // A field says what is wrong with it once it is left.
      button.current?.focus();
      return;
    }
    onShow({
      ...(day !== null && { asOf: day }),
      ...(knownOn !== null && time !== null && { knownAt: instant(knownOn, time) }),
    });
  };
  return (
    <form
      className={style.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <DateField name="day" label={say("asOfDay")} hint={say("asOfDayHint")} value={day} onChange={setDay} autoFocus />
      <DateField
        name="knownOn"
        label={say("knownOn")}
        hint={say("knownOnHint")}
        value={knownOn}
        onChange={setKnownOn}
      />
      <TimeField
        name="time"
        label={say("knownTime", { zone })}
        value={time}
        onChange={setTime}
        isRequired={knownOn !== null}
      />
      <span className={style.buttons}>
        <Button ref={button} type="submit" kind="primary" isDisabled={!canShow}>
          {say("showMoment")}
        </Button>
        <Button onPress={onCancel}>{say("cancel")}</Button>
      </span>
    </form>
  );
};
