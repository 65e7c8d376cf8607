/** A field for money: typed as the reader writes it, an amount of the wire (`"20900.00"`) outside, or empty. */
import { TextInput, type TextInputProps } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../language";
import { amountOf, centsOf, type Language, parseAmount } from "../../money";
import type { Amount } from "../../wire/messages";

interface Props extends Omit<TextInputProps, "value" | "onChange" | "type"> {
  /** Empty: none. */
  value: Amount | "";
  onChange: (amount: Amount | "") => void;
}

function written(amount: Amount | "", language: Language): string {
  if (amount === "") return "";
  const [euros = "", cents = "00"] = amountOf(centsOf(amount)).split(".");
  return cents === "00" ? euros : `${euros}${language === "fr" ? "," : "."}${cents}`;
}

/** What was typed as an amount of the wire; `null` if it is none. Zero is an amount here, unlike a bid. */
function read(typed: string): Amount | "" | null {
  if (typed.trim() === "") return "";
  if (/^0+([.,]0{1,2})?$/.test(typed.trim())) return "0.00";
  const cents = parseAmount(typed);
  return cents === null ? null : amountOf(cents);
}

export function AmountInput({ value, onChange, error, ...rest }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [typed, setTyped] = useState(() => written(value, language));
  const [touched, setTouched] = useState(false);
  const understood = read(typed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a value that came from outside moves what is typed
  useEffect(() => {
    if (read(typed) !== value) setTyped(written(value, language));
  }, [value]);
  return (
    <TextInput
      inputMode="decimal"
      autoComplete="off"
      rightSection="€"
      {...rest}
      value={typed}
      error={error ?? (touched && understood === null ? t("form.not_an_amount") : undefined)}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const amount = read(event.currentTarget.value);
        if (amount !== null) onChange(amount);
      }}
      onBlur={(event) => {
        setTouched(true);
        if (understood !== null) setTyped(written(understood, language));
        rest.onBlur?.(event);
      }}
    />
  );
}
