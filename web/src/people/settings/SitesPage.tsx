/** The sites of the dealer's entities (§1.1): found, added, changed; their addresses stand on papers and in messages. */
import { NativeSelect, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../desk/form/action";
import { FormDialog } from "../../desk/form/FormDialog";
import form from "../../desk/form/form.module.css";
import { useFieldErrors } from "../../desk/form/refusal";
import { useMay, useMe } from "../../desk/me";
import { type Column, DataTable } from "../../desk/table/DataTable";
import { everyPage, FILE_PAGE } from "../../desk/table/every-page";
import { ListFile } from "../../desk/table/ListFile";
import type { EntitySite } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { SITES } from "../api";
import { PeopleList, useEntitySearch } from "../PeopleList";
import { SettingsTabs } from "./SettingsTabs";

const FIELDS = ["name", "street", "postcode", "city", "phone", "email"] as const;

export function SitesPage() {
  const { t } = useTranslation("people");
  const { search, entity } = useEntitySearch();
  const may = useMay();
  const list = useQuery({
    queryKey: [...SITES, "list", entity, search.page],
    queryFn: ({ signal }) => ask("GET /api/sites", { query: { entity, page: search.page }, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <PeopleList
      title={t("sites.title")}
      deed={may("manage_users") ? <SiteForm /> : null}
      tabs={<SettingsTabs />}
      search={search}
      list={list}
      empty={t("sites.empty")}
      foot={<SitesFile entity={entity} />}
    >
      {(sites) => <SitesTable sites={sites} />}
    </PeopleList>
  );
}

function useEntityName(): (entity: number) => string {
  const { entities } = useMe();
  return (entity) => entities.find(({ id }) => id === entity)?.name ?? "";
}

function SitesTable({ sites }: { sites: EntitySite[] }) {
  const { t } = useTranslation("people");
  const may = useMay();
  const entityName = useEntityName();
  const columns: Column<EntitySite>[] = [
    { key: "name", head: t("sites.name"), cell: ({ name }) => name, phone: "title" },
    { key: "entity", head: t("entity"), cell: ({ entity }) => entityName(entity) },
    {
      key: "address",
      head: t("sites.address"),
      cell: ({ street, postcode, city }) =>
        [street, [postcode, city].filter(Boolean).join(" ")].filter(Boolean).join(", ") ||
        t("sites.no_address"),
    },
    { key: "phone", head: t("sites.phone"), cell: ({ phone }) => phone || "–" },
    { key: "email", head: t("sites.email"), cell: ({ email }) => email || "–" },
    {
      key: "change",
      head: t("actions"),
      cell: (site) => (may("manage_users", site.entity) ? <SiteForm key={site.id} site={site} /> : "–"),
      phone: "bare",
    },
  ];
  return <DataTable label={t("sites.title")} columns={columns} rows={sites} rowKey={({ id }) => id} />;
}

const EMPTY = { name: "", street: "", postcode: "", city: "", phone: "", email: "" };

/** A new site, or one that changes. */
function SiteForm({ site }: { site?: EntitySite }) {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation();
  const may = useMay();
  const entities = useMe().entities.filter(({ id }) => may("manage_users", id));
  const [entity, setEntity] = useState(site?.entity ?? entities[0]?.id ?? 0);
  const [typed, setTyped] = useState<Partial<typeof EMPTY>>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const fieldErrors = useFieldErrors();
  const { id: _, entity: __, ...stored } = site ?? { id: 0, entity: 0, ...EMPTY };
  const values = { ...stored, ...typed };
  const saving = useAction(
    () =>
      site
        ? ask("PATCH /api/sites/{id}", { ids: { id: site.id }, body: typed })
        : ask("POST /api/sites", { body: { entity, ...values } }),
    { refresh: [SITES], said: site ? t("saved") : t("sites.made"), after: () => setTyped({}) },
  );
  const submit = () => {
    if (values.name.trim()) return saving.mutateAsync();
    setErrors({ name: common("form.required") });
    return false;
  };
  return (
    <FormDialog
      deed={site ? common("form.edit") : t("sites.new")}
      submit={common("form.save")}
      title={site ? t("sites.change", { name: site.name }) : t("sites.new")}
      {...(site
        ? { size: "compact-sm", "aria-label": t("sites.change", { name: site.name }) }
        : { variant: "filled" })}
      onSubmit={submit}
      onRefused={(error) => setErrors(fieldErrors(error))}
      shown={FIELDS}
    >
      <div className={form.fields}>
        {site || entities.length < 2 ? null : (
          <NativeSelect
            className={form.wide ?? ""}
            label={t("entity")}
            value={entity}
            data={entities.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={(event) => setEntity(Number(event.currentTarget.value))}
          />
        )}
        {FIELDS.map((field) => (
          <TextInput
            key={field}
            label={t(`sites.${field}`)}
            required={field === "name"}
            type={field === "email" ? "email" : field === "phone" ? "tel" : "text"}
            value={values[field]}
            error={errors[field]}
            onChange={(event) => {
              setTyped({ ...typed, [field]: event.currentTarget.value });
              setErrors({});
            }}
          />
        ))}
      </div>
    </FormDialog>
  );
}

function SitesFile({ entity }: { entity: number | undefined }) {
  const { t } = useTranslation("people");
  const entityName = useEntityName();
  return (
    <ListFile<EntitySite>
      name={t("sites.file")}
      load={() => everyPage((page) => ask("GET /api/sites", { query: { entity, page, limit: FILE_PAGE } }))}
      columns={[
        { head: t("entity"), cell: (site) => entityName(site.entity) },
        ...FIELDS.map((field) => ({ head: t(`sites.${field}`), cell: (site: EntitySite) => site[field] })),
      ]}
    />
  );
}
