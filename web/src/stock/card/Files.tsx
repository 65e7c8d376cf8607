/** The papers of a vehicle: PDF files that only the entity's dealers see. */
import { Alert, Button, FileButton } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import { bareSentence, FormProblem } from "../../desk/form/refusal";
import { useReason } from "../../desk/pieces";
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
  const send = useSending(sheet.id);
  const reset = useRef<() => void>(null);
  const items = files.data ?? [];
  return (
    <section className={desk.card} aria-labelledby="title-files">
      <div className={css.sectionHead}>
        <h2>
          <span id="title-files">{t("card.files.title")}</span>{" "}
          <span className={desk.muted}>{items.length || ""}</span>
        </h2>
        {may ? (
          <FileButton
            multiple
            accept="application/pdf"
            resetRef={reset}
            onChange={(chosen) => {
              send.mutate(chosen);
              // The same file, mended, can be chosen again.
              reset.current?.();
            }}
          >
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
      <Refused files={send.data ?? []} />
      <FormProblem error={send.error} />
    </section>
  );
}

interface RefusedFile {
  name: string;
  error: unknown;
}

/** Sends them one by one: what one file lacks keeps none of the others out. Gives those that were refused. */
function useSending(vehicle: number) {
  return useAction(
    async (chosen: File[]) => {
      const refused: RefusedFile[] = [];
      for (const file of chosen) {
        const query = { kind: "document", title: file.name.slice(0, 200) } as const;
        await ask("POST /api/vehicles/{id}/files", { ids: { id: vehicle }, query, body: file }).catch(
          (error) => refused.push({ name: file.name, error }),
        );
      }
      return refused;
    },
    { refresh: [VEHICLES] },
  );
}

function Refused({ files }: { files: RefusedFile[] }) {
  const { t } = useTranslation("stock");
  const reason = useReason();
  if (files.length === 0) return null;
  return (
    <Alert color="red" role="alert">
      {files.map(({ name, error }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and the list never changes
        <p key={place} className={css.prose}>
          {t("card.files.refused", { name, reason: bareSentence(reason(error)) })}
        </p>
      ))}
    </Alert>
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
