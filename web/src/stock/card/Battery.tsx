/** The battery of an electric or hybrid vehicle (§4.5): its state of health, the days of its certificate, the certificate. */
import { Button, FileButton, NumberInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { FormEnd } from "../../desk/form/FormEnd";
import forms from "../../desk/form/form.module.css";
import { forgetTyped, typedBefore, useKeepTyped } from "../../desk/form/kept";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { formatPercent, formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import type { VehicleSheet } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { VEHICLES } from "../api";
import { photoAddress } from "../photo-address";
import css from "./card.module.css";
import { useCard } from "./editing";
import { EditButton, SaveProblem, TakenUp, useKeptName } from "./Section";
import { useSaveCard } from "./save";

interface Typed {
  score_percent: string;
  certified_on: string;
  expires_on: string;
}

export function Battery({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const { may, editing, edit } = useCard();
  const isOpen = editing.has("battery");
  return (
    <section className={desk.card} id="section-battery" aria-labelledby="title-battery">
      <div className={css.sectionHead}>
        <h2 id="title-battery">{t("card.sections.battery")}</h2>
        {may && !isOpen ? <EditButton name="battery" edit={() => edit("battery", true)} /> : null}
      </div>
      {isOpen ? <Typing sheet={sheet} /> : <Read sheet={sheet} />}
      <Certificate sheet={sheet} />
    </section>
  );
}

function Read({ sheet: { battery } }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const day = (on: string | null | undefined) => (on ? formatTime(on, "date", language) : "–");
  const score = battery?.score_percent;
  return (
    <dl className={css.facts}>
      <div className={css.fact}>
        <dt>{t("fields.battery_health_percent")}</dt>
        <dd>{score === null || score === undefined ? "–" : formatPercent(score, language)}</dd>
      </div>
      <div className={css.fact}>
        <dt>{t("fields.battery_tested_on")}</dt>
        <dd>{day(battery?.certified_on)}</dd>
      </div>
      <div className={css.fact}>
        <dt>{t("fields.battery_expires_on")}</dt>
        <dd>{day(battery?.expires_on)}</dd>
      </div>
    </dl>
  );
}

function Typing({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const language = useLanguage();
  const { edit } = useCard();
  const before: Typed = {
    score_percent: String(sheet.battery?.score_percent ?? ""),
    certified_on: sheet.battery?.certified_on ?? "",
    expires_on: sheet.battery?.expires_on ?? "",
  };
  const keptUnder = useKeptName(sheet.id, "battery");
  const kept = useRef(typedBefore<{ battery: Typed }>(keptUnder));
  const form = useForm({ initialValues: { battery: { ...before, ...kept.current?.battery } } });
  const typed = form.values.battery;
  const changed = JSON.stringify(typed) !== JSON.stringify(before);
  useKeepTyped(keptUnder, form.values, changed);
  const close = () => {
    forgetTyped(keptUnder);
    edit("battery", false);
  };
  const fieldErrors = useFieldErrors();
  const save = useSaveCard(sheet, close);
  const submit = () => {
    const battery = {
      score_percent: typed.score_percent === "" ? null : Number(typed.score_percent),
      certified_on: typed.certified_on || null,
      expires_on: typed.expires_on || null,
    };
    if (!changed) close();
    else if (!save.isPending)
      save.mutate({ battery }, { onError: (error) => form.setErrors(fieldErrors(error)) });
  };
  return (
    <form className={forms.stack} onSubmit={form.onSubmit(submit)} noValidate>
      {kept.current ? <TakenUp /> : null}
      <div className={forms.fields}>
        <NumberInput
          label={t("fields.battery_health_percent")}
          {...form.getInputProps("battery.score_percent")}
          onChange={(next) => form.setFieldValue("battery.score_percent", String(next))}
          min={0}
          max={100}
          allowDecimal={false}
          suffix={language === "fr" ? "\u202f%" : "%"}
          clampBehavior="none"
          hideControls
        />
        <TextInput
          type="date"
          label={t("fields.battery_tested_on")}
          {...form.getInputProps("battery.certified_on")}
        />
        <TextInput
          type="date"
          label={t("fields.battery_expires_on")}
          {...form.getInputProps("battery.expires_on")}
        />
      </div>
      <SaveProblem
        error={save.error}
        vehicle={sheet.id}
        shown={["battery.score_percent", "battery.certified_on", "battery.expires_on"]}
      />
      <FormEnd cancel={close} pending={save.isPending} />
    </form>
  );
}

/** The file itself; a new one takes the place of the one before. */
function Certificate({ sheet }: { sheet: VehicleSheet }) {
  const { t } = useTranslation("stock");
  const { may } = useCard();
  const certificate = sheet.battery?.certificate;
  const reset = useRef<() => void>(null);
  const send = useAction(
    (file: File) =>
      ask("POST /api/vehicles/{id}/files", {
        ids: { id: sheet.id },
        query: { kind: "battery_certificate", title: file.name.slice(0, 200) },
        body: file,
      }),
    { refresh: [VEHICLES], said: t("card.certificate_kept") },
  );
  return (
    <div className={css.certificate}>
      {certificate ? (
        <a href={photoAddress(certificate)} download>
          {t("card.certificate")}
        </a>
      ) : (
        <span className={desk.muted}>{t("card.no_certificate")}</span>
      )}
      {may ? (
        <FileButton
          accept="application/pdf"
          resetRef={reset}
          onChange={(file) => {
            if (file) send.mutate(file);
            // The same file, mended, can be chosen again.
            reset.current?.();
          }}
        >
          {(props) => (
            <Button {...props} variant="default" size="compact-sm" loading={send.isPending}>
              {certificate ? t("card.replace_certificate") : t("card.add_certificate")}
            </Button>
          )}
        </FileButton>
      ) : null}
      <FormProblem error={send.error} />
    </div>
  );
}
