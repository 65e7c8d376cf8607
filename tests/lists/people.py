"""The people of a full house, made by SQL alone: 10,000 traders, who is invited, colleagues, and what they were told.

Nothing here asks a rule: the rows are shaped as the house would have left them. Comes after the auctions of filling.py.
"""

from typing import Final

from engine.instants import SECOND, Instant
from tests.server.houses import World

TRADERS: Final = 10_000
LISTS: Final = 20
LIST_MEMBERS: Final = 500
INVITATIONS: Final = 2_000
COLLEAGUES: Final = 1_000
USER_GROUPS: Final = 200
DEAD_LETTERS: Final = 500
_SECONDS: Final = 600.0
_DAY: Final = 86_400 * SECOND

_TRADERS: Final = """
    INSERT INTO trader_companies (legal_name, siret, city, email)
    SELECT (ARRAY['Garage', 'Automobiles', 'Société', 'Négoce'])[1 + n % 4] || ' '
               || (ARRAY['Dupont', 'Lefèvre', 'Nguyen', 'Moreau', 'Garcia'])[1 + n % 5] || ' ' || n,
           (90000000000000 + n)::text, (ARRAY['Lille', 'Arras', 'Béthune', 'Lens'])[1 + n % 4], n || '@traders.test'
    FROM generate_series(1, $1::int) AS n
"""
_CONNECTIONS: Final = """
    INSERT INTO connections (entity_id, trader_id, activated_at, removed_at)
    SELECT $1, id, $2, CASE WHEN id % 10 = 0 THEN $2::timestamptz END
    FROM trader_companies WHERE email LIKE '%@traders.test'
"""
_MAILING_LISTS: Final = """
    WITH made AS (
        INSERT INTO mailing_lists (entity_id, title) SELECT $1, 'Liste ' || n FROM generate_series(1, $2::int) AS n
        RETURNING id)
    INSERT INTO mailing_list_members (mailing_list_id, trader_id)
    SELECT made.id, member.id FROM made
    CROSS JOIN LATERAL (
        SELECT id FROM trader_companies WHERE email LIKE '%@traders.test' ORDER BY id * made.id % 7919, id LIMIT $3
    ) AS member
"""
_INVITATIONS: Final = """
    WITH made AS (
        INSERT INTO invitations (group_id, email, company, token_sha256, created_by, sent_at, expires_at)
        SELECT group_id, n || '@invited.test', jsonb_build_object('legal_name', 'Invité ' || n, 'city', 'Douai'),
               sha256(('invitation ' || n)::bytea), $2, $3, $4
        FROM entities CROSS JOIN generate_series(1, $5::int) AS n WHERE entities.id = $1
        RETURNING id)
    INSERT INTO invitation_entities (invitation_id, entity_id) SELECT id, $1 FROM made
"""
_COLLEAGUES: Final = """
    WITH made AS (
        INSERT INTO users (role, email, name, password_hash, home_entity_id)
        SELECT 'dealer', n || '@colleagues.test', 'Collègue ' || n, '$argon2id$none', $1
        FROM generate_series(1, $2::int) AS n
        RETURNING id)
    INSERT INTO memberships (user_id, entity_id, rights) SELECT id, $1, ARRAY['manage_stock'] FROM made
"""
_USER_GROUPS: Final = """
    WITH made AS (
        INSERT INTO user_groups (group_id, entity_id, name, rights, created_at)
        SELECT group_id, id, 'Équipe ' || n, ARRAY['make_offers'], $2
        FROM entities CROSS JOIN generate_series(1, $3::int) AS n WHERE id = $1
        RETURNING id)
    INSERT INTO user_group_members (user_group_id, user_id, entity_id)
    SELECT made.id, memberships.user_id, $1 FROM made JOIN memberships ON memberships.entity_id = $1
    WHERE (made.id + memberships.user_id) % 50 = 0
"""
_USER_INVITATIONS: Final = """
    INSERT INTO user_invitations (token_sha256, entity_id, email, language, rights, validate_trade_ins, invited_by,
        invited_at, expires_at)
    SELECT sha256(('colleague ' || n)::bytea), $1, n || '@coming.test', 'fr', '{}', 'none', $2, $3, $4
    FROM generate_series(1, $5::int) AS n
"""
_TOLD: Final = """
    WITH told AS (
        INSERT INTO notices (key, kind, at, entity_id, params, told_at)
        SELECT 'filled-' || id, 'lot_result', ends_at, entity_id, jsonb_build_object('auction', id), ends_at
        FROM auctions
        RETURNING id, entity_id)
    INSERT INTO notifications (user_id, notice_id, entity_id, read_at)
    SELECT $1, id, entity_id, CASE WHEN id % 3 > 0 THEN $2::timestamptz END FROM told
"""
_TOLD_TRADER: Final = """
    WITH told AS (
        INSERT INTO notices (key, kind, at, trader_id, params, told_at)
        SELECT 'filled-trader-' || id, 'lot_won', ends_at, $2, jsonb_build_object('auction', id), ends_at FROM auctions
        RETURNING id)
    INSERT INTO notifications (user_id, notice_id, read_at)
    SELECT $1, id, CASE WHEN id % 3 > 0 THEN $3::timestamptz END FROM told
"""
_DEAD: Final = """
    INSERT INTO mails (notice_id, user_id, status, attempts, queued_at, due_at, done_at, failure)
    SELECT id, $1, 'dead', 9, at, at, at, 'mailbox unavailable' FROM notices
    WHERE key LIKE 'filled-%' AND entity_id IS NOT NULL ORDER BY id LIMIT $2
"""
_SEARCHES: Final = """
    INSERT INTO saved_searches (user_id, entity_id, name, filters, pinned, created_at)
    SELECT $1, NULL, 'Recherche ' || n,
           (ARRAY['{"energy": "diesel", "trade_price_max": "15000"}', '{"free": "true"}', '{"known": "photos"}',
                  '{"q": "mokka energie"}'])[1 + n % 4]::jsonb, n <= 4, $2
    FROM generate_series(1, 20) AS n
"""


async def befriend(world: World, now: Instant) -> None:
    """Traders are the dealer's entity's, but for a tenth whose connection is removed; colleagues are its own."""
    entity, dealer, expiry = world.entity, world.dealer.user_id, now + 7 * _DAY
    steps: tuple[tuple[str, tuple[object, ...]], ...] = (
        (_TRADERS, (TRADERS,)),
        (_CONNECTIONS, (entity, now)),
        (_MAILING_LISTS, (entity, LISTS, LIST_MEMBERS)),
        (_INVITATIONS, (entity, dealer, now, expiry, INVITATIONS)),
        (_COLLEAGUES, (entity, COLLEAGUES)),
        (_USER_GROUPS, (entity, now, USER_GROUPS)),
        (_USER_INVITATIONS, (entity, dealer, now, expiry, USER_GROUPS)),
        (_TOLD, (dealer, now)),
        (_TOLD_TRADER, (world.anne.user_id, world.anne.company_id, now)),
        (_DEAD, (dealer, DEAD_LETTERS)),
        (_SEARCHES, (dealer, now)),
    )
    async with world.database.acquire() as connection:
        for statement, values in steps:
            await connection.execute(statement, *values, timeout=_SECONDS)
