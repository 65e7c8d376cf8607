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
    params     jsonb NOT NULL DEFAULT '{}',   -- `secret` among them goes to the mail alone, and is taken out once it is sent
    told_at    timestamptz,                   -- when its notifications and mails were written; NULL: they are not yet
    CHECK (num_nonnulls(trader_id, entity_id, user_id, email) = 1),
    CHECK ((email IS NULL) = (language IS NULL))
);
CREATE INDEX notices_trader ON notices (trader_id, id) WHERE trader_id IS NOT NULL;
CREATE INDEX notices_entity ON notices (entity_id, id) WHERE entity_id IS NOT NULL;
CREATE INDEX notices_user ON notices (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX notices_untold ON notices (id) WHERE told_at IS NULL;

-- What each user reads on its pages: once, by its key.
CREATE TABLE notifications (
    user_id   bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    notice_id bigint NOT NULL REFERENCES notices,
    entity_id bigint REFERENCES entities,   -- the notice's: who no longer works there reads it no longer (§1.4)
    read_at   timestamptz,
    PRIMARY KEY (user_id, notice_id)
);
CREATE INDEX notifications_unread ON notifications (user_id, notice_id) WHERE read_at IS NULL;

-- The mail queue: one mail for each reader of a notice. A mail is claimed by moving `due_at` beyond the time that a sending
-- may take, so that a crash gives it back by itself. A user's address and language are read when it is sent.
CREATE TABLE mails (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notice_id bigint  NOT NULL REFERENCES notices,
    user_id   bigint  REFERENCES users ON DELETE CASCADE,   -- NULL: to the notice's own address
    status    text    NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'sent', 'dead')),
    attempts  integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    queued_at timestamptz NOT NULL,
    due_at    timestamptz NOT NULL,
    done_at   timestamptz,
    failure   text CHECK (length(failure) <= 500),          -- what the mail server said last
    UNIQUE NULLS NOT DISTINCT (notice_id, user_id),
    CHECK ((status = 'waiting') = (done_at IS NULL)),
    CHECK (status <> 'dead' OR failure IS NOT NULL)
);
CREATE INDEX mails_waiting ON mails (due_at, id) WHERE status = 'waiting';
CREATE INDEX mails_dead ON mails (id) WHERE status = 'dead';
CREATE INDEX mails_user ON mails (user_id);
