-- Who is invited, and how (domain §2, §3).

-- §2.1: who made a card keeps it until somebody of the trader has an account. NULL: it came with the trader itself.
ALTER TABLE trader_companies ADD COLUMN created_by_group_id bigint REFERENCES groups;
CREATE INDEX trader_companies_made ON trader_companies (created_by_group_id) WHERE created_by_group_id IS NOT NULL;

-- §2.2: an invitation names several entities of one group and goes to one trader that has a card, or to one address, or
-- both (a card without accounts). Its link is 256 random bits, of which only the SHA-256 is kept; sending it again makes
-- another. `company` is what the dealer knew, to fill the form in: {"field": "text"}.
CREATE TABLE invitations (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id     bigint NOT NULL REFERENCES groups,
    trader_id    bigint REFERENCES trader_companies,
    email        text   CHECK (email LIKE '_%@_%' AND length(email) <= 254),
    language     text   NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
    company      jsonb  NOT NULL DEFAULT '{}',
    token_sha256 bytea  NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
    created_by   bigint REFERENCES users,
    sent_at      timestamptz NOT NULL,
    sent_count   integer NOT NULL DEFAULT 1 CHECK (sent_count > 0),
    expires_at   timestamptz NOT NULL CHECK (expires_at > sent_at),
    accepted_at  timestamptz,
    accepted_by  bigint REFERENCES users,
    withdrawn_at timestamptz,
    CHECK (num_nonnulls(trader_id, email) > 0),
    CHECK (num_nonnulls(accepted_at, withdrawn_at) < 2),
    CHECK ((accepted_at IS NULL) = (accepted_by IS NULL))
);
CREATE INDEX invitations_trader ON invitations (trader_id) WHERE trader_id IS NOT NULL;
CREATE INDEX invitations_email ON invitations (lower(email)) WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

CREATE TABLE invitation_entities (
    invitation_id bigint NOT NULL REFERENCES invitations ON DELETE CASCADE,
    entity_id     bigint NOT NULL REFERENCES entities,
    PRIMARY KEY (invitation_id, entity_id)
);
CREATE INDEX invitation_entities_entity ON invitation_entities (entity_id, invitation_id);

-- §2.4: the latest connection of each pair is what "manage connections" lists.
CREATE INDEX connections_pair ON connections (entity_id, trader_id, id DESC);

-- A list that is deleted is taken off the auctions that were made from it.
CREATE INDEX auctions_mailing_list ON auctions (mailing_list_id) WHERE mailing_list_id IS NOT NULL;
