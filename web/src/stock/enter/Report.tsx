/** What became of a file: how many lines, how many are good, and each line that is refused, by field and reason. */
import { Alert, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../../desk/desk.module.css";
import forms from "../../desk/form/form.module.css";
import { bareSentence, FormProblem } from "../../desk/form/refusal";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { saveTable } from "../../desk/table-file";
import { useLanguage } from "../../language";
import type { ImportReport, RefusedLine } from "../../wire/generated/http";
import { useFieldName } from "../values";
import { fieldOfColumn } from "./template";

interface Props {
  report: ImportReport;
  entered: boolean;
  pending: boolean;
  error: unknown;
  enter: (partial: boolean) => void;
}

export function Report({ report, entered, pending, error, enter }: Props) {
  const { t } = useTranslation("stock");
  const whole = report.refused.length === 0;
  return (
    <section className={`${desk.card} ${forms.stack}`} aria-label={t("import.report")}>
      <div role="status">
        {entered ? (
          <Alert color="blue" title={t("import.entered", { count: report.imported })}>
            <Link href="/vehicles?status=pre_arrival">{t("import.see")}</Link>
          </Alert>
        ) : (
          <Verdict report={report} />
        )}
      </div>
      {report.ignored.length > 0 ? (
        <p className={desk.muted}>{t("import.ignored", { columns: report.ignored.join(", ") })}</p>
      ) : null}
      {whole ? null : <Refused lines={report.refused} />}
      <FormProblem error={error} />
      {entered ? null : (
        <div className={forms.actions}>
          {whole && report.good > 0 ? (
            <Button loading={pending} onClick={() => enter(false)}>
              {t("import.enter", { count: report.good })}
            </Button>
          ) : null}
          {!whole && report.good > 0 ? (
            <Button variant="default" loading={pending} onClick={() => enter(true)}>
              {t("import.enter_good", { count: report.good })}
            </Button>
          ) : null}
        </div>
      )}
    </section>
  );
}

function Verdict({ report }: { report: ImportReport }) {
  const { t } = useTranslation("stock");
  const lines = new Set(report.refused.map(({ line }) => line)).size;
  if (report.lines === 0) return <p>{t("import.no_line")}</p>;
  return (
    <>
      <h2>
        {t("import.lines", { count: report.lines })} · {t("import.good", { count: report.good })} ·{" "}
        {t("import.refused", { count: lines })}
      </h2>
      <p className={desk.muted}>{lines === 0 ? t("import.all_good") : t("import.mend")}</p>
    </>
  );
}

function Refused({ lines }: { lines: RefusedLine[] }) {
  const { t } = useTranslation("stock");
  const { t: tt } = useTranslation();
  const language = useLanguage();
  const fieldName = useFieldName();
  const named = ({ field }: RefusedLine) =>
    field ? fieldName({ name: fieldOfColumn(field), label: field }) : t("import.whole_line");
  const columns: Column<RefusedLine & { key: string }>[] = [
    { key: "line", head: t("import.line"), cell: ({ line }) => line, right: true },
    { key: "field", head: t("filter.field"), cell: named, phone: "title" },
    { key: "reason", head: t("import.reason"), cell: ({ message }) => bareSentence(message), phone: "bare" },
  ];
  const rows = lines.map((one, place) => ({ ...one, key: `${one.line} ${place}` }));
  const save = () =>
    saveTable(
      t("import.report_name"),
      [
        columns.map(({ head }) => head),
        ...lines.map((one) => [one.line, named(one), bareSentence(one.message)]),
      ],
      language,
    );
  return (
    <>
      <DataTable label={t("import.refused_lines")} columns={columns} rows={rows} rowKey={({ key }) => key} />
      <div>
        <Button variant="default" size="compact-sm" onClick={save}>
          {tt("table.export")}
        </Button>
      </div>
    </>
  );
}
