/** What the list is narrowed by, each condition in words and with a button that takes it away. */
import { Button, CloseButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "../../desk/me";
import type { ListSearch } from "../../desk/table/search";
import type { Column } from "../../wire/generated/http";
import { useSites } from "../api";
import { useCodeText, useFieldName, useValueText } from "../values";
import { type Condition, conditionsOf, withdrawing } from "./filters";
import css from "./list.module.css";

interface Props {
  search: ListSearch;
  fields: Column[];
}

export function FilterChips({ search, fields }: Props) {
  const { t } = useTranslation("stock");
  const words = useConditionWords(fields);
  const conditions = conditionsOf(search.asked, fields);
  if (conditions.length === 0) return null;
  const clear = () =>
    search.change(
      Object.assign({}, ...conditions.map((one) => withdrawing(one, search.asked)), {
        known: "",
        unknown: "",
      }),
    );
  return (
    <ul className={css.chips} aria-label={t("filter.asked")}>
      {conditions.map((condition) => {
        const text = words(condition);
        return (
          <li key={text} className={css.chip}>
            {text}
            <CloseButton
              size="xs"
              aria-label={t("filter.remove", { condition: text })}
              onClick={() => search.change(withdrawing(condition, search.asked))}
            />
          </li>
        );
      })}
      {conditions.length > 1 ? (
        <li>
          <Button variant="subtle" size="compact-sm" onClick={clear}>
            {t("filter.clear")}
          </Button>
        </li>
      ) : null}
    </ul>
  );
}

function useConditionWords(fields: Column[]): (condition: Condition) => string {
  const { t } = useTranslation("stock");
  const [fieldName, codeText, placeWords, rangeWords] = [
    useFieldName(),
    useCodeText(),
    usePlaceWords(),
    useRangeWords(),
  ];
  return (condition) => {
    if (condition.kind === "entity" || condition.kind === "site") return placeWords(condition);
    const field = fields.find(({ name }) => name === condition.field);
    const name = field ? fieldName(field) : condition.field;
    const codes = (values: string[]) => values.map((one) => codeText(condition.field, one)).join(", ");
    switch (condition.kind) {
      case "choice":
        return t("filter.is", { name, value: codes(condition.values) });
      case "text":
        return t("filter.holds", { name, value: condition.text });
      case "flag":
        return t("filter.is", { name, value: t(condition.yes ? "yes" : "no") });
      case "filled":
        return t(condition.filled ? "filter.is_filled" : "filter.is_empty", { name });
      case "range":
        return rangeWords(condition, name);
    }
  };
}

type Of<Kind> = Extract<Condition, { kind: Kind }>;

function usePlaceWords(): (condition: Of<"entity"> | Of<"site">) => string {
  const { entities } = useMe();
  const sites = useSites();
  const site = (id: string) => sites.data?.find((one) => String(one.id) === id)?.name ?? id;
  return (condition) =>
    condition.kind === "site"
      ? condition.values.map(site).join(", ")
      : (entities.find(({ id }) => String(id) === condition.value)?.name ?? condition.value);
}

function useRangeWords(): (condition: Of<"range">, name: string) => string {
  const { t } = useTranslation("stock");
  const valueText = useValueText();
  return ({ field, shape, from, to }, name) => {
    const written = (value: string) => valueText({ name: field, type: shape }, value);
    if (from && to) return t("filter.between", { name, from: written(from), to: written(to) });
    return from
      ? t("filter.at_least", { name, value: written(from) })
      : t("filter.at_most", { name, value: written(to) });
  };
}
