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
      <FormProblem error={error} />
      {/* Above the refused lines: they may be thousands. */}
      <div className={forms.actions}>
        {whole ? null : <SaveRefused lines={report.refused} />}
        {entered || report.good === 0 ? null : (
          <Button variant={whole ? "filled" : "default"} loading={pending} onClick={() => enter(!whole)}>
            {t(whole ? "import.enter" : "import.enter_good", { count: report.good })}
          </Button>
        )}
      </div>
      {whole ? null : <Refused lines={report.refused} />}
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

/** The name of the field that a line is refused for. */
function useNamed() {
  const { t } = useTranslation("stock");
  const fieldName = useFieldName();
  return ({ field }: RefusedLine) =>
    field ? fieldName({ name: fieldOfColumn(field), label: field }) : t("import.whole_line");
}

/** The refused lines as a file, to mend them beside one's own. */
function SaveRefused({ lines }: { lines: RefusedLine[] }) {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const named = useNamed();
  const heads = [t("import.line"), t("filter.field"), t("import.reason")];
  const cells = lines.map((one) => [one.line, named(one), bareSentence(one.message)]);
  return (
    <Button variant="default" onClick={() => saveTable(t("import.report_name"), [heads, ...cells], language)}>
      {t("import.save_refused")}
    </Button>
  );
}

/** A whole file of faults is one for a spreadsheet: drawn row by row, it would stop the page. */
const MOST = 200;

function Refused({ lines }: { lines: RefusedLine[] }) {
  const { t } = useTranslation("stock");
  const named = useNamed();
  const columns: Column<RefusedLine & { key: string }>[] = [
    { key: "line", head: t("import.line"), cell: ({ line }) => line, right: true },
    { key: "field", head: t("filter.field"), cell: named, phone: "title" },
    {
      key: "reason",
      head: t("import.reason"),
      cell: ({ message }) => bareSentence(message),
      phone: "bare",
      long: true,
    },
  ];
  const rows = lines.slice(0, MOST).map((one, place) => ({ ...one, key: `${one.line} ${place}` }));
  return (
    <>
      <DataTable label={t("import.refused_lines")} columns={columns} rows={rows} rowKey={({ key }) => key} />
      {lines.length > MOST ? <p className={desk.muted}>{t("import.more", { count: MOST })}</p> : null}
    </>
  );
}
