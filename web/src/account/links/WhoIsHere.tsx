/** Who is signed in while a link is followed: with which account it would be accepted, and how to take another. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import css from "../../desk/form/form.module.css";
import { FormProblem } from "../../desk/form/refusal";
import { type Me, useSignOut } from "../../session/session";

interface Props {
  me: Me;
  /** Whether this account can accept; otherwise `why` not. */
  fits: boolean;
  why: string;
  pending: boolean;
  accept: () => void;
}

export function WhoIsHere({ me, fits, why, pending, accept }: Props) {
  const { t } = useTranslation("account");
  const signOut = useSignOut();
  return (
    <>
      <p className={desk.muted}>
        {t("link.signed_in_as", { who: [me.name, me.company, me.email].filter(Boolean).join(" · ") })}
      </p>
      {fits ? null : <p>{why}</p>}
      <FormProblem error={signOut.error} />
      <div className={css.actions}>
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t("link.other_account")}
        </Button>
        {fits ? (
          <Button loading={pending} onClick={accept}>
            {t("link.accept")}
          </Button>
        ) : null}
      </div>
    </>
  );
}
