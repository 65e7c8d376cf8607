-- Who may do what (domain §1): user groups that carry rights, colleagues who are invited, passwords that are forgotten,
-- sessions that their user can tell apart. Secrets are 256 random bits; only their SHA-256 is kept.

-- §1.3: every right there is but the validation of trade-ins, which has levels.
CREATE FUNCTION are_rights(given text[]) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT RETURN
    given <@ ARRAY['manage_users', 'manage_connections', 'manage_mailing_lists', 'manage_stock', 'run_stock_auctions',
        'cancel_sale', 'make_offers', 'declare_deliveries', 'manage_pricing_rules', 'run_remarketing'];

-- §1.2: a user group is an entity's, or without one shared by the whole holding.
CREATE TABLE user_groups (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id           bigint NOT NULL REFERENCES groups,
    entity_id          bigint,
    name               text   NOT NULL CHECK (name <> ''),
    rights             text[] NOT NULL DEFAULT '{}' CHECK (are_rights(rights)),
    validate_trade_ins text   NOT NULL DEFAULT 'none' CHECK (validate_trade_ins IN ('none', 'own', 'any')),
    created_at         timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (group_id, entity_id, name),
    FOREIGN KEY (entity_id, group_id) REFERENCES entities (id, group_id)
);

-- In which entity somebody has the rights of a user group: only where it works.
CREATE TABLE user_group_members (
    user_group_id bigint NOT NULL REFERENCES user_groups ON DELETE CASCADE,
    user_id       bigint NOT NULL,
    entity_id     bigint NOT NULL,
    PRIMARY KEY (user_group_id, user_id, entity_id),
    FOREIGN KEY (user_id, entity_id) REFERENCES memberships (user_id, entity_id) ON DELETE CASCADE
);
CREATE INDEX user_group_members_membership ON user_group_members (user_id, entity_id);

-- What somebody may do in an entity: its own rights and those of its user groups there.
CREATE VIEW effective_memberships AS
SELECT memberships.user_id, memberships.entity_id,
       ARRAY(SELECT unnest(memberships.rights)
             UNION SELECT unnest(user_groups.rights)
             FROM user_group_members JOIN user_groups ON user_groups.id = user_group_members.user_group_id
             WHERE user_group_members.user_id = memberships.user_id
               AND user_group_members.entity_id = memberships.entity_id) AS rights,
       (ARRAY['none', 'own', 'any'])[greatest(
           array_position(ARRAY['none', 'own', 'any'], memberships.validate_trade_ins),
           (SELECT max(array_position(ARRAY['none', 'own', 'any'], user_groups.validate_trade_ins))
            FROM user_group_members JOIN user_groups ON user_groups.id = user_group_members.user_group_id
            WHERE user_group_members.user_id = memberships.user_id
              AND user_group_members.entity_id = memberships.entity_id))] AS validate_trade_ins
FROM memberships;

-- §1.1: at which sites of its entities somebody works.
CREATE TABLE user_sites (
    user_id   bigint NOT NULL,
    entity_id bigint NOT NULL,
    site_id   bigint NOT NULL,
    PRIMARY KEY (user_id, site_id),
    FOREIGN KEY (user_id, entity_id) REFERENCES memberships (user_id, entity_id) ON DELETE CASCADE,
    FOREIGN KEY (site_id, entity_id) REFERENCES sites (id, entity_id)
);
CREATE INDEX user_sites_membership ON user_sites (user_id, entity_id);

-- A colleague is invited to an entity by e-mail. What is carried is given on acceptance; of two pending invitations of the
-- same address to the same entity the later one counts.
CREATE TABLE user_invitations (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_sha256       bytea  NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
    entity_id          bigint NOT NULL REFERENCES entities,
    email              text   NOT NULL CHECK (email LIKE '_%@_%' AND length(email) <= 254),
    language           text   NOT NULL CHECK (language IN ('fr', 'en')),
    rights             text[] NOT NULL CHECK (are_rights(rights)),
    validate_trade_ins text   NOT NULL CHECK (validate_trade_ins IN ('none', 'own', 'any')),
    user_group_ids     bigint[] NOT NULL DEFAULT '{}',   -- those that are gone by then give nothing
    site_ids           bigint[] NOT NULL DEFAULT '{}',
    invited_by         bigint NOT NULL REFERENCES users,
    invited_at         timestamptz NOT NULL,
    expires_at         timestamptz NOT NULL CHECK (expires_at > invited_at),
    accepted_at        timestamptz,
    accepted_by        bigint REFERENCES users,
    withdrawn_at       timestamptz,
    CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
    CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
);
CREATE UNIQUE INDEX user_invitations_pending ON user_invitations (entity_id, lower(email))
    WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX user_invitations_by ON user_invitations (invited_by);

CREATE TABLE password_resets (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_sha256 bytea  NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
    user_id      bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    asked_at     timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL CHECK (expires_at > asked_at),
    used_at      timestamptz
);
CREATE INDEX password_resets_user ON password_resets (user_id);

-- A session is named by an id that signs nobody in, and by what opened it.
ALTER TABLE sessions ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY UNIQUE;
ALTER TABLE sessions ADD COLUMN user_agent text NOT NULL DEFAULT '' CHECK (length(user_agent) <= 200);
CREATE INDEX users_name ON users (lower(name), id);
