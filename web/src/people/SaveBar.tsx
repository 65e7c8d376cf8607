/** The end of a form over something stored: what was refused, back to what is stored, save. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "../desk/form/form.module.css";
import { FormProblem } from "../desk/form/refusal";

interface Props {
  unsaved: boolean;
  pending: boolean;
  error: unknown;
  /** The fields at which a refusal is shown already. */
  shown?: readonly string[];
  onReset: () => void;
}

export function SaveBar({ unsaved, pending, error, shown = [], onReset }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <FormProblem error={error} shown={shown} />
      <div className={css.actions}>
        <Button variant="default" disabled={!unsaved || pending} onClick={onReset}>
          {t("form.reset")}
        </Button>
        <Button type="submit" disabled={!unsaved} loading={pending}>
          {t("form.save")}
        </Button>
      </div>
    </>
  );
}
