/** The field where a password is chosen: it says how long it must be before anybody is refused. */
import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** As the server has it. */
export const SHORTEST_PASSWORD = 8;

export function NewPassword(props: PasswordInputProps) {
  const { t } = useTranslation("account");
  const { t: tt } = useTranslation();
  return (
    <PasswordInput
      label={t("password.choose")}
      description={t("password.length", { count: SHORTEST_PASSWORD })}
      autoComplete="new-password"
      name="new-password"
      visibilityToggleButtonProps={{ "aria-label": tt("sign_in.see_password") }}
      // Mantine marks what it draws around the field, not the field itself.
      aria-invalid={props.error ? true : undefined}
      {...props}
    />
  );
}

/** What is wrong with a password that is to be, or nothing. */
export function useNewPasswordCheck(): (typed: string) => string | null {
  const { t } = useTranslation("account");
  return (typed) =>
    typed.length < SHORTEST_PASSWORD ? t("password.too_short", { count: SHORTEST_PASSWORD }) : null;
}
