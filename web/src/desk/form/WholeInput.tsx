/** A field for a whole number: digits as they are typed, in groups; pasted, whatever was grouped with a dot or a comma too. */
import { NumberInput, type NumberInputProps } from "@mantine/core";
import { parseAmount } from "../../money";

interface Props extends Omit<NumberInputProps, "value" | "onChange" | "onPaste"> {
  /** Digits; empty: none. */
  value: string;
  onChange: (digits: string) => void;
}

/** `12.500 km` and `12,500` are twelve thousand five hundred, never twelve; `null` where nothing was grouped or cut. */
function pastedWhole(text: string): string | null {
  const cents = /[.,]/.test(text) ? parseAmount(text.replace(/[^\d]+$/, "")) : null;
  return cents === null ? null : String(Math.floor(cents / 100));
}

export function WholeInput({ value, onChange, ...rest }: Props) {
  return (
    <NumberInput
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=" "
      hideControls
      {...rest}
      value={value}
      onChange={(next) => onChange(String(next))}
      onPaste={(event) => {
        const whole = pastedWhole(event.clipboardData.getData("text"));
        if (whole === null) return;
        event.preventDefault();
        onChange(whole);
      }}
    />
  );
}
