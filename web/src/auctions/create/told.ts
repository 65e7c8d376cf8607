/** Who will be told of the auction as the form stands (§3.2): how many, and the first of them; the button says it, too. */
import { useTranslation } from "react-i18next";
import { formatCount } from "../../desk/times";
import { useLanguage } from "../../language";
import { useAudience } from "./api";
import { useEditing } from "./editing";
import type { Form } from "./form";

/** Nothing before it is known, or where an audience is kept as it is. */
export function useTold() {
  const { form, entity } = useEditing();
  const isKept = form.audience === "kept";
  const list = typeof form.audience === "number" ? form.audience : null;
  const { data } = useAudience(entity, list, !isKept);
  return isKept ? undefined : data;
}

/** What publishing does, named before it is done: nobody who was told can be untold. */
export function usePublishWords(): (form: Pick<Form, "at_once">, told: number | undefined) => string {
  const { t } = useTranslation("dealer");
  const language = useLanguage();
  return ({ at_once }, told) => {
    if (!told) return t(at_once ? "create.submit" : "create.submit_later");
    const words = { count: told, figure: formatCount(told, language) };
    return t(at_once ? "create.submit_told" : "create.submit_later_told", words);
  };
}
