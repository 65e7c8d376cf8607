/** A filter of lists by entity. */
import { useTranslation } from "react-i18next";
import { useMe } from "../desk/me";
import { Filter } from "../desk/table/Filter";
import type { ListSearch } from "../desk/table/search";

/** The reader's entities, where it works for several. */
export function EntityFilter({ search }: { search: ListSearch }) {
  const { t } = useTranslation("traders");
  const { entities } = useMe();
  if (entities.length < 2) return null;
  return (
    <Filter
      search={search}
      name="entity"
      label={t("list.entity")}
      any={t("list.any_entity")}
      options={entities.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  );
}
