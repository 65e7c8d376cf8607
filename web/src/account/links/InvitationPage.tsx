/** An invitation of a trader followed from its mail (§2.3): who invites, and accepting with a new account or one's own. */
import { Button, Skeleton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import css from "../../desk/form/form.module.css";
import { FormProblem } from "../../desk/form/refusal";
import { usePageTitle } from "../../desk/pieces";
import { formatTime } from "../../desk/times";
import { preferLanguage, useLanguage } from "../../language";
import { useSession } from "../../session/session";
import type { FollowedLink, LinkAcceptance } from "../../wire/generated/http";
import { ask, HttpProblem } from "../../wire/http";
import { useArrival } from "./arriving";
import { DeadLink } from "./DeadLink";
import { NewTraderAccount } from "./NewTraderAccount";
import { SignInFirst } from "./SignInFirst";
import { useLinkSecret } from "./secret";
import { WhoIsHere } from "./WhoIsHere";

export function InvitationPage() {
  const { t } = useTranslation("account");
  const token = useLinkSecret();
  const link = useQuery({
    queryKey: ["links", "invitation", token],
    queryFn: ({ signal }) => ask("POST /api/invitation-links", { body: { token }, signal }),
    enabled: token !== "",
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  usePageTitle(t("invitation.title"));
  const language = link.data?.language;
  useEffect(() => preferLanguage(language), [language]);
  if (token === "" || link.isError)
    return <DeadLink kind="invitation" error={link.error} retry={() => void link.refetch()} />;
  if (link.isPending) return <Skeleton height={280} radius="md" aria-busy="true" />;
  return <Invitation token={token} link={link.data} />;
}

function useAcceptance(token: string) {
  const { t } = useTranslation("account");
  const arrive = useArrival();
  return useMutation({
    mutationFn: async (given: Omit<LinkAcceptance, "token">) => {
      const connected = await ask("POST /api/invitation-links/acceptance", { body: { token, ...given } });
      if (given.account && connected.email)
        await ask("POST /api/sessions", {
          body: { email: connected.email, password: given.account.password },
        }).catch(() => undefined); // the account is made: at worst one signs in by hand
      return connected;
    },
    onSuccess: ({ entities }) =>
      arrive(t("invitation.welcome", { count: entities.length, entities: entities.join(", ") })),
  });
}

function Invitation({ token, link }: { token: string; link: FollowedLink }) {
  const { t } = useTranslation("account");
  const language = useLanguage();
  const accepting = useAcceptance(token);
  const { error } = accepting;
  if (error instanceof HttpProblem && error.code === "dead_link")
    return <DeadLink kind="invitation" error={error} />;
  return (
    <section className={`${desk.card} ${css.stack}`}>
      <h1>{t("invitation.heading", { group: link.group })}</h1>
      <p>{t("invitation.lead", { who: link.invited_by, count: link.entities.length })}</p>
      <ul className={css.bullets}>
        {link.entities.map((entity) => (
          <li key={entity}>{entity}</li>
        ))}
      </ul>
      <p className={`${desk.muted} ${desk.small}`}>
        {t("invitation.until", { at: formatTime(link.expires_at, "dayClock", language) })}
      </p>
      <hr className={css.rule} />
      <Accepting link={link} accepting={accepting} />
    </section>
  );
}

function Accepting({ link, accepting }: { link: FollowedLink; accepting: ReturnType<typeof useAcceptance> }) {
  const { t } = useTranslation("account");
  const me = useSession().data?.user;
  const [hasAccount, setHasAccount] = useState(link.sign_in);
  const problem = <FormProblem error={accepting.error} />;
  if (me)
    return (
      <>
        <WhoIsHere
          me={me}
          fits={me.role === "trader"}
          why={t("invitation.dealers_cannot")}
          pending={accepting.isPending}
          accept={() => accepting.mutate({})}
        />
        {problem}
      </>
    );
  const turn = (
    <Button
      variant="subtle"
      onClick={() => {
        accepting.reset();
        setHasAccount(!hasAccount);
      }}
    >
      {hasAccount ? t("link.make_account") : t("link.have_account")}
    </Button>
  );
  if (hasAccount)
    return (
      <>
        <SignInFirst email={link.email} accept={() => accepting.mutate({})} />
        {problem}
        {link.sign_in ? null : turn}
      </>
    );
  return (
    <>
      <NewTraderAccount link={link} accepting={accepting} />
      {turn}
    </>
  );
}
