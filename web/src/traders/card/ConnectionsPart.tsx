/** "Manage connections" (§2.4): what each of the reader's entities has with a trader, and the invitations that wait. */
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import { ConfirmButton } from "../../desk/form/Confirm";
import css from "../../desk/form/form.module.css";
import { useMay, useMe } from "../../desk/me";
import { ListFile } from "../../desk/table/ListFile";
import type { SentInvitation, TraderCard, WorkPlace } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { CONNECTING, latestByEntity } from "../api";
import { InvitationActions, InvitationLine } from "../invitation";
import { StandingChip, useSince } from "../Standing";
import own from "../traders.module.css";

interface Props {
  trader: TraderCard;
  invitations: readonly SentInvitation[];
}

export function ConnectionsPart({ trader, invitations }: Props) {
  const { t } = useTranslation("traders");
  const { entities } = useMe();
  return (
    <section className={`${desk.card} ${css.stack}`} aria-labelledby="connections">
      <h2 id="connections">{t("card.connections")}</h2>
      <ul className={own.rows}>
        {entities.map((entity) => (
          <EntityRow key={entity.id} entity={entity} trader={trader} invitations={invitations} />
        ))}
      </ul>
      <ConnectionsFile trader={trader} invitations={invitations} />
      {invitations.length > 0 ? (
        <>
          <h3>{t("card.invitations")}</h3>
          <ul className={own.rows}>
            {invitations.map((one) => (
              <li key={one.id}>
                <InvitationLine invitation={one} />
                <InvitationActions invitation={one} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

/** What an entity has with a trader: a connection, or an invitation that may become one. */
function standingOf({ trader, invitations }: Props, entity: number) {
  const held = latestByEntity(trader.connections).get(entity);
  const invited = invitations.find(
    ({ state, entities }) => state === "pending" && entities.some(({ id }) => id === entity),
  );
  return held?.state !== "active" && invited
    ? { state: "invited" as const, since: invited.sent_at, removed_at: null }
    : held;
}

function ConnectionsFile(props: Props) {
  const { t } = useTranslation("traders");
  const { entities } = useMe();
  return (
    <div>
      <ListFile<WorkPlace>
        name={t("card.connections_file")}
        load={async () => entities}
        columns={[
          { head: t("card.entity"), cell: ({ name }) => name },
          {
            head: t("card.standing"),
            cell: ({ id }) => t(`states.${standingOf(props, id)?.state ?? "none"}`),
          },
          { head: t("card.since"), cell: ({ id }) => standingOf(props, id)?.since },
          { head: t("card.removed_on"), cell: ({ id }) => standingOf(props, id)?.removed_at },
        ]}
      />
    </div>
  );
}

function EntityRow({ entity, trader, invitations }: Props & { entity: WorkPlace }) {
  const { t } = useTranslation("traders");
  const since = useSince();
  const may = useMay();
  const held = latestByEntity(trader.connections).get(entity.id);
  const standing = standingOf({ trader, invitations }, entity.id);
  return (
    <li>
      <div>
        <b className={own.name}>{entity.name}</b>
        <br />
        {standing ? (
          <>
            <StandingChip state={standing.state} />{" "}
            <span className={`${desk.muted} ${desk.small}`}>{since(standing)}</span>
          </>
        ) : (
          <span className={desk.muted}>{t("states.none")}</span>
        )}
      </div>
      {held?.state === "active" && may("manage_connections", entity.id) ? (
        <Removal connection={held.id} entity={entity.name} trader={trader.legal_name} />
      ) : null}
    </li>
  );
}

function Removal({ connection, entity, trader }: { connection: number; entity: string; trader: string }) {
  const { t } = useTranslation("traders");
  const removing = useAction(() => ask("DELETE /api/connections/{id}", { ids: { id: connection } }), {
    refresh: [...CONNECTING, ["auctions"], ["history"]],
    said: t("removal.done"),
  });
  return (
    <ConfirmButton
      deed={t("removal.deed")}
      title={t("removal.title", { trader, entity })}
      size="compact-sm"
      onConfirm={() => removing.mutateAsync()}
    >
      <ul className={css.bullets}>
        <li>{t("removal.new_auctions")}</li>
        <li>{t("removal.running")}</li>
        <li>{t("removal.bids")}</li>
        <li>{t("removal.told")}</li>
      </ul>
    </ConfirmButton>
  );
}
