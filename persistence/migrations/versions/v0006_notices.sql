-- What somebody is to be told, written in the transaction of what causes it, each once: `key` names it for ever.
-- Exactly one addressee: a trader's company, an entity (whoever works there), one user, or an e-mail address without an account.

CREATE TABLE notices (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key        text NOT NULL UNIQUE CHECK (key <> ''),
    kind       text NOT NULL CHECK (kind <> ''),
    at         timestamptz NOT NULL,
    trader_id  bigint REFERENCES trader_companies,
    entity_id  bigint REFERENCES entities,
    user_id    bigint REFERENCES users,
    email      text,
    language   text CHECK (language IN ('fr', 'en')),
    params     jsonb NOT NULL DEFAULT '{}',
    CHECK (num_nonnulls(trader_id, entity_id, user_id, email) = 1),
    CHECK ((email IS NULL) = (language IS NULL))
);
CREATE INDEX notices_trader ON notices (trader_id, id) WHERE trader_id IS NOT NULL;
CREATE INDEX notices_entity ON notices (entity_id, id) WHERE entity_id IS NOT NULL;
CREATE INDEX notices_user ON notices (user_id, id) WHERE user_id IS NOT NULL;
