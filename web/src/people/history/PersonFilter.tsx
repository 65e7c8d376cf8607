/** Whose changes: somebody among the colleagues, however many there are. */
import { useTranslation } from "react-i18next";
import { FoundFilter } from "../../desk/table/FoundFilter";
import type { ListSearch } from "../../desk/table/search";
import { ask } from "../../wire/http";
import { USERS } from "../api";

const OFFERED = 50;

export function PersonFilter({ search }: { search: ListSearch }) {
  const { t } = useTranslation("people");
  return (
    <FoundFilter
      search={search}
      name="user"
      label={t("history.user")}
      any={t("history.anybody")}
      nothing={t("users.nothing")}
      noun={USERS[0]}
      named={async (id, signal) => (await ask("GET /api/users/{id}", { ids: { id }, signal })).name}
      found={async (q, signal) =>
        (await ask("GET /api/users", { query: { q, limit: OFFERED }, signal })).items
      }
    />
  );
}
