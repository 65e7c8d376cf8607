/** The reader's entities as a filter of a list, where it works for several. */
import { useTranslation } from "react-i18next";
import { useMe } from "../me";
import { Filter } from "./Filter";
import type { ListSearch } from "./search";

export function EntityFilter({ search, frees = [] }: { search: ListSearch; frees?: readonly string[] }) {
  const { t } = useTranslation();
  const { entities } = useMe();
  if (entities.length < 2) return null;
  return (
    <Filter
      search={search}
      name="entity"
      frees={frees}
      label={t("table.entity")}
      any={t("table.every_entity")}
      options={entities.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  );
}
