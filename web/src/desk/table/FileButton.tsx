/** A button that loads every row of a list, page after page, and offers them as a file. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../language";
import { FormProblem } from "../form/refusal";
import { saveTable } from "../table-file";

interface Props {
  /** The file's, after the house's own. */
  name: string;
  head: string[];
  load: () => Promise<(string | number | null)[][]>;
}

export function FileButton({ name, head, load }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setPending(true);
    setError(null);
    try {
      saveTable(`adjuge-${name}`, [head, ...(await load())], language);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      <Button variant="default" size="compact-sm" loading={pending} onClick={() => void save()}>
        {t("table.export")}
      </Button>
      <FormProblem error={error} />
    </>
  );
}
