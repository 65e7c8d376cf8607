/** A list as a file: every row that it finds, not only the page on the screen. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../language";
import { FormProblem } from "../form/refusal";
import { saveTable } from "../table-file";
import css from "./frame.module.css";

export interface FileColumn<Row> {
  head: string;
  cell: (row: Row) => string | number | null | undefined;
}

interface Props<Row> {
  /** The file's name, without its ending. */
  name: string;
  columns: FileColumn<Row>[];
  load: () => Promise<Row[]>;
}

export function ListFile<Row>({ name, columns, load }: Props<Row>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setPending(true);
    setError(null);
    try {
      const rows = await load();
      const lines = rows.map((row) => columns.map(({ cell }) => cell(row)));
      saveTable(`adjuge-${name}`, [columns.map(({ head }) => head), ...lines], language);
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

/** Below a table that shows all its rows at once: they as a file, where a list with pages has its own. */
export function RowsFile<Row>(props: { name: string; columns: FileColumn<Row>[]; rows: readonly Row[] }) {
  const { name, columns, rows } = props;
  return (
    <div className={css.foot} data-alone>
      <ListFile name={name} columns={columns} load={async () => [...rows]} />
    </div>
  );
}
