/** The papers of a vehicle: PDF files that only the entity's dealers see. */
import { Button, FileButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import { FormProblem } from "../../desk/form/refusal";
import { formatCount } from "../../desk/times";
import { useLanguage } from "../../language";
import type { VehicleFile, VehicleSheet } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { useFiles, VEHICLES } from "../api";
import { photoAddress } from "../photo-address";
import css from "./card.module.css";
import { useCard } from "./editing";

export function Files({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const { may } = useCard();
  const files = useFiles(sheet.id);
  const send = useAction(
    (chosen: File[]) =>
      Promise.all(
        chosen.map((file) =>
          ask("POST /api/vehicles/{id}/files", {
            ids: { id: sheet.id },
            query: { kind: "document", title: file.name.slice(0, 200) },
            body: file,
          }),
        ),
      ),
    { refresh: [VEHICLES] },
  );
  const items = files.data ?? [];
  return (
    <section className={desk.card} aria-labelledby="title-files">
      <div className={css.sectionHead}>
        <h2>
          <span id="title-files">{t("card.files.title")}</span>{" "}
          <span className={desk.muted}>{items.length || ""}</span>
        </h2>
        {may ? (
          <FileButton multiple accept="application/pdf" onChange={(chosen) => send.mutate(chosen)}>
            {(props) => (
              <Button {...props} variant="subtle" size="compact-sm" loading={send.isPending}>
                {t("card.files.add")}
              </Button>
            )}
          </FileButton>
        ) : null}
      </div>
      {items.length === 0 ? <p className={desk.muted}>{t("card.files.none")}</p> : null}
      <ul className={css.sales}>
        {items.map((file) => (
          <Line key={file.id} file={file} vehicle={sheet.id} />
        ))}
      </ul>
      <FormProblem error={send.error} />
    </section>
  );
}

const KIB = 1024;

function Line({ file, vehicle }: { file: VehicleFile; vehicle: number }) {
  const { t } = useTranslation("stock");
  const { may } = useCard();
  const language = useLanguage();
  const remove = useAction(
    () => ask("DELETE /api/vehicles/{id}/files/{file}", { ids: { id: vehicle, file: file.id } }),
    { refresh: [VEHICLES] },
  );
  const name = file.title || t(`card.files.kinds.${file.kind}`);
  return (
    <li>
      <a href={photoAddress(file.address)} download>
        {name}
      </a>
      <span className={css.fileFacts}>
        {t("card.files.size", { kib: formatCount(Math.max(1, Math.round(file.bytes / KIB)), language) })}
        {may ? (
          <ConfirmButton
            size="compact-sm"
            variant="subtle"
            deed={t("card.files.remove")}
            title={t("card.files.remove_title", { name })}
            onConfirm={() => remove.mutateAsync()}
          >
            <p>{t("card.files.remove_text")}</p>
          </ConfirmButton>
        ) : null}
      </span>
    </li>
  );
}
