/** For which site vehicles enter, and so for which entity: among those whose stock the reader manages. */
import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "../../desk/me";
import { useSites } from "../api";

interface Props {
  value: string;
  set: (site: string) => void;
  error?: ReactNode;
}

export function SiteChoice({ value, set, error }: Props) {
  const { t } = useTranslation("stock");
  const may = useMay();
  const { entities } = useMe();
  const sites = (useSites().data ?? []).filter(({ entity }) => may("manage_stock", entity));
  const groups = entities
    .map(({ id, name }) => ({
      group: name,
      items: sites
        .filter(({ entity }) => entity === id)
        .map((site) => ({
          value: String(site.id),
          label: [site.name, site.city].filter(Boolean).join(" · "),
        })),
    }))
    .filter(({ items }) => items.length > 0);
  return (
    <Select
      label={t("fields.site_name")}
      placeholder={t("enter.choose_site")}
      data={groups}
      value={value || null}
      error={error}
      onChange={(site) => set(site ?? "")}
      allowDeselect={false}
      required
    />
  );
}
