/** The end of a form: giving up, and saving; what else can be done there stands before. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import css from "./form.module.css";

interface Props {
  cancel: () => void;
  pending: boolean;
  /** What the last button says, if it does more than save. */
  deed?: string;
  disabled?: boolean;
  children?: ReactNode;
}

export function FormEnd({ cancel, pending, deed, disabled = false, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className={css.actions}>
      {children}
      <Button variant="default" onClick={cancel}>
        {t("form.cancel")}
      </Button>
      <Button type="submit" loading={pending} disabled={disabled}>
        {deed ?? t("form.save")}
      </Button>
    </div>
  );
}
