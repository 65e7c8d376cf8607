/** A file of vehicles comes in (§4.8): tried first, told line by line, then entered whole, or its good lines on the dealer's word. */
import { Button } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import forms from "../../desk/form/form.module.css";
import { FormProblem } from "../../desk/form/refusal";
import { Heading } from "../../desk/Heading";
import { useMay } from "../../desk/me";
import { Empty, usePageTitle } from "../../desk/pieces";
import { saveTable } from "../../desk/table-file";
import { useLanguage } from "../../language";
import { ask } from "../../wire/http";
import { useColumns, useSites, VEHICLES } from "../api";
import css from "../card/photos.module.css";
import { Report } from "./Report";
import { SiteChoice } from "./SiteChoice";
import { TEMPLATE_FIELDS } from "./template";

export function ImportPage() {
  const { t } = useTranslation("stock");
  const may = useMay();
  usePageTitle(t("import.title"));
  return (
    <>
      <Heading href="/vehicles" back={t("title")} title={t("import.title")}>
        <Template />
      </Heading>
      {may("manage_stock") ? <Importing /> : <Empty>{t("enter.not_allowed")}</Empty>}
    </>
  );
}

/** An empty file with the heads that the import understands. */
function Template() {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const columns = useColumns();
  const heads = TEMPLATE_FIELDS.flatMap(
    (name) => columns.data?.find((one) => one.name === name)?.label ?? [],
  );
  return (
    <Button
      variant="default"
      disabled={!columns.data}
      onClick={() => saveTable(t("import.template_name"), [heads], language)}
    >
      {t("import.template")}
    </Button>
  );
}

type Mode = "try" | "whole" | "partial";

function useImport(file: File | null, site: string) {
  const send = (mode: Mode) =>
    ask("POST /api/vehicles/imports", {
      query: { site: Number(site), dry_run: mode === "try", accept_partial: mode === "partial" },
      body: file ?? new Blob(),
    });
  const trial = useAction(() => send("try"));
  const entry = useAction((mode: Mode) => send(mode), { refresh: [VEHICLES, ["saved-searches"]] });
  return { trial, entry };
}

function Importing() {
  const { t } = useTranslation("stock");
  const sites = useSites();
  const [chosen, setSite] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const site = chosen || (sites.data?.length === 1 ? String(sites.data[0]?.id) : "");
  const steps = (
    <section className={`${desk.card} ${forms.stack}`} aria-label={t("import.file")}>
      <div className={forms.fields}>
        <SiteChoice value={site} set={setSite} />
      </div>
      <FileDrop file={file} disabled={site === ""} set={setFile} />
      <p className={`${desk.muted} ${desk.small}`}>{t("import.rules")}</p>
    </section>
  );
  return (
    <div className={forms.stack}>
      {steps}
      {file && site ? (
        <Outcome key={`${file.name} ${file.lastModified} ${file.size} ${site}`} file={file} site={site} />
      ) : null}
    </div>
  );
}

function FileDrop({
  file,
  disabled,
  set,
}: {
  file: File | null;
  disabled: boolean;
  set: (file: File) => void;
}) {
  const { t } = useTranslation("stock");
  const open = useRef<() => void>(null);
  return (
    <Dropzone
      openRef={open}
      multiple={false}
      disabled={disabled}
      activateOnClick={false}
      enablePointerEvents
      onDrop={([first]) => {
        // A mended file is another file, though it may be called the same.
        if (first) set(new File([first], first.name, { type: first.type, lastModified: Date.now() }));
      }}
      className={css.dropzone ?? ""}
      inputProps={{ "aria-label": t("import.choose"), accept: ".csv,text/csv,text/plain" }}
    >
      <div className={css.dropWords}>
        <span>{disabled ? t("import.site_first") : (file?.name ?? t("import.drop"))}</span>
        <Button variant="default" size="compact-sm" disabled={disabled} onClick={() => open.current?.()}>
          {file ? t("import.another") : t("import.choose")}
        </Button>
      </div>
    </Dropzone>
  );
}

/** The trial of the file, then its entry. */
function Outcome({ file, site }: { file: File; site: string }) {
  const { t } = useTranslation("stock");
  const { trial, entry } = useImport(file, site);
  const { mutate: tryIt } = trial;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file is tried once, when it comes
  useEffect(() => tryIt(), []);
  const done = entry.data;
  if (trial.isError)
    return (
      <section className={`${desk.card} ${forms.stack}`} aria-label={t("import.report")}>
        <FormProblem error={trial.error} />
        <p className={desk.muted}>{t("import.unread")}</p>
      </section>
    );
  if (!trial.data) return <p aria-busy="true">{t("import.trying", { name: file.name })}</p>;
  return (
    <Report
      report={done ?? trial.data}
      entered={done !== undefined && done.imported > 0}
      pending={entry.isPending}
      error={entry.error}
      enter={(partial) => entry.mutate(partial ? "partial" : "whole")}
    />
  );
}
