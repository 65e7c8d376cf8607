-- What belongs to no dealer is found by who did it, or by whom it is about; a colleague's doings by the colleague.

CREATE INDEX audit_own ON audit (user_id, id) WHERE entity_id IS NULL AND group_id IS NULL;
CREATE INDEX audit_own_subject ON audit (subject, subject_id, id) WHERE entity_id IS NULL AND group_id IS NULL;
CREATE INDEX audit_user ON audit (user_id, id);
