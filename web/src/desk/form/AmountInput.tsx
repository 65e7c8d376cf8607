/**
 * A field for money: typed as the reader writes it, an amount of the wire (`"20900.00"`) outside, or empty. What cannot be
 * read is no amount outside either, and holds back the form around it until it is mended or taken out.
 */
import { TextInput, type TextInputProps } from "@mantine/core";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../language";
import { amountOf, type Language, parseAmount, typedAmount } from "../../money";
import type { Amount } from "../../wire/messages";

interface Props extends Omit<TextInputProps, "value" | "onChange" | "type"> {
  /** Empty: none. */
  value: Amount | "";
  onChange: (amount: Amount | "") => void;
}

function written(amount: Amount | "", language: Language): string {
  return amount === "" ? "" : typedAmount(amount, language);
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
  const told = useRef(value);
  const field = useRef<HTMLInputElement>(null);
  const tell = (amount: Amount | "") => {
    told.current = amount;
    if (amount !== value) onChange(amount);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a value that came from outside moves what is typed
  useEffect(() => {
    if (value !== told.current) setTyped(written(value, language));
    told.current = value;
  }, [value]);
  useHeld(field, understood === null, () => setTouched(true));
  return (
    <TextInput
      ref={field}
      inputMode="decimal"
      autoComplete="off"
      rightSection="€"
      {...rest}
      value={typed}
      error={touched && understood === null ? t("form.not_an_amount") : error}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(read(event.currentTarget.value) ?? "");
      }}
      onBlur={(event) => {
        setTouched(true);
        if (understood !== null) setTyped(written(understood, language));
        rest.onBlur?.(event);
      }}
    />
  );
}

/** While `wrong`, the form around the field is not submitted: the field takes the focus and says why. */
function useHeld(field: RefObject<HTMLInputElement | null>, wrong: boolean, say: () => void): void {
  useEffect(() => {
    const form = field.current?.form;
    if (!wrong || !form) return;
    const hold = (event: SubmitEvent) => {
      event.preventDefault();
      event.stopPropagation();
      say();
      field.current?.focus();
    };
    // Before the page hears of it: React listens further out.
    form.addEventListener("submit", hold);
    return () => form.removeEventListener("submit", hold);
  });
}
