/** One change in the history: when, of what, what was done, by whom, and each field from what to what. */
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import type { RecordedChange } from "../../wire/generated/http";
import css from "../people.module.css";
import { changesOf, type FieldChange, type Names, pathOf } from "./changes";
import { subjectTitle, useActionName, useFieldName, useSubjectName, useValueText } from "./values";

export function RecordLine({ record, names }: { record: RecordedChange; names: Names }) {
  const { t } = useTranslation("people");
  const language = useLanguage();
  const subjectName = useSubjectName();
  const actionName = useActionName();
  const changes = changesOf(record);
  const path = pathOf(record);
  const title = [subjectName(record.subject), subjectTitle(record, names)].filter(Boolean).join(" ");
  return (
    <li className={css.record}>
      <time dateTime={record.at}>{formatTime(record.at, "clock", language)}</time>
      <div>
        <p>
          {path ? <Link href={path}>{title}</Link> : <b>{title}</b>} · {actionName(record.action)}
        </p>
        <p className={css.hint}>
          {[record.user?.name ?? t("history.house"), record.entity].filter(Boolean).join(" · ")}
        </p>
      </div>
      {changes.length > 0 ? (
        <dl className={css.changes}>
          {changes.map((change) => (
            <Change key={change.field} change={change} names={names} />
          ))}
        </dl>
      ) : null}
    </li>
  );
}

function Change({ change, names }: { change: FieldChange; names: Names }) {
  const { t } = useTranslation("people");
  const fieldName = useFieldName();
  const valueText = useValueText();
  const before = valueText(change, change.before, names);
  const after = valueText(change, change.after, names);
  return (
    <>
      <dt>{fieldName(change.field)}</dt>
      <dd>
        {before === "–" ? (
          after
        ) : (
          <>
            <del className={css.old}>{before}</del> <span aria-hidden="true">→</span>{" "}
            {after === "–" ? <i>{t("history.none")}</i> : after}
          </>
        )}
      </dd>
    </>
  );
}
