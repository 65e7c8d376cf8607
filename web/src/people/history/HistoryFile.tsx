/** The history as a file: everything that the filters find, one line a change. */
import { useTranslation } from "react-i18next";
import { FILE_PAGE } from "../../desk/table/every-page";
import { ListFile } from "../../desk/table/ListFile";
import type { RecordedChange, Records } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { changesOf, type Names } from "./changes";
import type { RecordsQuery } from "./query";
import { subjectTitle, useActionName, useFieldName, useSubjectName, useValueText } from "./values";

const MOST_PAGES = 100;

interface Row {
  record: RecordedChange;
  names: Names;
}

async function everything(query: RecordsQuery): Promise<Row[]> {
  const rows: Row[] = [];
  let before: number | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, names, next }: Records = await ask("GET /api/history", {
      query: { ...query, limit: FILE_PAGE, ...(before === null ? {} : { before }) },
    });
    rows.push(...items.map((record) => ({ record, names })));
    if (next === null) break;
    before = next;
  }
  return rows;
}

export function HistoryFile({ query }: { query: RecordsQuery }) {
  const { t } = useTranslation("people");
  const subjectName = useSubjectName();
  const actionName = useActionName();
  const fieldName = useFieldName();
  const valueText = useValueText();
  const changesText = ({ record, names }: Row) =>
    changesOf(record)
      .map((change) => {
        const [before, after] = [change.before, change.after].map((value) => valueText(change, value, names));
        return t("history.in_file", { field: fieldName(change.field), before, after });
      })
      .join("\n");
  return (
    <ListFile<Row>
      name={t("history.file")}
      load={() => everything(query)}
      columns={[
        { head: t("history.at"), cell: ({ record }) => record.at },
        { head: t("history.user"), cell: ({ record }) => record.user?.name ?? t("history.house") },
        { head: t("entity"), cell: ({ record }) => record.entity },
        { head: t("history.subject"), cell: ({ record }) => subjectName(record.subject) },
        { head: t("history.name"), cell: ({ record, names }) => subjectTitle(record, names) },
        { head: t("history.action"), cell: ({ record }) => actionName(record.action) },
        { head: t("history.change"), cell: changesText },
      ]}
    />
  );
}
