/** A colleague's invitation followed from its mail (§1.1): a name and a password for a new account, or one's own. */
import { Button, Skeleton, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { type UseMutationResult, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import css from "../../desk/form/form.module.css";
import { FormProblem, useFieldErrors } from "../../desk/form/refusal";
import { usePageTitle } from "../../desk/pieces";
import { formatTime } from "../../desk/times";
import { preferLanguage, useLanguage } from "../../language";
import { EmailField } from "../../session/SignInForm";
import { useSession } from "../../session/session";
import type { Acceptance, OpenedInvitation } from "../../wire/generated/http";
import { ask, HttpProblem } from "../../wire/http";
import { NewPassword, useNewPasswordCheck } from "../NewPassword";
import { useArrival } from "./arriving";
import { DeadLink } from "./DeadLink";
import { SignInFirst } from "./SignInFirst";
import { useLinkSecret } from "./secret";
import { WhoIsHere } from "./WhoIsHere";

export function ColleaguePage() {
  const { t } = useTranslation("account");
  const secret = useLinkSecret();
  const link = useQuery({
    queryKey: ["links", "colleague", secret],
    queryFn: ({ signal }) => ask("POST /api/user-invitations/reading", { body: { secret }, signal }),
    enabled: secret !== "",
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  usePageTitle(t("colleague.title"));
  const language = link.data?.language;
  useEffect(() => preferLanguage(language), [language]);
  if (secret === "" || link.isError)
    return <DeadLink kind="colleague" error={link.error} retry={() => void link.refetch()} />;
  if (link.isPending) return <Skeleton height={280} radius="md" aria-busy="true" />;
  return <Invitation secret={secret} link={link.data} />;
}

type Accepting = UseMutationResult<unknown, unknown, Omit<Acceptance, "secret">>;

function Invitation({ secret, link }: { secret: string; link: OpenedInvitation }) {
  const { t } = useTranslation("account");
  const language = useLanguage();
  const arrive = useArrival();
  const accepting = useMutation({
    mutationFn: (given: Omit<Acceptance, "secret">) =>
      ask("POST /api/user-invitations/acceptance", { body: { secret, ...given } }),
    onSuccess: ({ user }) => arrive(t("colleague.welcome", { name: user.name, entity: link.entity_name })),
  });
  const { error } = accepting;
  if (error instanceof HttpProblem && error.code === "dead_link")
    return <DeadLink kind="colleague" error={error} />;
  return (
    <section className={`${desk.card} ${css.stack}`}>
      <h1>{t("colleague.heading", { entity: link.entity_name })}</h1>
      <p>{t("colleague.lead", { who: link.invited_by, entity: link.entity_name })}</p>
      <p className={`${desk.muted} ${desk.small}`}>
        {t("invitation.until", { at: formatTime(link.expires_at, "dayClock", language) })}
      </p>
      <hr className={css.rule} />
      <Ways link={link} accepting={accepting} />
    </section>
  );
}

function Ways({ link, accepting }: { link: OpenedInvitation; accepting: Accepting }) {
  const { t } = useTranslation("account");
  const me = useSession().data?.user;
  if (me)
    return (
      <>
        <WhoIsHere
          me={me}
          fits={link.has_account && me.email.toLowerCase() === link.email.toLowerCase()}
          why={t("colleague.other_account", { email: link.email })}
          pending={accepting.isPending}
          accept={() => accepting.mutate({})}
        />
        <FormProblem error={accepting.error} />
      </>
    );
  if (link.has_account)
    return (
      <>
        <SignInFirst email={link.email} only accept={() => accepting.mutate({})} />
        <FormProblem error={accepting.error} />
      </>
    );
  return <NewColleague link={link} accepting={accepting} />;
}

function NewColleague({ link, accepting }: { link: OpenedInvitation; accepting: Accepting }) {
  const { t } = useTranslation("account");
  const { t: tt } = useTranslation();
  const language = useLanguage();
  const check = useNewPasswordCheck();
  const fieldErrors = useFieldErrors();
  const form = useForm({
    initialValues: { name: "", password: "" },
    validate: { name: (typed) => (typed.trim() ? null : tt("form.required")), password: check },
  });
  const send = form.onSubmit(({ name, password }) =>
    accepting.mutate(
      { name: name.trim(), password, language },
      { onError: (error) => form.setErrors(fieldErrors(error)) },
    ),
  );
  return (
    <form className={css.stack} noValidate onSubmit={send}>
      <EmailField description={t("link.email_fixed")} readOnly value={link.email} />
      <TextInput
        label={t("your_name")}
        name="name"
        autoComplete="name"
        withAsterisk
        aria-required
        {...form.getInputProps("name")}
      />
      <NewPassword withAsterisk aria-required {...form.getInputProps("password")} />
      <FormProblem error={accepting.error} shown={["name", "password"]} />
      <Button type="submit" size="md" loading={accepting.isPending}>
        {t("colleague.accept_new")}
      </Button>
    </form>
  );
}
