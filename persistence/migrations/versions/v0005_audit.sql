-- Who did what and when: one row for every change of stock, price, person, connection, auction or sale, written in the
-- transaction of the change itself. `subject` names a table of the domain in the singular, `subject_id` its row. `change` is
-- {"field": [before, after], …} as JSON; amounts are decimal strings there. Never a password, a token or another's secret.

CREATE TABLE audit (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    user_id    bigint REFERENCES users,      -- NULL: the house itself
    group_id   bigint REFERENCES groups,     -- whose record it is: a group's or an entity's; both NULL, a trader's own
    entity_id  bigint REFERENCES entities,
    subject    text   NOT NULL CHECK (subject <> ''),
    subject_id bigint NOT NULL,
    action     text   NOT NULL CHECK (action <> ''),
    change     jsonb  NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_subject ON audit (subject, subject_id, id);
CREATE INDEX audit_entity ON audit (entity_id, id);
CREATE INDEX audit_group ON audit (group_id, id);
CREATE TRIGGER audit_stands BEFORE UPDATE OR DELETE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
