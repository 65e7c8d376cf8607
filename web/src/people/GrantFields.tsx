/** Rights in a form: a job at one stroke, or one by one, and whose trade-ins may be validated (§1.3). */
import { Checkbox, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TradeIns } from "../wire/generated/http";
import { useRights } from "./api";
import css from "./people.module.css";
import { type Held, mayGive, mayGiveLevel, mayGivePreset, presetOf, turned } from "./rights";

interface Props {
  value: Held;
  onChange: (held: Held) => void;
  /** What the reader holds there: nobody gives what it does not hold. */
  giver: Held;
  /** What stands now: that may be left as it is. */
  had: Held;
  disabled?: boolean;
  error?: string | undefined;
}

export function GrantFields({ value, onChange, giver, had, disabled = false, error }: Props) {
  const { t } = useTranslation("people");
  const { data } = useRights();
  if (!data) return <div className={css.waiting} aria-busy="true" />;
  const preset = presetOf(value, data.presets);
  const choose = (name: string) => {
    const chosen = data.presets.find((one) => one.preset === name);
    if (chosen) onChange({ rights: chosen.rights, validate_trade_ins: chosen.validate_trade_ins });
  };
  return (
    <fieldset className={css.grant} disabled={disabled}>
      <NativeSelect
        label={t("rights.job")}
        value={preset ?? ""}
        error={error}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          { value: "", label: t("rights.custom") },
          ...data.presets.map((one) => ({
            value: one.preset,
            label: t(`presets.${one.preset}`),
            disabled: !mayGivePreset(one, giver, had),
          })),
        ]}
      />
      <NativeSelect
        label={t("rights.trade_ins")}
        value={value.validate_trade_ins}
        onChange={(event) =>
          onChange({ ...value, validate_trade_ins: event.currentTarget.value as TradeIns })
        }
        data={data.validate_trade_ins.map((level) => ({
          value: level,
          label: t(`trade_ins.${level}`),
          disabled: !mayGiveLevel(level, giver, had),
        }))}
      />
      <ul className={css.rights}>
        {data.rights.map((right) => (
          <li key={right}>
            <Checkbox
              label={t(`right.${right}`)}
              checked={value.rights.includes(right)}
              disabled={disabled || (!value.rights.includes(right) && !mayGive(right, giver, had))}
              onChange={(event) => onChange(turned(value, right, event.currentTarget.checked, data.rights))}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
