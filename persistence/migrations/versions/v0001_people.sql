-- People (domain §1, §2, §3): who sells, who buys, who may do what, who is invited.
-- Names of companies and people, addresses and passwords live here and nowhere else; papers that must not change freeze
-- what they show.

CREATE TABLE groups (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name                text    NOT NULL CHECK (name <> ''),
    prefix              text    NOT NULL DEFAULT '' CHECK (prefix ~ '^[A-Z0-9]{0,8}$'),
    -- The next numbers are drawn by UPDATE in the transaction that uses them: unique, and gapless (§5.1.3, §5.4.3).
    next_auction_number integer NOT NULL DEFAULT 1 CHECK (next_auction_number > 0),
    next_lot_number     integer NOT NULL DEFAULT 1 CHECK (next_lot_number > 0),
    next_offer_number   integer NOT NULL DEFAULT 1 CHECK (next_offer_number > 0),
    stock_auctions      boolean NOT NULL DEFAULT true,
    created_at          timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE entities (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_id          bigint  NOT NULL REFERENCES groups,
    name              text    NOT NULL CHECK (name <> ''),
    -- §4.2, §4.3: from which status a private vehicle may be sold, and whether it must be matched to the reference.
    saleable_from     text    NOT NULL DEFAULT 'sales_stock'
                      CHECK (saleable_from IN ('pre_arrival', 'physical_entry', 'price_destination', 'sales_stock')),
    matching_required boolean NOT NULL DEFAULT true,
    created_at        timestamptz NOT NULL DEFAULT now(),
    UNIQUE (group_id, name),
    UNIQUE (id, group_id)
);

CREATE TABLE sites (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entity_id  bigint NOT NULL REFERENCES entities,
    name       text   NOT NULL CHECK (name <> ''),
    street     text   NOT NULL DEFAULT '',
    postcode   text   NOT NULL DEFAULT '',
    city       text   NOT NULL DEFAULT '',
    phone      text   NOT NULL DEFAULT '',
    email      text   NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (entity_id, name),
    UNIQUE (id, entity_id)
);

CREATE TABLE trader_companies (
    id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    legal_name           text NOT NULL CHECK (legal_name <> ''),
    siret                text NOT NULL UNIQUE CHECK (siret ~ '^[0-9]{14}$'),
    vat_number           text NOT NULL DEFAULT '',
    ape_code             text NOT NULL DEFAULT '',
    street               text NOT NULL DEFAULT '',
    postcode             text NOT NULL DEFAULT '',
    city                 text NOT NULL DEFAULT '',
    country              text NOT NULL DEFAULT 'FR' CHECK (country ~ '^[A-Z]{2}$'),
    email                text NOT NULL DEFAULT '',
    phone                text NOT NULL DEFAULT '',
    legal_representative text NOT NULL DEFAULT '',
    kind                 text NOT NULL DEFAULT 'merchant' CHECK (kind IN ('merchant', 'bidder')),
    created_at           timestamptz NOT NULL DEFAULT now()
);

-- §2.1: one e-mail, one account; a person works either for a dealer or for a trader.
CREATE TABLE users (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    role           text NOT NULL CHECK (role IN ('dealer', 'trader')),
    email          text NOT NULL CHECK (email LIKE '_%@_%' AND length(email) <= 254),
    name           text NOT NULL CHECK (name <> ''),
    password_hash  text NOT NULL CHECK (password_hash LIKE '$argon2%'),
    language       text NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
    home_entity_id bigint REFERENCES entities,
    trader_id      bigint REFERENCES trader_companies,
    disabled_at    timestamptz,
    created_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, role),
    CHECK ((role = 'dealer') = (home_entity_id IS NOT NULL)),
    CHECK ((role = 'trader') = (trader_id IS NOT NULL))
);
CREATE UNIQUE INDEX users_email ON users (lower(email));
CREATE INDEX users_trader ON users (trader_id) WHERE trader_id IS NOT NULL;

CREATE TABLE memberships (
    user_id            bigint NOT NULL,
    entity_id          bigint NOT NULL REFERENCES entities,
    role               text   NOT NULL DEFAULT 'dealer' CHECK (role = 'dealer'),
    rights             text[] NOT NULL DEFAULT '{}' CHECK (rights <@ ARRAY[
        'manage_users', 'manage_connections', 'manage_mailing_lists', 'manage_stock', 'run_stock_auctions', 'cancel_sale',
        'make_offers', 'declare_deliveries', 'manage_pricing_rules', 'run_remarketing']),
    validate_trade_ins text   NOT NULL DEFAULT 'none' CHECK (validate_trade_ins IN ('none', 'own', 'any')),
    PRIMARY KEY (user_id, entity_id),
    FOREIGN KEY (user_id, role) REFERENCES users (id, role) ON DELETE CASCADE
);
CREATE INDEX memberships_entity ON memberships (entity_id);

-- §2.2 to §2.4: the right of a trader to be invited by an entity. A removed one is kept; a new one may follow it.
CREATE TABLE connections (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entity_id    bigint NOT NULL REFERENCES entities,
    trader_id    bigint NOT NULL REFERENCES trader_companies,
    activated_at timestamptz NOT NULL,
    removed_at   timestamptz CHECK (removed_at >= activated_at)
);
CREATE UNIQUE INDEX connections_active ON connections (entity_id, trader_id) WHERE removed_at IS NULL;
CREATE INDEX connections_trader ON connections (trader_id);

CREATE TABLE mailing_lists (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entity_id  bigint NOT NULL REFERENCES entities,
    title      text   NOT NULL CHECK (title <> ''),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (entity_id, title)
);

CREATE TABLE mailing_list_members (
    mailing_list_id bigint NOT NULL REFERENCES mailing_lists ON DELETE CASCADE,
    trader_id       bigint NOT NULL REFERENCES trader_companies,
    PRIMARY KEY (mailing_list_id, trader_id)
);
CREATE INDEX mailing_list_members_trader ON mailing_list_members (trader_id);

-- Sign-in. Tokens are 256 random bits; only their SHA-256 is kept, so that a stolen copy of this table signs nobody in.
CREATE TABLE sessions (
    token_sha256 bytea  PRIMARY KEY CHECK (length(token_sha256) = 32),
    user_id      bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    seen_at      timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL CHECK (expires_at > created_at)
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE api_tokens (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    name         text   NOT NULL CHECK (name <> ''),
    token_sha256 bytea  NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
    created_at   timestamptz NOT NULL,
    revoked_at   timestamptz
);
CREATE INDEX api_tokens_user ON api_tokens (user_id);
