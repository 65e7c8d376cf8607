/** Who will be told (§3.2): every connected trader or a list, which is made or edited on the spot; how many, and who. */
import { Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useMay } from "../../desk/me";
import { formatCount } from "../../desk/times";
import { useLanguage } from "../../language";
import { useMailingList, useMailingLists } from "../../traders/lists/api";
import css from "./create.module.css";
import { useEditing, useWrong } from "./editing";
import type { AudienceChosen } from "./form";
import { ListDialog } from "./ListDialog";
import { useTold } from "./told";

export function Audience() {
  const { t } = useTranslation("dealer");
  const { entity } = useEditing();
  return (
    <section className={`${desk.card} ${css.terms}`} aria-label={t("create.audience")}>
      <h2>{t("create.audience")}</h2>
      {entity === undefined ? (
        <p className={desk.muted}>{t("create.audience_first")}</p>
      ) : (
        <Choice entity={entity} />
      )}
    </section>
  );
}

const chosenOf = (value: string): AudienceChosen =>
  value === "everybody" || value === "kept" ? value : Number(value);

function Choice({ entity }: { entity: number }) {
  const { t } = useTranslation("dealer");
  const { form, change, changing } = useEditing();
  const wrong = useWrong();
  const may = useMay();
  const lists = useMailingLists(entity);
  const list = useMailingList(typeof form.audience === "number" ? form.audience : null).data;
  const mayList = may("manage_mailing_lists", entity);
  return (
    <>
      <Radio.Group
        label={t("create.list")}
        value={String(form.audience)}
        error={wrong("audience")}
        onChange={(value) => change({ audience: chosenOf(value) })}
      >
        <div className={css.lists}>
          {changing ? (
            <Radio
              value="kept"
              label={t("create.kept", { list: changing.list_name ?? t("synthesis.everybody") })}
            />
          ) : null}
          <Radio value="everybody" label={t("create.all_traders")} />
          {lists.data?.map((one) => (
            <Radio
              key={one.id}
              value={String(one.id)}
              label={
                <>
                  {one.title} <span className={`${desk.muted} ${desk.small}`}>({one.count})</span>
                </>
              }
            />
          ))}
        </div>
      </Radio.Group>
      {mayList ? (
        <div className={css.listActions}>
          <ListDialog entity={entity} saved={(made) => change({ audience: made })} />
          {list ? (
            <ListDialog
              key={list.id}
              entity={entity}
              list={list}
              saved={(made) => change({ audience: made })}
            />
          ) : null}
        </div>
      ) : null}
      <Told />
    </>
  );
}

function Told() {
  const { t } = useTranslation("dealer");
  const language = useLanguage();
  const { form, changing } = useEditing();
  const isKept = form.audience === "kept";
  const data = useTold();
  const count = isKept ? changing?.audience_count : data?.count;
  if (count === undefined) return <p aria-busy="true">…</p>;
  const words = { count, figure: formatCount(count, language) };
  return (
    <div className={css.told} role="status">
      <b>{t(isKept ? "create.invited" : "create.told", words)}</b>
      {data && data.items.length > 0 && !isKept ? (
        <details>
          <summary>{t("synthesis.names")}</summary>
          <ul className={css.names}>
            {data.items.map(({ trader, name }) => (
              <li key={trader}>{name}</li>
            ))}
            {data.count > data.items.length ? (
              <li className={desk.muted}>{t("create.others", { count: data.count - data.items.length })}</li>
            ) : null}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
