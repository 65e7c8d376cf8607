/** The dealers that may invite the trader (§2.3): since when, where they are, whom to call, and their auctions. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { useMe } from "../desk/me";
import { Empty, usePageTitle } from "../desk/pieces";
import { everyPage, FILE_PAGE } from "../desk/table/every-page";
import { ListFile } from "../desk/table/ListFile";
import { ListFrame } from "../desk/table/ListFrame";
import { useListSearch } from "../desk/table/search";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import type { ConnectedEntity, ContactSite } from "../wire/generated/http";
import { ask } from "../wire/http";
import { Place } from "./pieces";
import css from "./purchases.module.css";

export function DealersPage() {
  const { t } = useTranslation("purchases");
  const search = useListSearch();
  const list = useQuery({
    queryKey: ["dealers", "list", search.page],
    queryFn: ({ signal }) => ask("GET /api/dealers", { query: { page: search.page }, signal }),
    placeholderData: keepPreviousData,
  });
  usePageTitle(t("dealers.title"));
  return (
    <>
      <div className={desk.heading}>
        <div>
          <h1>{t("dealers.title")}</h1>
          <p className={desk.muted}>{t("dealers.lead")}</p>
        </div>
      </div>
      <ListFrame list={list} search={search} empty={<Nobody />} foot={<DealersFile />}>
        {({ items }) => (
          <ul className={css.dealers}>
            {items.map((dealer) => (
              <DealerCard key={dealer.entity} dealer={dealer} />
            ))}
          </ul>
        )}
      </ListFrame>
    </>
  );
}

function DealerCard({ dealer }: { dealer: ConnectedEntity }) {
  const { t } = useTranslation("purchases");
  const language = useLanguage();
  const { name, group, since, sites } = dealer;
  return (
    <li className={`${desk.card} ${css.dealer}`}>
      <div>
        <h2>{name}</h2>
        <p className={css.under}>
          {group} · {t("dealers.since", { at: formatTime(since, "date", language) })}
        </p>
      </div>
      <div className={css.sites}>
        {sites.map((site) => (
          <Place key={site.name} site={site} />
        ))}
      </div>
      <Link
        href={`/?dealer=${encodeURIComponent(name)}`}
        aria-label={t("dealers.auctions_of", { dealer: name })}
      >
        {t("dealers.auctions")}
      </Link>
    </li>
  );
}

function Nobody() {
  const { t } = useTranslation("purchases");
  const { email } = useMe();
  return (
    <Empty action={<p>{t("dealers.how", { email })}</p>}>
      <b>{t("dealers.empty")}</b>
    </Empty>
  );
}

type Line = ConnectedEntity & { site: ContactSite | undefined };

/** A line for each site, as an address book has them. */
async function lines(): Promise<Line[]> {
  const dealers = await everyPage((page) => ask("GET /api/dealers", { query: { page, limit: FILE_PAGE } }));
  return dealers.flatMap((dealer) =>
    (dealer.sites.length > 0 ? dealer.sites : [undefined]).map((site) => ({ ...dealer, site })),
  );
}

function DealersFile() {
  const { t } = useTranslation("purchases");
  return (
    <ListFile<Line>
      name={t("dealers.title")}
      columns={[
        { head: t("dealers.columns.name"), cell: ({ name }) => name },
        { head: t("dealers.columns.group"), cell: ({ group }) => group },
        { head: t("dealers.columns.since"), cell: ({ since }) => since },
        { head: t("dealers.columns.site"), cell: ({ site }) => site?.name },
        {
          head: t("dealers.columns.address"),
          cell: ({ site }) => site && `${site.street}, ${site.postcode} ${site.city}`,
        },
        { head: t("dealers.columns.phone"), cell: ({ site }) => site?.phone },
        { head: t("dealers.columns.email"), cell: ({ site }) => site?.email },
      ]}
      load={lines}
    />
  );
}
